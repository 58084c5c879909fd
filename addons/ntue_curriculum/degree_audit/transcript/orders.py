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
    prepared: PreparedFramework,
    enrolments: Sequence[Enrolment],
    rulings: Rulings,
    elsewhere: Sequence[Enrolment] = (),
) -> frozenset[int]:
    """Keys of those of ``enrolments`` that do not count: what comes first was not taken before.

    What was credited was taken in time; a waived course need not be taken; and what a reviewer
    decided on counts as decided. ``elsewhere``: what was taken and counts nowhere here by itself.
    """
    orders = prepared.counting.orders
    if not orders:
        return _NONE
    found: set[int] = set()
    for before, after in _pairs(orders, prepared, rulings):
        learnt = _learnt(prepared, enrolments, elsewhere, rulings, before)
        first = min(map(_term, learnt), default=None)
        for one in _taken(prepared, enrolments, after):
            is_late = first is None or _term(one) <= first
            if is_late and _term(one) != _ALWAYS and one.key not in rulings.placing:
                found.add(one.key)
    return frozenset(found)


def unprepared(
    prepared: PreparedFramework,
    enrolments: Sequence[Enrolment],
    rulings: Rulings,
    elsewhere: Sequence[Enrolment] = (),
) -> frozenset[int]:
    """Keys of the attempts before which a prerequisite was not passed, or with too low a score.

    ``elsewhere`` as of ``out_of_order``.
    """
    found: set[int] = set()
    for rule in prepared.counting.prerequisites:
        for before, after in _pairs([rule], prepared, rulings):
            learnt = _learnt(prepared, enrolments, elsewhere, rulings, before)
            good = [one for one in learnt if _is_enough(one, rule)]
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


def _learnt(
    prepared: PreparedFramework,
    enrolments: Sequence[Enrolment],
    elsewhere: Sequence[Enrolment],
    rulings: Rulings,
    code: str,
) -> list[Enrolment]:
    """What was taken of the course of this code, or stands for it by a reviewer's decision.

    No decision undoes that a course was taken: what stands for another one is of both. Of courses
    that count as one each was taken by itself, and all of them stand for the subject.
    """
    number = prepared.by_code[code]
    decided = {
        key
        for key, ruling in rulings.placing.items()
        if ruling.subject is not None and ruling.subject.number == number
    }
    joint = rulings.joint  # those of ``enrolments`` are whole, those of ``elsewhere`` parts
    alone = [*elsewhere, *(one for one in enrolments if one.key not in joint)]
    standing = [*enrolments, *(one for one in elsewhere if one.key not in joint)]
    return [
        *_taken(prepared, alone, code),
        *(one for one in standing if one.key in decided and one.state is not State.WITHDRAWN),
    ]


def _term(enrolment: Enrolment) -> int:
    return _ALWAYS if enrolment.state is State.TRANSFERRED else enrolment.term


def _is_enough(enrolment: Enrolment, rule: CountingRule) -> bool:
    if enrolment.state is State.TRANSFERRED:
        return True
    if rule.min_score is None:
        return enrolment.state is State.PASSED
    return enrolment.score is not None and enrolment.score >= rule.min_score
