"""Every way to take or refuse places of courses, ways that differ in nothing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations_with_replacement, product
from math import comb, prod

from .courses import Course

Takes = tuple[bool, ...]
"""For each of the places in question, whether it is taken."""


class Ways:
    """All ways; which of several courses that are alike takes a place makes none of its own.

    ``places``: in turn, the number of a course and an area, those of one course together.
    ``likeness``: by number of the course; equal where courses are alike. ``number``: of ways.

    >>> list(Ways([(0, 5), (1, 5)], ["x", "x"]))
    [(True, True), (True, False), (False, False)]
    """

    def __init__(self, places: Sequence[tuple[int, int]], likeness: Sequence[object]) -> None:
        self._size = len(places)
        own: dict[int, list[int]] = {}
        for at, (course, _area) in enumerate(places):
            own.setdefault(course, []).append(at)
        alike: dict[object, list[list[int]]] = {}
        for course, positions in own.items():
            areas = tuple([places[at][1] for at in positions])
            alike.setdefault((likeness[course], areas), []).append(positions)
        self._groups = list(alike.values())
        self.number = prod(
            comb((1 << len(group[0])) + len(group) - 1, len(group)) for group in self._groups
        )

    def __iter__(self) -> Iterator[Takes]:
        """The first of equal ways is the one in which earlier courses take earlier places."""
        choices = [
            combinations_with_replacement(
                list(product((True, False), repeat=len(group[0]))), len(group)
            )
            for group in self._groups
        ]
        order = [at for group in self._groups for positions in group for at in positions]
        for chosen in product(*choices):
            takes = [False] * self._size
            for at, take in zip(order, chain(*chain(*chosen)), strict=True):
                takes[at] = take
            yield tuple(takes)


def likeness(course: Course) -> object:
    """The same for courses that differ in nothing that an allocation heeds."""
    spots = tuple([spot._replace(line=None, required=False) for spot in course.spots])
    return course.units, spots, course.mapped, course.forced
