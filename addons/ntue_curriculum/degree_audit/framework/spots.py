"""Where courses may count: the lines of a framework as the allocation sees them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from ..values import Line
from .masks import mask_of

TOTAL_ONLY = -1
"""In place of an area's number: counts in the total, in no area (A12, D40)."""


class Spot(NamedTuple):
    """One place where a course may count: a line, as the allocation sees it."""

    area: int
    line: Line | None
    floor: Decimal | None
    required: bool = False
    in_total: bool = True
    shareable: bool = False

    def admits(self, score: Decimal | None) -> bool:
        """A course without a score (in progress, transferred) passes every floor."""
        return self.floor is None or score is None or score >= self.floor


class Places(NamedTuple):
    """The spots open to a course, by area, total-only last.

    ``areas``: their areas, without total-only; ``mask``: these as a set; ``at``: the spot
    in each. ``even``: the spots differ in nothing but the area. Each is in an area of its
    own, none is shareable, all or none count in the total.
    """

    spots: tuple[Spot, ...]
    areas: tuple[int, ...]
    mask: int
    at: dict[int, tuple[Spot]]
    even: bool


class CourseLines(NamedTuple):
    """All lines of one course code, by area, total-only last.

    ``plain``: the one spot it has, when nothing is left to decide there: no other
    line, no grade floor, no cap above it. ``even``: several such spots, all alike.
    ``credits``: of its first line; ``units``: these in units. ``repeats``: so many passes count.
    """

    number: int
    code: str
    places: Places
    plain: Spot | None
    even: bool
    credits: Decimal
    units: int
    repeats: int = 1

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its places, by area."""
        return self.places.spots


Plain = tuple[int, Decimal, int, bool, bool]
"""A plain spot for the tally: area, credits, units, required, counts in the total."""


class PlainPlace(NamedTuple):
    """A plain spot for the explanation: codes of its area, key and credits of its line."""

    areas: tuple[str, ...]
    line: int
    credits: Decimal


def places_of(spots: Iterable[Spot]) -> Places:
    """``spots`` in order; those of one area (A17) by line."""
    ordered = tuple(sorted(spots, key=lambda spot: (spot.area < 0, spot.area)))
    areas = tuple([spot.area for spot in ordered if spot.area >= 0])
    even = (
        len(areas) == len(ordered) == len(set(areas))
        and len({spot.in_total for spot in ordered}) < 2
        and not (len(ordered) > 1 and any(spot.shareable for spot in ordered))
    )
    at = {spot.area: (spot,) for spot in ordered}
    return Places(ordered, areas, mask_of(areas), at, even)
