"""Where each course counts (A3–A6, A8): the one replaceable step of an audit.

``allocate`` takes the courses that have more than one place, or stand under a cap, and
gives each its spots. It splits them into components, pieces that share no area and no
binding cap, and has each solved exactly (search.py). Where every course can stand in
its first area and every area is met, nothing is to be searched: no placement is better.
"""

from __future__ import annotations

from collections.abc import Iterable

from .areas import Tally
from .component import Component, Item
from .courses import Course
from .prepared import Prepared, Spot
from .search import place
from .uneven import allocate_uneven

Placement = tuple[Spot, ...]
"""The spots where one course counts; none when it is in excess."""

Worth = tuple[int, int, int, int, int, tuple[int, ...]]
"""The levels of A8 and A3, most being best; see ``worth``."""


def allocate(prepared: Prepared, courses: list[Course], tally: Tally) -> list[Placement]:
    """The best legal placement of ``courses``, in their order.

    ``tally`` holds what is placed already. ``courses`` come in canonical order, which
    decides where A3 does not.
    """
    if prepared.has_caps or not all(course.even for course in courses):
        return allocate_uneven(prepared, courses, tally)
    placements = [course.spots[:1] for course in courses]
    credits = [a - b for a, b in zip(tally.taken, prepared.min_units, strict=True)]
    numbers = [a - b for a, b in zip(tally.courses, prepared.min_courses, strict=True)]
    several = []
    for number, course in enumerate(courses):
        spots = course.spots
        if spots:
            area = spots[0].area
            credits[area] += course.units
            numbers[area] += 1
            if len(spots) > 1:
                several.append(number)
    for areas, members in components(
        (sum(1 << spot.area for spot in courses[number].spots), number) for number in several
    ):
        if any(credits[area] < 0 or numbers[area] < 0 for area in areas):
            _solve(courses, areas, members, (credits, numbers), placements)
    return placements


def components(courses: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Split courses, given as (mask of areas, number), so that no piece shares an area.

    Each piece is its areas, ascending, and its courses in the order given.
    """
    pieces: list[tuple[int, list[int]]] = []
    for areas, number in courses:
        members = [number]
        apart = []
        for piece in pieces:
            if piece[0] & areas:
                areas |= piece[0]
                members = piece[1] + members
            else:
                apart.append(piece)
        pieces = [*apart, (areas, members)]
    return [
        ([a for a in range(areas.bit_length()) if areas >> a & 1], sorted(members))
        for areas, members in pieces
    ]


def _solve(
    courses: list[Course],
    areas: list[int],
    members: list[int],
    held: tuple[list[int], list[int]],
    placements: list[Placement],
) -> None:
    """Place the courses ``members``, which ``held`` counts in their first areas."""
    credits, numbers = ([each[area] for area in areas] for each in held)
    local = {area: index for index, area in enumerate(areas)}
    items = []
    for number in members:
        course = courses[number]
        at = tuple([local[spot.area] for spot in course.spots])
        credits[at[0]] -= course.units
        numbers[at[0]] -= 1
        items.append(Item(number, course.units, at))
    component = Component(credits, numbers, items)
    for item, index in zip(component.items, place(component), strict=True):
        spots = courses[item.number].spots
        placements[item.number] = (spots[item.areas.index(index)],)


def worth(
    prepared: Prepared, courses: list[Course], placements: list[Placement], tally: Tally
) -> Worth:
    """How good a placement is: leaves met, credits and courses not missing, credits in
    the total, mapped courses placed, credits area by area.
    """
    held = tally.taken[:]
    number = tally.courses[:]
    total = mapped = 0
    for course, placement in zip(courses, placements, strict=True):
        for spot in placement:
            if spot.area >= 0:
                held[spot.area] += course.units
                number[spot.area] += 1
        total += course.units * any(spot.in_total for spot in placement)
        mapped += course.mapped and bool(placement)
    leaves = prepared.leaves
    credits = [held[leaf] - prepared.min_units[leaf] for leaf in leaves]
    counts = [number[leaf] - prepared.min_courses[leaf] for leaf in leaves]
    met = sum(c >= 0 and n >= 0 for c, n in zip(credits, counts, strict=True))
    missing = sum(min(0, c) for c in credits), sum(min(0, n) for n in counts)
    return met, *missing, total, mapped, tuple(held[leaf] for leaf in leaves)
