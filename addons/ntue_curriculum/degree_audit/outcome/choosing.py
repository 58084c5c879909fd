"""The best choice of some things within limits: a knapsack with several limits at once.

Each limit is about some of the things, each with a size; a wish is about some too, and is
fulfilled by so much of them. For every way to use limits and wishes up the best choice is kept,
so the answer is the best there is, and the work grows with the number of such ways, not of
choices. A limit that cannot be passed is left out, and one whose things were all looked at is
forgotten, so that limits of terms or of names do not multiply. Only of more than ``MOST`` ways
the best are gone on with: a student with hundreds of courses from elsewhere is answered as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Merit = tuple[int, int, int, int]
"""How good a choice is, the weightiest first; of two things together it is the sum."""

NOTHING: Merit = (0, 0, 0, 0)

MOST = 10_000
"""Ways to use the limits up that are kept; two dozen courses under three limits make some 2,000."""


class Bound(NamedTuple):
    """A limit or a wish. ``sizes``: by number of a thing that it is about.

    ``most``: of a limit what is left of it, below 0 when it is exceeded already; of a wish how
    much is still to be had.
    """

    sizes: Mapping[int, int]
    most: int
    is_wish: bool = False


class Choice(NamedTuple):
    """The best choice of those that leave the wishes as they are in ``lacking``."""

    merit: Merit
    lacking: tuple[int, ...]


def choices(worths: Sequence[Merit], bounds: Iterable[Bound]) -> list[Choice]:
    """The best choices of things 0 to n - 1 with these worths, one for each outcome of wishes.

    Choosing nothing is always among what was tried. ``lacking``: in the order of the wishes.
    """
    bounds = list(bounds)
    wishes = [bound for bound in bounds if bound.is_wish]
    limits = [bound for bound in bounds if not bound.is_wish]
    chosen = [
        number
        for number in range(len(worths))
        if all(
            limit.sizes.get(number, 0) <= limit.most for limit in limits if number in limit.sizes
        )
    ]
    limits = [limit for limit in limits if _may_be_passed(limit, chosen)]
    kept = [*limits, *wishes]
    chosen.sort(key=lambda number: [at for at, one in enumerate(limits) if number in one.sizes])
    last = [
        max((at for at, n in enumerate(chosen) if n in one.sizes), default=-1) for one in limits
    ]
    ways: dict[tuple[int, ...], Merit] = {(0,) * len(kept): NOTHING}
    for at, number in enumerate(chosen):
        over = {place for place, end in enumerate(last) if end == at}
        ways = _with_one_more(ways, kept, number, worths[number], over)
    return [
        Choice(
            merit, tuple(w.most - used for w, used in zip(wishes, way[len(limits) :], strict=True))
        )
        for way, merit in ways.items()
    ]


def _may_be_passed(limit: Bound, chosen: list[int]) -> bool:
    own = [limit.sizes[number] for number in chosen if number in limit.sizes]
    return bool(own) and sum(own) > limit.most


def _with_one_more(
    ways: dict[tuple[int, ...], Merit],
    bounds: list[Bound],
    number: int,
    worth: Merit,
    over: set[int],
) -> dict[tuple[int, ...], Merit]:
    """The ways with one thing and without it; ``over``: places of limits that end with it."""
    found: dict[tuple[int, ...], Merit] = {}
    sizes = [bound.sizes.get(number, 0) for bound in bounds]
    limits = [(place, one.most) for place, one in enumerate(bounds) if not one.is_wish]
    wishes = [(place, one.most) for place, one in enumerate(bounds) if one.is_wish]
    for used, merit in ways.items():
        without = _forgetting(used, over)
        if found.get(without, merit) <= merit:
            found[without] = merit
        more = [n + size for n, size in zip(used, sizes, strict=True)]
        if any(more[place] > most for place, most in limits):
            continue
        for place, most in wishes:
            more[place] = min(more[place], most)
        together = (
            merit[0] + worth[0],
            merit[1] + worth[1],
            merit[2] + worth[2],
            merit[3] + worth[3],
        )
        way = _forgetting(more, over)
        if found.get(way, together) <= together:
            found[way] = together
    if len(found) <= MOST:
        return found
    best = sorted(found.items(), key=lambda pair: pair[1], reverse=True)
    return dict(best[:MOST])


def _forgetting(used: Sequence[int], over: set[int]) -> tuple[int, ...]:
    """How far limits and wishes are used up, without those that nothing more is about."""
    if not over:
        return tuple(used)
    return tuple(0 if place in over else n for place, n in enumerate(used))
