"""The best placement of a piece all of whose areas can be met (A3).

Areas are loaded from the first to the last, each with the most credits that leave the rest
possible. What is possible follows from cuts: courses of one size can be divided among areas
that want so many each if no set of areas wants more of them than list one of the set, and
no area is left out (Hall's condition; whole courses, since all are alike). All sets of areas
are looked at in one step: one number has a field for every set, of what is offered to it
beyond what it wants, and a field below zero shows in its sign bit.

So two questions alternate: how many credits each area holds, for which the cuts of all
courses, thought of as divisible, allow the most; and how many courses of each size make up
these credits, for which each size has its cuts. If none do, the next lower credits follow.
The first answer is the best placement, and no answer means that not all can be met. In the
worst case the answers tried grow exponentially with areas and sizes, so after a number of
them the question goes to the search (search.py), which is slower where this is fast, and
seldom slow.
"""

from __future__ import annotations

from functools import lru_cache

from .pieces import Piece

AREAS = 10
"""Areas at most: the number of their sets doubles with each."""

PATIENCE = 2_000
"""Answers tried at most; a number, not a time, so that a result depends on the input alone."""


class Sets(dict[int, int]):
    """Set of areas → a number with 1 in the field of every set that meets it.

    ``signs``: the sign bit of every field.
    """

    def __init__(self, areas: int, width: int) -> None:
        super().__init__()
        self._areas = areas
        self._width = width
        self._ones = self._apart_from(0)
        self.signs = self._ones << width - 1

    def _apart_from(self, areas: int) -> int:
        """1 in the field of every set that has none of ``areas``."""
        ones = 1
        for area in range(self._areas):
            if not areas >> area & 1:
                ones |= ones << (self._width << area)
        return ones

    def __missing__(self, areas: int) -> int:
        number = self[areas] = self._ones - self._apart_from(areas)
        return number


_sets = lru_cache(maxsize=64)(Sets)
"""The same for every piece of so many areas."""


@lru_cache(maxsize=4096)
def _ways(units: int, sizes: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """How many courses of each of ``sizes`` make up ``units``.

    >>> _ways(6, (2, 3))
    ((0, 2), (3, 0))
    """
    size, *others = sizes
    if not others:
        return () if units % size else ((units // size,),)
    return tuple(
        [
            (number, *more)
            for number in range(units // size + 1)
            for more in _ways(units - number * size, tuple(others))
        ]
    )


def meet_all(piece: Piece) -> list[int] | None:
    """For each course of ``piece``, the one of its areas that it counts in when all are met.

    Of equal courses those before others are in earlier areas. None when not all areas can
    be met, or when it is not for here to tell: too many areas, a course of no credits, or
    more answers to try than ``PATIENCE``.
    """
    if len(piece.units) > AREAS or not all(piece.sizes):
        return None
    solution = _Solution(piece)
    return solution.places() if solution.solve() else None


class _Solution:
    """What is decided of a piece so far.

    ``_least``: per area, the least units that it must hold; ``_sums``: as bits, what some of
    the courses that list it add up to; ``_loads``: the units it is to hold; ``_wants``: how
    many courses of each size that makes. ``_offers``: what the courses of each size offer to
    all sets of areas. Slack is what is offered beyond what is wanted, ``Sets.signs`` added.
    """

    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._patience = PATIENCE
        self._rest = sum(piece.sizes)
        areas = range(len(piece.units))
        # No field is ever further from 0 than all courses together.
        self._sets = sets = _sets(len(areas), self._rest.bit_length() + 1)
        self._signs = sets.signs
        self._singles = [sets[1 << area] for area in areas]
        self._least = [-has if has < 0 else 0 for has in piece.units]
        self._sums = sums = [1] * len(areas)
        self._loads = [0] * len(areas)
        self._wants: list[tuple[int, ...]] = [()] * len(areas)
        self._offers = offers = dict.fromkeys(piece.sizes, 0)
        for size, listed, mask in zip(piece.sizes, piece.listed, piece.masks, strict=True):
            offers[size] += sets[mask]
            for area in listed:
                sums[area] |= sums[area] << size
        self._sizes = tuple(offers)

    def solve(self) -> bool:
        """Find the best loads that can be made up; False when there are none."""
        slack, rest = self._signs, self._rest
        for size, offer in self._offers.items():
            slack += size * offer
        for area, single in enumerate(self._singles):
            least = self._least[area]
            if least:
                enough = self._sums[area] >> least
                if not enough:
                    return False
                least += (enough & -enough).bit_length() - 1
                self._least[area] = least
                rest -= least
                slack -= least * single
        return rest >= 0 and slack & self._signs == self._signs and self._load(0, slack, rest)

    def _load(self, area: int, slack: int, rest: int) -> bool:
        """Load the areas from ``area`` on; ``rest`` units are left beyond what all must hold."""
        if not rest:
            self._loads[area:] = self._least[area:]
            return self._divide(0, [offer + self._signs for offer in self._offers.values()])
        if area == len(self._loads):
            return False
        least, single, signs = self._least[area], self._singles[area], self._signs
        possible = self._sums[area] >> least & (2 << rest) - 1
        while possible and self._patience > 0:
            self._patience -= 1
            more = possible.bit_length() - 1
            possible ^= 1 << more
            left = slack - more * single
            if left & signs == signs:
                self._loads[area] = least + more
                if self._load(area + 1, left, rest - more):
                    return True
        return False

    def _divide(self, area: int, slacks: list[int]) -> bool:
        """Make up the loads of the areas from ``area`` on; ``slacks`` are those of each size."""
        if area == len(self._loads):
            return True
        ways = _ways(self._loads[area], self._sizes)
        self._patience -= len(ways)
        if self._patience < 0:
            return False
        single, signs, asked = self._singles[area], self._signs, -self._piece.counts[area]
        for way in ways:
            if asked > 0 and sum(way) < asked:
                continue
            left = []
            for number, slack in zip(way, slacks, strict=True):
                slack -= number * single
                if slack & signs != signs:
                    break
                left.append(slack)
            else:
                self._wants[area] = way
                if self._divide(area + 1, left):
                    return True
        return False

    def places(self) -> list[int]:
        """The area of each course, after ``solve``."""
        signs, singles, sets, piece = self._signs, self._singles, self._sets, self._piece
        wants = [list(numbers) for numbers in zip(*self._wants, strict=True)]
        left: dict[int, tuple[int, list[int]]] = {}
        for (size, offer), numbers in zip(self._offers.items(), wants, strict=True):
            slack = signs + offer
            for number, single in zip(numbers, singles, strict=True):
                slack -= number * single
            left[size] = slack, numbers
        places = []
        for size, listed, mask in zip(piece.sizes, piece.listed, piece.masks, strict=True):
            slack, numbers = left[size]
            slack -= sets[mask]
            for area in listed:
                if numbers[area] and slack + singles[area] & signs == signs:
                    break
            numbers[area] -= 1
            left[size] = slack + singles[area], numbers
            places.append(area)
        return places
