"""Why each enrolment counts where it does, or nowhere; worked out when asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from .attempts import Attempts, subjects_of
from .decisions import Ruling, Rulings
from .flexible import may_be_ticked
from .prepared import Match, Prepared, Spot
from .result import EnrolmentResult, Reason, Remark
from .values import DecisionKind, Enrolment, Reading, State

_ZERO = Decimal(0)
_COUNTING = (State.PASSED, State.IN_PROGRESS, State.TRANSFERRED)


class Placing(NamedTuple):
    """All that was decided about one student's enrolments.

    ``spots``: key of every counting course the allocation saw → where it counts.
    ``below_floor``: keys of courses that no spot admits.
    """

    prepared: Prepared
    enrolments: tuple[Enrolment, ...]
    rulings: Rulings
    ticks: frozenset[int]
    reading: Reading
    attempts: Attempts
    spots: dict[int, tuple[Spot, ...]]
    below_floor: frozenset[int]


def explain(placing: Placing) -> tuple[EnrolmentResult, ...]:
    """One result an enrolment, by term and key."""
    outside = {enrolment.key for enrolment in placing.attempts.outside}
    held = {e.key for e in placing.attempts.held if e is not None}
    placing = placing._replace(spots=placing.spots | _plain_spots(placing))
    ordered = sorted(placing.enrolments, key=lambda e: (e.term, e.key))
    return tuple(_explain(placing, enrolment, outside, held) for enrolment in ordered)


def placed_lines(placing: Placing) -> set[int]:
    """Keys of the lines that something counts on."""
    placed = (placing.spots | _plain_spots(placing)).values()
    return {spot.line.key for spots in placed for spot in spots if spot.line is not None}


def _plain_spots(placing: Placing) -> dict[int, tuple[Spot, ...]]:
    """The courses that never went through the allocation, having one place only."""
    decided = placing.rulings.placing
    return {
        holder.key: (spot,)
        for holder, spot in zip(placing.attempts.held, placing.prepared.plain, strict=True)
        if holder is not None and spot is not None and holder.key not in decided
    }


def _explain(
    placing: Placing, enrolment: Enrolment, outside: set[int], held: set[int]
) -> EnrolmentResult:
    match = placing.prepared.match(enrolment)
    ruling = placing.rulings.placing.get(enrolment.key)
    subjects = subjects_of(match, enrolment, placing.rulings) or ()
    fields: dict[str, Any] = {
        "key": enrolment.key,
        "reason": Reason.OUTSIDE,
        "areas": (),
        "line": _first_line(subjects[0].spots) if subjects else None,
        "counted_credits": _ZERO,
        "in_progress": False,
        "origin": match.origin if _stays_outside(ruling) else None,
        "tickable": False,
        "decided_term": None if ruling is None else ruling.term,
        "remarks": _remarks(placing, enrolment, match),
    }
    if enrolment.state not in _COUNTING:
        failed = enrolment.state is State.FAILED
        fields["reason"] = Reason.FAILED if failed else Reason.WITHDRAWN
    elif ruling is not None and ruling.kind is DecisionKind.REFUSED:
        fields["reason"] = Reason.REFUSED
    elif enrolment.key in placing.spots:
        _explain_placed(placing, enrolment, ruling, fields)
    elif enrolment.key in held or enrolment.key in outside:
        _explain_flexible(placing, enrolment, ruling, fields)
    elif placing.reading is Reading.FINAL and enrolment.state is State.IN_PROGRESS:
        superseded = any(_is_held(placing, subject.number) for subject in subjects)
        fields["reason"] = Reason.REPEATED if superseded else Reason.IN_PROGRESS
    else:
        fields["reason"] = Reason.REPEATED
    return EnrolmentResult.made(fields)


def _explain_placed(
    placing: Placing, enrolment: Enrolment, ruling: Ruling | None, fields: dict[str, Any]
) -> None:
    """A framework course: it counts, or no place had room or was open to its score."""
    spots = placing.spots[enrolment.key]
    if not spots:
        below = enrolment.key in placing.below_floor
        fields["reason"] = Reason.GRADE_FLOOR if below else Reason.IN_EXCESS
        return
    areas = placing.prepared.areas
    fields["reason"] = Reason.COUNTS if ruling is None else Reason.MAPPED
    fields["areas"] = tuple(areas[spot.area].code for spot in spots if spot.area >= 0)
    fields["line"] = _first_line(spots)
    fields["in_progress"] = enrolment.state is State.IN_PROGRESS
    if fields["areas"] or any(spot.in_total for spot in spots):
        fields["counted_credits"] = enrolment.credits


def _explain_flexible(
    placing: Placing, enrolment: Enrolment, ruling: Ruling | None, fields: dict[str, Any]
) -> None:
    """A course outside the framework, or recognised as if it were."""
    ungraded = enrolment.state is State.IN_PROGRESS
    fields["tickable"] = may_be_ticked(enrolment, placing.rulings)
    ticked = enrolment.key in placing.ticks
    if ruling is None and not ticked:
        return
    if ungraded and placing.reading is Reading.FINAL:
        fields["reason"] = Reason.IN_PROGRESS
        return
    fields["reason"] = Reason.TICKED if ruling is None else Reason.FLEXIBLE
    fields["counted_credits"] = enrolment.credits
    fields["in_progress"] = ungraded


def _stays_outside(ruling: Ruling | None) -> bool:
    return ruling is None or ruling.kind in (DecisionKind.FLEXIBLE, DecisionKind.REFUSED)


def _first_line(spots: tuple[Spot, ...]) -> int | None:
    return next((spot.line.key for spot in spots if spot.line is not None), None)


def _is_held(placing: Placing, number: int) -> bool:
    return placing.attempts.held[number] is not None


def _remarks(placing: Placing, enrolment: Enrolment, match: Match) -> tuple[Remark, ...]:
    """Findings that change no number (A14, A24)."""
    remarks = []
    if match.how is not None:
        remarks.append(match.how)
    elif match.subjects:
        lines = (spot.line for subject in match.subjects for spot in subject.spots)
        if all(line is not None and line.credits != enrolment.credits for line in lines):
            remarks.append(Remark.CREDITS_DIFFER)
    if enrolment.state is State.IN_PROGRESS and enrolment.term_over and enrolment.score is None:
        remarks.append(Remark.MISSING_SCORE)
    if enrolment.key in placing.rulings.void:
        remarks.append(Remark.DECISION_VOID)
    return tuple(remarks)
