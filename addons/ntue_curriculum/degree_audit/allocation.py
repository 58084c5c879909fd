"""Where each course counts (A3–A6, A8): the one replaceable step of an audit.

``allocate`` takes the courses that have more than one place, or stand under a cap, and
gives each its spots. Where no cap stands and places are alike, little of it is searched.
An area is *settled* when it is met without these courses, or when all of them together do
not bring it to what it asks: a course adds the same there whoever else comes, so that of
its settled areas it needs only the best. Courses compete in the other areas alone. These
split into pieces that have nothing to do with each other; each is solved exactly
(search.py), unless all is met with every course where it adds most.
"""

from __future__ import annotations

from typing import NamedTuple

from .areas import Tally
from .component import Component, Item
from .courses import Course, Placement
from .few import FEW, place_few
from .pieces import pieces
from .prepared import Prepared
from .search import place
from .uneven import allocate_uneven


class Held(NamedTuple):
    """Per area, units and number of courses that are there, less what it asks."""

    units: list[int]
    counts: list[int]

    def meets(self, area: int) -> bool:
        """Whether ``area`` has what it asks."""
        return self.units[area] >= 0 and self.counts[area] >= 0

    def settled(self, area: int, units: int, count: int) -> bool:
        """Whether ``area`` costs the same for each course more, up to so many more.

        It is met or stays unmet; and neither its credits nor its courses stop being
        missed on the way, which would make the next course worth less.
        """
        has, number = self.units[area], self.counts[area]
        if has >= 0 and number >= 0:
            return True
        units += has
        count += number
        stays_unmet = units < 0 or count < 0
        return stays_unmet and (has >= 0 or units <= 0) and (number >= 0 or count <= 0)


def allocate(prepared: Prepared, courses: list[Course], tally: Tally) -> list[Placement]:
    """The best legal placement of ``courses``, in their order.

    ``tally`` holds what is placed already. ``courses`` come in canonical order, which
    decides where A3 does not.
    """
    if prepared.has_caps or not all(course.places.even for course in courses):
        return allocate_uneven(prepared, courses, tally)
    units = [a - b for a, b in zip(tally.taken, prepared.min_units, strict=False)]
    counts = [a - b for a, b in zip(tally.courses, prepared.min_courses, strict=False)]
    chosen = [0] * len(courses)
    several = []
    for number, course in enumerate(courses):
        areas = course.places.areas
        if len(areas) > 1:
            several.append(number)
        elif areas:
            units[areas[0]] += course.units
            counts[areas[0]] += 1
    if several:
        _choose(courses, several, Held(units, counts), chosen)
    return [course.places.spots[at : at + 1] for course, at in zip(courses, chosen, strict=True)]


def _choose(courses: list[Course], several: list[int], held: Held, chosen: list[int]) -> None:
    """Set in ``chosen`` where the courses ``several`` stand: a position in their places.

    ``held`` does not count them.
    """
    unsettled = _unsettled([courses[number] for number in several], held)
    hoped = Held(held.units[:], held.counts[:])
    items: list[Item] = []
    sets = []
    for number in several:
        units, places = courses[number].units, courses[number].places
        areas = places.areas
        competing = places.mask & unsettled
        most = areas[0]
        if competing != places.mask:
            areas, most = _worth_having(units, areas, competing, held)
            chosen[number] = places.areas.index(most)
        if competing:
            hoped.units[most] += units
            hoped.counts[most] += 1
            sets.append((competing, len(items)))
            items.append(Item(number, units, areas))
    for areas_of_piece, members in pieces(sets):
        if not all(map(hoped.meets, areas_of_piece)):
            for number, area in _placed([items[member] for member in members], held, ~unsettled):
                chosen[number] = courses[number].places.areas.index(area)


def _unsettled(courses: list[Course], held: Held) -> int:
    """Set of the areas where what one of ``courses`` adds depends on the others."""
    units = [0] * len(held.units)
    counts = units[:]
    for course in courses:
        amount = course.units
        for area in course.places.areas:
            units[area] += amount
            counts[area] += 1
    unsettled = 0
    for area, count in enumerate(counts):
        if count and not held.settled(area, units[area], count):
            unsettled |= 1 << area
    return unsettled


def _worth_having(
    units: int, areas: tuple[int, ...], competing: int, held: Held
) -> tuple[tuple[int, ...], int]:
    """Of the ``areas`` of a course those it needs; and where it adds most if all is met.

    Of settled areas only the best: what is missing there comes before framework order (A8).
    """
    best, most = -1, (0, False)
    for area in areas:
        if not competing >> area & 1:
            gain = units if held.units[area] < 0 else 0, held.counts[area] < 0
            if best < 0 or gain > most:
                best, most = area, gain
    needed = tuple([area for area in areas if area == best or competing >> area & 1])
    return needed, best if any(most) else needed[0]


def _placed(items: list[Item], held: Held, settled: int) -> list[tuple[int, int]]:
    """The number of each course of one piece, and its area."""
    areas = sorted({area for item in items for area in item.areas})
    units = [held.units[area] for area in areas]
    counts = [held.counts[area] for area in areas]
    if len(items) <= FEW:
        places = place_few(items, areas, units, counts, settled)
        return [(item.number, area) for item, area in zip(items, places, strict=True)]
    local = {area: index for index, area in enumerate(areas)}
    component = Component(
        units,
        counts,
        [item._replace(areas=tuple([local[area] for area in item.areas])) for item in items],
    )
    places = place(component)
    return [(item.number, areas[at]) for item, at in zip(component.items, places, strict=True)]
