"""What people decided, read once per audit (I6; "exceptions" of the engine).

One decision about an enrolment is in force: that of the latest term; of the same term
REFUSED before FORCED, MAPPED, SUBSTITUTED and FLEXIBLE. PRIOR_APPROVAL and WAIVED
stand beside it. A decision that names an area or a line that the framework does not
have (another framework in a what-if, an older revision) is void: the enrolment is
audited as if undecided and carries the remark DECISION_VOID.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .prepared import TOTAL_ONLY, Prepared, Spot, Subject
from .values import Decision, DecisionKind, Enrolment

_ORDER = {
    DecisionKind.REFUSED: 5,
    DecisionKind.FORCED: 4,
    DecisionKind.MAPPED: 3,
    DecisionKind.SUBSTITUTED: 2,
    DecisionKind.FLEXIBLE: 1,
}


class Ruling(NamedTuple):
    """The decision in force on one enrolment.

    ``subject``: whose place it takes (None: its own match's). ``spot``: the one place
    where it may count (None: wherever the subject may).
    """

    kind: DecisionKind
    term: int | None
    subject: Subject | None = None
    spot: Spot | None = None


class Rulings(NamedTuple):
    """All decisions of one audit."""

    placing: dict[int, Ruling]
    approved: frozenset[int]
    waived: frozenset[int]
    void: frozenset[int]


NONE = Rulings({}, frozenset(), frozenset(), frozenset())


def is_recognised(enrolment: Enrolment, rulings: Rulings) -> bool:
    """A reviewer recognised it as flexible credits."""
    ruling = rulings.placing.get(enrolment.key)
    return ruling is not None and ruling.kind is DecisionKind.FLEXIBLE


def read_decisions(prepared: Prepared, decisions: Iterable[Decision]) -> Rulings:
    """The rulings in force; the order of ``decisions`` does not matter."""
    if not decisions:
        return NONE
    placing: dict[int, Ruling] = {}
    approved: set[int] = set()
    waived: set[int] = set()
    void: set[int] = set()
    for decision in sorted(decisions, key=_precedence):
        key = decision.enrolment
        if decision.kind is DecisionKind.WAIVED:
            if decision.line in prepared.of_line:
                waived.add(prepared.of_line[decision.line][0].number)
        elif key is None:
            continue
        elif decision.kind is DecisionKind.PRIOR_APPROVAL:
            approved.add(key)
        else:
            ruling = _ruling(prepared, decision)
            if ruling is None:
                void.add(key)
            else:
                placing[key] = ruling
    return Rulings(placing, frozenset(approved), frozenset(waived), frozenset(void))


def _precedence(decision: Decision) -> tuple[int, int, str, int]:
    """Later in this order is in force; the last two only make it total."""
    term = -1 if decision.term is None else decision.term
    line = -1 if decision.line is None else decision.line
    return term, _ORDER.get(decision.kind, 0), decision.area or "", line


def _ruling(prepared: Prepared, decision: Decision) -> Ruling | None:
    """What ``decision`` means in this framework; None when it is void here."""
    kind, term = decision.kind, decision.term
    if kind in (DecisionKind.FLEXIBLE, DecisionKind.REFUSED):
        return Ruling(kind, term)
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


def _spot(prepared: Prepared, kind: DecisionKind, line: Spot | None, area: int | None) -> Spot:
    """The place named; the line's own area when none is, else the total only."""
    if area is None:
        area = TOTAL_ONLY if line is None else line.area
    forced = kind is DecisionKind.FORCED
    floor = None if forced or area < 0 else prepared.floor[area]
    if line is None:
        return Spot(area, None, floor)
    return Spot(area, line.line, floor, line.required, line.in_total)
