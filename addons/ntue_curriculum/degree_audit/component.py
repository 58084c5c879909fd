"""One piece of the allocation: areas that compete for courses, and these courses.

The piece is in whole numbers: areas are numbered from 0 in framework order, one number
more (``nowhere``) stands for counting in no area, and a course is one bit of a mask.
Courses of one kind (equal credits, equal worth in the total) share a ``Kind``: which
of them stands where matters only for whom else it leaves the place to.
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


class Kind(NamedTuple):
    """What courses of one kind have in common; ``courses`` is their mask."""

    units: int
    courses: int
    mapped: bool
    worthless: int
    inside: int


class Group(NamedTuple):
    """Areas under one binding cap: ``room`` units for all that is placed in ``areas``."""

    room: int
    areas: int


class Component:
    """Areas ``0 .. size - 1`` and their courses.

    ``credits`` and ``courses``: per area, what is there already less what the area
    asks, so that it is met when both reach 0. ``exchangeable``: a course is never
    worse off in an earlier area (no binding cap, the same worth everywhere); the
    search then looks at far fewer placements. ``lists``, ``first``: per place, masks
    of the courses that list it, and that list it first.
    """

    __slots__ = (
        "courses",
        "credits",
        "exchangeable",
        "first",
        "groups",
        "items",
        "kinds",
        "last_by",
        "lists",
        "places",
        "size",
    )

    def __init__(
        self,
        credits: list[int],
        courses: list[int],
        items: Sequence[Item],
        groups: Sequence[Group] = (),
    ) -> None:
        """``items`` in canonical order; it decides between equally good placements."""
        self.size = len(credits)
        self.credits = credits
        self.courses = courses
        self.groups = tuple(groups)
        self.items = sorted(items, key=_first_area)
        self.places = self.size + 1
        self.lists = [0] * self.places
        self.first = [0] * self.places
        self.last_by = [0] * self.places
        self.kinds = self._kinds()
        self.exchangeable = not groups and not any(kind.worthless for kind in self.kinds)

    def _kinds(self) -> list[Kind]:
        lists = self.lists
        kinds: dict[tuple[int, bool, int, int], int] = {}
        bit = 1
        for item in self.items:
            areas = item.areas
            for area in areas:
                lists[area] |= bit
            self.first[areas[0]] |= bit
            self.last_by[areas[-1]] |= bit
            key = item[1], item[3], item[4], item[5]
            kinds[key] = kinds.get(key, 0) | bit
            bit += bit
        return [Kind(key[0], mask, *key[1:]) for key, mask in sorted(kinds.items())]


def _first_area(item: Item) -> int:
    return item.areas[0]
