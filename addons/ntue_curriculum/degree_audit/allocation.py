"""Where each course counts (A3–A6, A8): the one replaceable step of an audit.

``allocate`` takes the courses that have more than one place, or stand under a cap, and
gives each its spots. It splits them into pieces that share no area and no binding cap,
and has each solved exactly (search.py). Where every course can stand in its first area
and every area is met, nothing is to be searched: no placement is better.
"""

from __future__ import annotations

from .areas import Tally
from .component import Component, Item
from .courses import Course, Placement
from .pieces import pieces
from .prepared import Prepared
from .search import place
from .uneven import allocate_uneven


def allocate(prepared: Prepared, courses: list[Course], tally: Tally) -> list[Placement]:
    """The best legal placement of ``courses``, in their order.

    ``tally`` holds what is placed already. ``courses`` come in canonical order, which
    decides where A3 does not.
    """
    if prepared.has_caps or not all(course.even for course in courses):
        return allocate_uneven(prepared, courses, tally)
    placements = [course.spots[:1] for course in courses]
    units = [a - b for a, b in zip(tally.taken, prepared.min_units, strict=False)]
    counts = [a - b for a, b in zip(tally.courses, prepared.min_courses, strict=False)]
    several = []
    for number, course in enumerate(courses):
        spots = course.spots
        if spots:
            area = spots[0].area
            units[area] += course.units
            counts[area] += 1
            if len(spots) > 1:
                several.append((sum([1 << spot.area for spot in spots]), number))
    for areas, members in pieces(several):
        if any(units[area] < 0 or counts[area] < 0 for area in areas):
            _solve(courses, areas, members, (units, counts), placements)
    return placements


def _solve(
    courses: list[Course],
    areas: list[int],
    members: list[int],
    held: tuple[list[int], list[int]],
    placements: list[Placement],
) -> None:
    """Place the courses ``members``, which ``held`` counts in their first areas."""
    units, counts = ([each[area] for area in areas] for each in held)
    local = {area: index for index, area in enumerate(areas)}
    items = []
    for number in members:
        course = courses[number]
        at = tuple([local[spot.area] for spot in course.spots])
        units[at[0]] -= course.units
        counts[at[0]] -= 1
        items.append(Item(number, course.units, at))
    component = Component(units, counts, items)
    for item, index in zip(component.items, place(component), strict=True):
        placements[item.number] = (courses[item.number].spots[item.areas.index(index)],)
