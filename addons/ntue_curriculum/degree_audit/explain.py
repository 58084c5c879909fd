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


class Placed(NamedTuple):
    """Where a course counts; ``admitted``: some place is open to its score."""

    spots: tuple[Spot, ...]
    admitted: bool


class Placing(NamedTuple):
    """All that was decided about one student's enrolments.

    ``spots``: key of every course that the allocation saw → where it counts.
    """

    prepared: Prepared
    enrolments: tuple[Enrolment, ...]
    rulings: Rulings
    ticks: frozenset[int]
    reading: Reading
    attempts: Attempts
    spots: dict[int, Placed]

    def taken_subjects(self) -> set[int]:
        """Numbers of the subjects that are taken (A1): what counts and what is in excess."""
        placed = self.spots
        taken = {
            number
            for number, holder in enumerate(self.attempts.held)
            if holder is not None and (holder.key not in placed or placed[holder.key].admitted)
        }
        for enrolment, subjects in self.attempts.several:
            place = placed.get(enrolment.key)
            if place is not None and place.admitted:
                line = next((s.line for s in place.spots if s.line), None)
                first = subjects[0] if line is None else self.prepared.of_line[line.key][0]
                taken.add(first.number)
        return taken


def explain(placing: Placing) -> tuple[EnrolmentResult, ...]:
    """One result an enrolment, by term and key."""
    outside = {enrolment.key for enrolment in placing.attempts.outside}
    held = {e.key for e in placing.attempts.held if e is not None}
    placing = placing._replace(spots=placing.spots | _plain_spots(placing))
    taken = placing.taken_subjects()
    ordered = sorted(placing.enrolments, key=lambda e: (e.term, e.key))
    return tuple(_explain(placing, enrolment, outside | held, taken) for enrolment in ordered)


def _plain_spots(placing: Placing) -> dict[int, Placed]:
    """The courses that never went through the allocation, having one place only."""
    decided = placing.rulings.placing
    return {
        holder.key: Placed((spot,), admitted=True)
        for holder, spot in zip(placing.attempts.held, placing.prepared.plain, strict=True)
        if holder is not None and spot is not None and holder.key not in decided
    }


def _explain(
    placing: Placing, enrolment: Enrolment, counting: set[int], taken: set[int]
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
    elif enrolment.key in counting:
        _explain_flexible(placing, enrolment, ruling, fields)
    elif placing.reading is Reading.FINAL and enrolment.state is State.IN_PROGRESS:
        superseded = any(subject.number in taken for subject in subjects)
        fields["reason"] = Reason.REPEATED if superseded else Reason.IN_PROGRESS
    else:
        fields["reason"] = Reason.REPEATED
    return EnrolmentResult.made(fields)


def _explain_placed(
    placing: Placing, enrolment: Enrolment, ruling: Ruling | None, fields: dict[str, Any]
) -> None:
    """A framework course: it counts, or no place had room or was open to its score."""
    spots, admitted = placing.spots[enrolment.key]
    if not spots:
        fields["reason"] = Reason.IN_EXCESS if admitted else Reason.GRADE_FLOOR
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
