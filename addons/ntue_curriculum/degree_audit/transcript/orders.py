"""Courses that were taken out of the order that counting rules ask for (A51)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..framework.prepared import PreparedFramework
from ..values import CountingRule, Enrolment, State
from .decisions import Rulings

_NONE: frozenset[int] = frozenset()
_ALWAYS = -1
"""The term of what was credited: it was taken before anything else."""


def out_of_order(
    prepared: PreparedFramework, enrolments: Sequence[Enrolment], rulings: Rulings
) -> frozenset[int]:
    """Keys of the attempts that do not count, since what comes first was not taken before.

    What was credited was taken in time; a waived course need not be taken; and what a reviewer
    decided on counts as decided.
    """
    orders = prepared.counting.orders
    if not orders:
        return _NONE
    found: set[int] = set()
    for before, after in _pairs(orders, prepared, rulings):
        first = min((_term(one) for one in _taken(prepared, enrolments, before)), default=None)
        for one in _taken(prepared, enrolments, after):
            is_late = first is None or _term(one) <= first
            if is_late and _term(one) != _ALWAYS and one.key not in rulings.placing:
                found.add(one.key)
    return frozenset(found)


def unprepared(
    prepared: PreparedFramework, enrolments: Sequence[Enrolment], rulings: Rulings
) -> frozenset[int]:
    """Keys of the attempts before which a prerequisite was not passed, or with too low a score."""
    found: set[int] = set()
    for rule in prepared.counting.prerequisites:
        for before, after in _pairs([rule], prepared, rulings):
            good = [e for e in _taken(prepared, enrolments, before) if _is_enough(e, rule)]
            first = min(map(_term, good), default=None)
            for one in _taken(prepared, enrolments, after):
                if _term(one) != _ALWAYS and (first is None or _term(one) <= first):
                    found.add(one.key)
    return frozenset(found)


def _pairs(
    rules: Iterable[CountingRule], prepared: PreparedFramework, rulings: Rulings
) -> Iterable[tuple[str, str]]:
    """Which course comes before which; none before which a waived one would."""
    for rule in rules:
        for before, after in pairwise(rule.courses):
            if prepared.by_code[before] not in rulings.waived:
                yield before, after


def _taken(
    prepared: PreparedFramework, enrolments: Iterable[Enrolment], code: str
) -> list[Enrolment]:
    """The attempts at the course of this code, those that stand for it included."""
    match, number = prepared.matching.match, prepared.by_code[code]
    return [
        one
        for one in enrolments
        if one.state is not State.WITHDRAWN
        and any(subject.number == number for subject in match(one).subjects)
    ]


def _term(enrolment: Enrolment) -> int:
    return _ALWAYS if enrolment.state is State.TRANSFERRED else enrolment.term


def _is_enough(enrolment: Enrolment, rule: CountingRule) -> bool:
    if enrolment.state is State.TRANSFERRED:
        return True
    if rule.min_score is None:
        return enrolment.state is State.PASSED
    return enrolment.score is not None and enrolment.score >= rule.min_score
