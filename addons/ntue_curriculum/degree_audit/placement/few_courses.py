"""The exact placement of few courses: every way is looked at, each once.

Where something is missing anyhow, bounds cut off little, and a student who has only begun
has few courses that compete. Then it is cheaper to go through sets of courses: area after
area, of all ways that leave the same courses to the other areas only the best is gone on
with. Each area costs by itself, so nothing better is lost. Two things keep the ways few:

* which courses areas done and areas left both list is all that keeps ways apart, so areas
  that list the same courses are taken one after the other;
* met areas come first (A8), and the courses left cannot meet more areas than there are
  enough of them for. So ways with as few unmet areas as may be are looked for, then such
  with one more, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..framework.masks import bits
from .budget import Budget
from .pieces import Piece
from .scale import Scale, scale_of

FEW = 12
"""Courses at most; the sets to look at double with each."""

Way = tuple[int, int, int]
"""What the areas done so far cost; the courses in the last of them, and those left before."""

PricedSet = tuple[int, int]
"""A set of courses, and what it costs that an area has it and their homes do not."""


class AreaSets(NamedTuple):
    """One area. ``must``, ``goes``: what no area after it lists, without and with a home."""

    area: int
    choices: list[PricedSet]
    must: int
    goes: int


SETS = 64
"""Sets of courses that are looked at for one step."""


def place_few(piece: Piece, budget: Budget | None = None) -> list[int]:
    """For each course of ``piece``, the one of its areas that it counts in.

    A course that lists a settled area, its home, goes there unless another area takes it.
    Of equally good placements it takes the one that is found first, in an order that the
    courses decide and nothing else. Courses are bits of their position in ``piece``.
    ``OutOfStepsError`` when ``budget`` does not suffice.
    """
    budget = budget or Budget()
    sizes, listed, _, units, counts, settled = piece
    scale = scale_of(units, counts, sizes)
    lists, first = _masks(listed, len(units))
    places, losses, homes = [0] * len(sizes), [0] * len(sizes), 0
    for area in bits(settled):
        homes |= lists[area]
        bare = scale.cost(area, units[area], counts[area])
        for number in bits(lists[area]):
            places[number] = area
            losses[number] = bare - scale.cost(area, units[area] + sizes[number], counts[area] + 1)
    courses = list(zip(sizes, losses, strict=True))
    steps = []
    for area, only in _order(lists, [a for a in range(len(units)) if not settled >> a & 1]):
        held = units[area], counts[area]
        budget.spend((1 << lists[area].bit_count()) // SETS + 1)
        choices = _choices(courses, scale, area, held, lists[area], first[area])
        steps.append(AreaSets(area, choices, only & ~homes, only & homes))
    surely_unmet = _surely_unmet(steps, len(sizes), scale)
    unmet, best = surely_unmet[0][-1], None
    while best is None:
        limits = [
            [(2 * (unmet - surely) + 1) * scale.unmet >> 1 for surely in step]
            for step in surely_unmet[1:]
        ]
        best = _best(steps, limits, (1 << len(sizes)) - 1, budget)
        unmet += 1
    for step, here in zip(steps, best, strict=True):
        for number in bits(here):
            places[number] = step.area
    return places


def _best(
    steps: list[AreaSets], limits: list[list[int]], everything: int, budget: Budget
) -> list[int] | None:
    """The best way under ``limits``: by step, its courses; None when there is none.

    A limit is what a way must cost less than, by step and by the number of courses left.
    """
    ways: dict[int, Way] = {everything: (0, 0, 0)}
    done = []
    for (_, choices, must, goes), limit in zip(steps, limits, strict=True):
        after: dict[int, Way] = {}
        budget.spend(len(ways) * len(choices) // SETS + 1)
        for left, (paid, _, _) in ways.items():
            taken, stay, keep = ~left, left & must, left & ~goes
            for here, price in choices:
                if here & taken or stay & ~here:
                    continue
                rest, cost = keep & ~here, paid + price
                if cost < limit[rest.bit_count()]:
                    known = after.get(rest)
                    if known is None or cost < known[0]:
                        after[rest] = cost, here, left
        done.append(after)
        ways = after
    if not ways:
        return None
    best, left = [], 0
    for ways in reversed(done):
        _, here, left = ways[left]
        best.append(here)
    return best[::-1]


def _masks(listed: Sequence[tuple[int, ...]], areas: int) -> tuple[list[int], list[int]]:
    """Per area, the courses that list it, and those that list it first."""
    lists, first = [0] * areas, [0] * areas
    course = 1
    for places in listed:
        for area in places:
            lists[area] |= course
        first[places[0]] |= course
        course <<= 1
    return lists, first


def _order(lists: list[int], left: list[int]) -> list[tuple[int, int]]:
    """The areas ``left`` in the order in which they are done, and what lists no other then.

    Next comes the area after which the fewest courses are listed both by an area done and
    by one left; of such, the one that lists the fewest.
    """
    order = []
    shared = 0
    while left:
        once = twice = 0
        for area in left:
            twice |= once & lists[area]
            once |= lists[area]
        fewest, best = 1 << 60, 0
        for area in left:
            listed = lists[area]
            both = (shared | listed) & (twice | ~listed)
            number = (both.bit_count() << 8) + listed.bit_count()
            if number < fewest:
                fewest, best = number, area
        left.remove(best)
        listed = lists[best]
        shared = (shared | listed) & (twice | ~listed)
        order.append((best, listed & ~twice))
    return order


def _choices(
    courses: list[tuple[int, int]],
    scale: Scale,
    area: int,
    held: tuple[int, int],
    listed: int,
    first: int,
) -> list[PricedSet]:
    """The sets of courses that may be in ``area``, which is ``held`` already.

    ``courses``: units of each, and what its home loses. Sets with a course that the area
    could do without and an earlier one lists are left out: that course is never worse off
    there, since the area stays met. Of equal courses those come first whose line does, or
    last where an earlier area lists them.
    """
    sets = [(0, *held, 1 << 60, 0)]
    for number in [*bits(listed & first), *reversed(bits(listed & ~first))]:
        course = 1 << number
        size, loss = courses[number]
        spare = 1 << 60 if first & course else size
        sets += [
            (here | course, units + size, count + 1, least if least < spare else spare, lost + loss)
            for here, units, count, least, lost in sets
        ]
    cost = scale.cost
    return [
        (here, cost(area, units, count) + lost)
        for here, units, count, least, lost in sets
        if units < least or count < 1
    ]


def _surely_unmet(steps: list[AreaSets], courses: int, scale: Scale) -> list[list[int]]:
    """How many of the areas after a step stay unmet at least, by the number of courses left.

    The first row is before all steps.
    """
    half = scale.unmet >> 1
    needs: list[int] = []
    rows = [_unmet(needs, courses)]
    for step in reversed(steps):
        met = [here.bit_count() for here, price in step.choices if price < half]
        needs.append(min(met, default=courses + 1))
        rows.append(_unmet(needs, courses))
    return rows[::-1]


def _unmet(needs: list[int], courses: int) -> list[int]:
    """How many areas stay unmet at least with 0, 1, 2, ... ``courses`` for all of them.

    ``needs``: the least number of courses that meets each.

    >>> _unmet([2, 1, 9], 4)
    [3, 2, 2, 1, 1]
    """
    unmet: list[int] = []
    left = len(needs)
    for need in sorted(needs):
        if len(unmet) + need > courses:
            break
        unmet += [left] * need
        left -= 1
    return unmet + [left] * (courses + 1 - len(unmet))
