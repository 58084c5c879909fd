"""One piece of the allocation: areas that compete for courses, and these courses.

The piece is in whole numbers. Areas are numbered from 0 in framework order; one number
more (``nowhere``) stands for counting in no area. Sets of courses are masks: a course
takes as many bits as it has units of credit, so that the credits of a set are its
number of bits; courses of no credit take one bit each below all others. Courses of one
kind (equal credits, equal worth in the total) share a ``CourseKind``: which of them is
where matters only for whom else it leaves the place to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Item(NamedTuple):
    """One course to be placed.

    ``number``: position in the caller's list. ``areas``: where it may stand, ascending,
    ``nowhere`` last if it may be left out. ``worthless``: mask of places where its
    credits do not count in the total. ``inside``: mask of groups that count it already.
    """

    number: int
    units: int
    areas: tuple[int, ...]
    mapped: bool = False
    worthless: int = 0
    inside: int = 0


class CourseKind(NamedTuple):
    """What courses of one kind have in common; ``courses`` is the set of them."""

    courses: int
    units: int
    mapped: bool
    worthless: int
    inside: int


class Group(NamedTuple):
    """Areas under one binding cap: ``room`` units for all that is placed in ``areas``."""

    room: int
    areas: int


class Component:
    """Areas ``0 .. size - 1`` and their courses.

    ``units`` and ``counts``: per area, units of credit and number of courses that are
    there already, less what the area
    asks, so that it is met when both reach 0. ``tidy``: per area, whether a course
    that it does not need is never worse off in an earlier area (no binding cap there
    that is not over this area too, the same worth); the search then looks at far fewer
    placements. ``plain``: no cap, no difference in worth, no ``nowhere``.

    ``lists``, ``first``: per place, the sets of the courses that list it, and that
    list it first. ``field``: per bit, all bits of its course. ``ones``: one bit of
    every course. ``heavy``: the courses that have credits.
    """

    __slots__ = (
        "counts",
        "field",
        "first",
        "groups",
        "heavy",
        "items",
        "kinds",
        "lists",
        "ones",
        "places",
        "plain",
        "size",
        "tidy",
        "units",
    )

    def __init__(
        self,
        units: Sequence[int],
        counts: Sequence[int],
        items: Sequence[Item],
        groups: Sequence[Group] = (),
    ) -> None:
        """``items`` in canonical order; it decides between equally good placements."""
        self.size = len(units)
        self.units = units
        self.counts = counts
        self.groups = tuple(groups)
        self.items = sorted(items, key=_order)
        self.places = self.size + 1
        self.lists = [0] * self.places
        self.first = [0] * self.places
        self.field: list[int] = []
        self.ones = self.heavy = 0
        self.kinds = self._kinds()
        self.plain = not groups and not any(kind.worthless for kind in self.kinds)
        self.tidy = [True] * self.size if self.plain else self._tidy()

    def _kinds(self) -> list[CourseKind]:
        lists, first, field = self.lists, self.first, self.field
        kinds: dict[tuple[int, bool, int, int], int] = {}
        at = ones = light = 0
        for _, units, areas, mapped, worthless, inside in self.items:
            width = units or 1
            course = (1 << width) - 1 << at
            ones |= 1 << at
            if not units:
                light |= course
            field += [course] * width
            at += width
            for area in areas:
                lists[area] |= course
            first[areas[0]] |= course
            key = units, mapped, worthless, inside
            kinds[key] = kinds.get(key, 0) | course
        self.ones = ones
        self.heavy = ((1 << at) - 1) ^ light
        return [CourseKind(courses, *key) for key, courses in sorted(kinds.items())]

    def _tidy(self) -> list[bool]:
        """See the class."""
        everywhere = (1 << self.size) - 1
        if any(kind.worthless & everywhere not in (0, everywhere) for kind in self.kinds):
            return [False] * self.size
        return [
            not any(
                group.areas & (1 << area) - 1 and not group.areas >> area & 1
                for group in self.groups
            )
            for area in range(self.size)
        ]


def _order(item: Item) -> int:
    return item.areas[0]
