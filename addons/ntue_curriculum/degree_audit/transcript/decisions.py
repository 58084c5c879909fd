"""What people decided, read once per audit (I6; "exceptions" of the engine).

Here alone is said which decision holds (A27), so everything that was ever decided about a
student is given to an audit. One decision about an enrolment is in force: that of the
latest term; of one term, that recorded last. PRIOR_APPROVAL and WAIVED are beside it.
In what order decisions are given changes nothing; of one term and one number, which
nobody records, REFUSED goes before FORCED, MAPPED, SUBSTITUTED and FLEXIBLE.

The decision in force is void when it names an area or a line that the framework does not
have (another framework in a what-if, an older revision): the enrolment is audited as if
undecided and carries the remark DECISION_VOID. No older decision takes its place.

A decision that several courses stand for one subject together (A55) holds when it is in force on
each of them; else they are audited as if undecided and carry the remark NOT_TOGETHER.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..framework.prepared import PreparedFramework
from ..framework.spots import TOTAL_ONLY, CourseLines, Spot
from ..values import ZERO, Decision, DecisionKind, Enrolment

_ORDER = {
    DecisionKind.REFUSED: 5,
    DecisionKind.FORCED: 4,
    DecisionKind.MAPPED: 3,
    DecisionKind.SUBSTITUTED: 2,
    DecisionKind.FLEXIBLE: 1,
}

_OF_ONE_TERM = frozenset({DecisionKind.FLEXIBLE, DecisionKind.REFUSED})
"""Decisions that hold for the application of their own term only."""


class Ruling(NamedTuple):
    """The decision in force on one enrolment.

    ``subject``: whose place it takes (None: its own match's). ``spot``: the one place
    where it may count (None: wherever the subject may).
    """

    kind: DecisionKind
    term: int | None
    subject: CourseLines | None = None
    spot: Spot | None = None


class Together(NamedTuple):
    """Courses that stand for one subject together, by key, and the credits of that subject."""

    keys: tuple[int, ...]
    credits: Decimal


class Rulings(NamedTuple):
    """All decisions of one audit.

    ``joint``: by the first course of those that stand for one subject together (A55), whose
    ruling is in ``placing``; ``apart``: keys of courses that do not stand together as decided.
    """

    placing: dict[int, Ruling]
    approved: frozenset[int]
    waived: frozenset[int]
    void: frozenset[int]
    joint: Mapping[int, Together] = {}
    apart: frozenset[int] = frozenset()


NONE = Rulings({}, frozenset(), frozenset(), frozenset())


def is_recognised(enrolment: Enrolment, rulings: Rulings) -> bool:
    """A reviewer recognised it as flexible credits."""
    ruling = rulings.placing.get(enrolment.key)
    return ruling is not None and ruling.kind is DecisionKind.FLEXIBLE


def is_refused(enrolment: Enrolment, rulings: Rulings) -> bool:
    """A reviewer decided that it does not count."""
    ruling = rulings.placing.get(enrolment.key)
    return ruling is not None and ruling.kind is DecisionKind.REFUSED


def counting_for(decisions: Collection[Decision], term: int | None) -> Collection[Decision]:
    """Those of ``decisions`` that count in the application of ``term`` (D20).

    A recognition and a refusal hold for the application of their own term (186, 189). None:
    all of them, for an audit that belongs to no application.
    """
    if term is None:
        return decisions
    return [
        decision
        for decision in decisions
        if decision.term == term or decision.kind not in _OF_ONE_TERM
    ]


def read_decisions(prepared: PreparedFramework, decisions: Collection[Decision]) -> Rulings:
    """The rulings in force; the order of ``decisions`` does not matter."""
    if not decisions:
        return NONE
    in_force: dict[int, Decision] = {}
    approved: set[int] = set()
    waived: set[int] = set()
    for decision in sorted(decisions, key=_precedence):
        if decision.kind is DecisionKind.WAIVED:
            if not decision.void and decision.line in prepared.of_line:
                waived.add(prepared.of_line[decision.line][0].number)
        elif decision.enrolment is None:
            continue
        elif decision.kind is DecisionKind.PRIOR_APPROVAL:
            approved.add(decision.enrolment)
        else:
            in_force.update(dict.fromkeys(keys_of(decision), decision))
    return _rulings(prepared, in_force, frozenset(approved), frozenset(waived))


def keys_of(decision: Decision) -> tuple[int, ...]:
    """The courses that it is about, the one that stands for all of them first."""
    if decision.enrolment is None:
        return ()
    if decision.kind is not DecisionKind.SUBSTITUTED:
        return (decision.enrolment,)
    return tuple(dict.fromkeys((decision.enrolment, *decision.others)))


def _rulings(
    prepared: PreparedFramework,
    in_force: dict[int, Decision],
    approved: frozenset[int],
    waived: frozenset[int],
) -> Rulings:
    placing: dict[int, Ruling] = {}
    joint: dict[int, Together] = {}
    void: set[int] = set()
    apart: set[int] = set()
    for key, decision in in_force.items():
        ruling, keys = _ruling(prepared, decision), keys_of(decision)
        if ruling is None:
            void.add(key)
        elif len(keys) == 1:
            placing[key] = ruling
        elif any(in_force[other] is not decision for other in keys):
            apart.add(key)
        elif key == keys[0] and decision.line is not None:
            placing[key] = ruling
            spot = prepared.of_line[decision.line][1]
            joint[key] = Together(keys, spot.line.credits if spot.line else ZERO)
    return Rulings(placing, approved, waived, frozenset(void), joint, frozenset(apart))


def _precedence(decision: Decision) -> tuple[int, int, int, str, int, tuple[int, ...]]:
    """Later in this order is in force (A27); the last four only make it total."""
    term = -1 if decision.term is None else decision.term
    line = -1 if decision.line is None else decision.line
    order = _ORDER.get(decision.kind, 0)
    return term, decision.recorded, order, decision.area or "", line, decision.others


def _ruling(prepared: PreparedFramework, decision: Decision) -> Ruling | None:
    """What ``decision`` means in this framework; None when it is void here."""
    kind, term = decision.kind, decision.term
    if kind in (DecisionKind.FLEXIBLE, DecisionKind.REFUSED):
        return Ruling(kind, term)
    if decision.void:
        return None
    subject = line_spot = None
    if decision.line is not None:
        if decision.line not in prepared.of_line:
            return None
        subject, line_spot = prepared.of_line[decision.line]
    if kind is DecisionKind.SUBSTITUTED and subject is None:
        return None
    area = None
    if decision.area:
        area = prepared.number.get(decision.area)
        if area is None or prepared.children[area]:
            return None
    if kind is DecisionKind.SUBSTITUTED and area is None:
        return Ruling(kind, term, subject)
    return Ruling(kind, term, subject, _spot(prepared, kind, line_spot, area))


def _spot(
    prepared: PreparedFramework, kind: DecisionKind, line: Spot | None, area: int | None
) -> Spot:
    """The place named; the line's own area when none is, else the total only."""
    if area is None:
        area = TOTAL_ONLY if line is None else line.area
    forced = kind is DecisionKind.FORCED
    floor = None if forced or area < 0 else prepared.floor[area]
    if line is None:
        return Spot(area, None, floor)
    return Spot(area, line.line, floor, line.required, line.in_total)
