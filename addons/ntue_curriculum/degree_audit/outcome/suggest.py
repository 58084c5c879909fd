"""The best legal choice of ticks (138, D17): a suggestion the student may leave.

Best is what adds the most credits to the total; of equal choices, the one with more of
them graded already, then the one with fewer courses, then the one with the earlier
courses. Only what may be ticked, has its prior approval and gives credits is chosen,
and what is recognised already uses up its limits first.

Each origin has limits of its own and shares those for all origins. Per origin, every
pair (courses, units) within its limits keeps its best choice, a knapsack; then the
origins are joined under the common limits. The work is polynomial in the number of
courses and units; of more than ``MOST`` pairs only the best are gone on with, so that a
student with hundreds of courses from elsewhere is answered as well.
"""

from __future__ import annotations

from typing import NamedTuple

from ..framework.prepared import PreparedFramework
from ..transcript.decisions import Rulings
from ..values import Enrolment, Origin, State
from .flexible import lacks_approval, used_units

Merit = tuple[int, int]
"""Units that are graded already, and a mask that is larger for earlier courses."""

Selections = dict[tuple[int, int], Merit]
"""The best choice for each (courses, units)."""


MOST = 700
"""Pairs (courses, units) that are kept; what anybody has from elsewhere makes fewer."""


class Limit(NamedTuple):
    """What is left of a rule, in courses or in units."""

    origin: Origin | None
    in_courses: bool
    left: int


def suggest(
    prepared: PreparedFramework,
    recognised: list[Enrolment],
    candidates: list[Enrolment],
    rulings: Rulings,
) -> frozenset[int]:
    """Keys of the candidates to tick."""
    eligible = [
        enrolment
        for enrolment in candidates
        if prepared.units(enrolment.credits) and not lacks_approval(prepared, enrolment, rulings)
    ]
    choice, free = _choices(prepared, recognised, eligible)
    mask = _best(free) | _best(choice)
    return frozenset(e.key for n, e in enumerate(eligible) if mask >> len(eligible) - n & 1)


def most_together(
    prepared: PreparedFramework,
    recognised: list[Enrolment],
    candidates: list[Enrolment],
    rulings: Rulings,
) -> int:
    """How many of the candidates may be ticked at once, whichever they are (141)."""
    eligible = [e for e in candidates if not lacks_approval(prepared, e, rulings)]
    return sum(
        max(courses for courses, _units in choices)
        for choices in _choices(prepared, recognised, eligible)
    )


def _choices(
    prepared: PreparedFramework, recognised: list[Enrolment], eligible: list[Enrolment]
) -> tuple[Selections, Selections]:
    """What may be chosen within the limits, and of the origins that have none."""
    limits = _limits(prepared, recognised)
    choice: Selections = {(0, 0): (0, 0)}
    free: Selections = {(0, 0): (0, 0)}
    for origin in Origin:
        own = [n for n, e in enumerate(eligible) if prepared.matching.origin(e) is origin]
        if origin in prepared.exempt:
            free = _joined(free, _knapsack(prepared, eligible, own, []), [])
        else:
            mine = [limit for limit in limits if limit.origin in (None, origin)]
            common = [limit for limit in limits if limit.origin is None]
            choice = _joined(choice, _knapsack(prepared, eligible, own, mine), common)
    return choice, free


def _limits(prepared: PreparedFramework, recognised: list[Enrolment]) -> list[Limit]:
    limits = []
    for number, rule in enumerate(prepared.framework.flexible_rules):
        limit = prepared.limits[number]
        if limit is not None:
            left = limit - used_units(prepared, number, recognised)
            limits.append(Limit(rule.origin, prepared.counts_courses[number], left))
    return limits


def _knapsack(
    prepared: PreparedFramework, eligible: list[Enrolment], numbers: list[int], limits: list[Limit]
) -> Selections:
    """The best choices from the courses ``numbers`` of one origin."""
    choices: Selections = {(0, 0): (0, 0)}
    if not limits:
        return {(0, 0): (0, 0)} if not numbers else _all(prepared, eligible, numbers)
    for number in numbers:
        enrolment = eligible[number]
        one = {(1, prepared.units(enrolment.credits)): _worth(prepared, eligible, number)}
        choices = _joined(choices, {(0, 0): (0, 0), **one}, limits)
    return choices


def _all(prepared: PreparedFramework, eligible: list[Enrolment], numbers: list[int]) -> Selections:
    """Everything: what no limit concerns."""
    units = sum(prepared.units(eligible[number].credits) for number in numbers)
    worths = [_worth(prepared, eligible, number) for number in numbers]
    graded, mask = (sum(column) for column in zip(*worths, strict=True))
    return {(len(numbers), units): (graded, mask)}


def _joined(left: Selections, right: Selections, limits: list[Limit]) -> Selections:
    """The best of every choice of ``left`` with every one of ``right``."""
    joined: Selections = {}
    for (courses, units), (graded, mask) in left.items():
        for (more_courses, more_units), (more_graded, more_mask) in right.items():
            key = courses + more_courses, units + more_units
            if key == (0, 0) or all(
                key[0 if limit.in_courses else 1] <= limit.left for limit in limits
            ):
                worth = graded + more_graded, mask + more_mask
                if joined.get(key, (-1, 0)) < worth:
                    joined[key] = worth
    return joined if len(joined) <= MOST else dict(sorted(joined.items(), key=_rank)[-MOST:])


def _worth(prepared: PreparedFramework, eligible: list[Enrolment], number: int) -> Merit:
    enrolment = eligible[number]
    graded = enrolment.state is not State.IN_PROGRESS
    return graded * prepared.units(enrolment.credits), 1 << len(eligible) - number


def _best(choices: Selections) -> int:
    """The mask of the best of ``choices``."""
    return max(map(_rank, choices.items()))[3]


def _rank(choice: tuple[tuple[int, int], Merit]) -> tuple[int, int, int, int]:
    """Of two choices the better has more."""
    (courses, units), (graded, mask) = choice
    return units, graded, -courses, mask
