"""Where each course counts: the one step to replace for another way of placing (A3–A6).

Courses come with the places open to them in framework order, and each takes the first
that has room below every cap on the way up. Where every subject stands in one area
this is the only legal placement, so nothing better exists; it takes time linear in the
places. Where a subject stands in several areas the first of them in framework order is
taken, which may leave an area short that another placement would meet.
"""

from __future__ import annotations

from .courses import Course
from .prepared import Prepared, Spot


def allocate(prepared: Prepared, courses: list[Course]) -> list[tuple[Spot, ...]]:
    """For each course the places where it counts; none when it is in excess (A5)."""
    load = [0] * len(prepared.areas)
    return [_place(prepared, course, load) for course in courses]


def _place(prepared: Prepared, course: Course, load: list[int]) -> tuple[Spot, ...]:
    """The first place with room for the whole course; ``load`` then holds it."""
    for spot in course.spots:
        up = prepared.lines_up[spot.area] if spot.area >= 0 else ()
        if course.forced or _has_room(prepared, up, course.units, load):
            for area in up:
                load[area] += course.units
            return (spot,)
    return ()


def _has_room(prepared: Prepared, up: tuple[int, ...], units: int, load: list[int]) -> bool:
    """Whether ``units`` more stay within the cap of an area and all above it (A4, A6)."""
    for area in up:
        cap = prepared.cap[area]
        if cap is not None and load[area] + units > cap:
            return False
    return True
