"""Where each course counts (A3–A6, A8)."""

from __future__ import annotations

from .areas import Tally
from .courses import Course
from .prepared import Prepared, Spot


def allocate(
    prepared: Prepared, courses: list[Course], tally: Tally
) -> list[tuple[Spot, ...]]:
    """For each course the spots where it counts; none when it is in excess."""
    load: dict[int, int] = {}
    placed = []
    for course in courses:
        chosen: tuple[Spot, ...] = ()
        for spot in course.spots:
            up = prepared.lines_up[spot.area] if spot.area >= 0 else ()
            if course.forced or all(
                prepared.cap[a] is None or load.get(a, 0) + course.units <= prepared.cap[a]
                for a in up
            ):
                chosen = (spot,)
                for a in up:
                    load[a] = load.get(a, 0) + course.units
                break
        placed.append(chosen)
    return placed
