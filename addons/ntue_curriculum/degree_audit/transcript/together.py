"""Courses that stand for one subject together, by a reviewer's decision (A55).

They count as one course, which is worked out here alone: it has the credits of the subject when
they have no fewer (不可少抵多), and what they have above these does not count. One of them stands
for all, the one that the decision names first; the others are told as counted with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ..result import EnrolmentResult, Reason, Remark
from ..values import ZERO, Enrolment, State
from .decisions import Rulings

TAKEN = frozenset({State.PASSED, State.TRANSFERRED})
"""What may stand for a subject with others: a grade that is pending may still be lacking."""


class Joined(NamedTuple):
    """The courses of a case, with those in one that count as one.

    ``parts``: by key of a course that counts with another, the key of that one. ``rulings``:
    without the decisions that do not hold; the courses of these are in its ``apart``, and its
    ``joint`` has the others alone.
    """

    enrolments: tuple[Enrolment, ...]
    rulings: Rulings
    parts: Mapping[int, int]


def credits_together(sizes: Iterable[Decimal], asked: Decimal) -> Decimal | None:
    """What courses of these credits count for a subject of ``asked``; None: they are too few."""
    return asked if sum(sizes, ZERO) >= asked else None


def joined(enrolments: tuple[Enrolment, ...], rulings: Rulings) -> Joined:
    """``enrolments`` with one course in place of those that stand for a subject together."""
    if not rulings.joint:
        return Joined(enrolments, rulings, {})
    by_key = {one.key: one for one in enrolments}
    placing, apart, holding = dict(rulings.placing), set(rulings.apart), dict(rulings.joint)
    courses: dict[int, Enrolment] = {}
    parts: dict[int, int] = {}
    for lead, (keys, asked) in rulings.joint.items():
        own = [by_key[key] for key in keys if key in by_key]
        size = credits_together([one.credits for one in own], asked)
        if size is None or len(own) < len(keys) or any(one.state not in TAKEN for one in own):
            del placing[lead], holding[lead]
            apart.update(keys)
        else:
            courses[lead] = _as_one(own, size)
            parts.update({key: lead for key in keys if key != lead})
    return Joined(
        tuple(courses.get(one.key, one) for one in enrolments if one.key not in parts),
        rulings._replace(placing=placing, apart=frozenset(apart), joint=holding),
        parts,
    )


def _as_one(own: Sequence[Enrolment], size: Decimal) -> Enrolment:
    """The one course, which is the first of them where nothing is said here.

    Its term is the latest, its score the lowest; one of them that was credited, or that another
    school taught, makes it one that was.
    """
    states = {one.state for one in own}
    return replace(
        own[0],
        term=max(one.term for one in own),
        credits=size,
        state=State.TRANSFERRED if State.TRANSFERRED in states else State.PASSED,
        score=min((one.score for one in own if one.score is not None), default=None),
        school=next((one.school for one in own if one.school), ""),
    )


def told_together(
    rows: Mapping[int, EnrolmentResult], parts: Mapping[int, int]
) -> dict[int, EnrolmentResult]:
    """``rows`` by key, and those of the ``parts``: their credits are told of one course alone."""
    told = dict(rows)
    for lead in set(parts.values()):
        row = rows[lead]
        told[lead] = replace(row, remarks=(*row.remarks, Remark.TOGETHER))
    for key, lead in parts.items():
        row = rows[lead]
        counts = row.reason in (Reason.COUNTS, Reason.MAPPED)
        told[key] = EnrolmentResult(
            key,
            Reason.TOGETHER if counts else row.reason,
            line=row.line,
            decided_term=row.decided_term,
            remarks=() if counts else (Remark.TOGETHER,),
        )
    return told
