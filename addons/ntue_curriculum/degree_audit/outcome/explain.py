"""Why each enrolment counts where it does, or nowhere; worked out when asked for."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import Any

from ..framework.matching import Match
from ..framework.spots import CourseLines, PlainPlace, Spot
from ..placement.placing import Placing
from ..result import EnrolmentResult, Reason, Remark
from ..transcript.attempts import subjects_of
from ..transcript.decisions import Ruling
from ..transcript.orders import unprepared
from ..values import DecisionKind, Enrolment, Origin, Reading, State
from .flexible import may_be_ticked
from .limits import held_by_limits

_ZERO = Decimal(0)
_NO_REMARKS: tuple[Remark, ...] = ()
_COUNTING = (State.PASSED, State.IN_PROGRESS, State.TRANSFERRED)


def explain(
    placing: Placing, ticks: frozenset[int], excess: frozenset[int] = frozenset()
) -> tuple[EnrolmentResult, ...]:
    """One result an enrolment, by term and key.

    ``excess``: flexible credits for which a limit across areas leaves no room (A51).
    """
    asks_before = placing.prepared.counting.prerequisites
    plain = {} if placing.prepared.counting.binds or asks_before else _plain_places(placing)
    outside = {enrolment.key for enrolment in placing.attempts.outside}
    held = {e.key for e in placing.attempts.held if e is not None}
    others = _Others(placing, ticks, outside | held, excess)
    return tuple(
        [
            others.explain(enrolment)
            if enrolment.key not in plain
            else _plainly(plain[enrolment.key], enrolment)
            for enrolment in sorted(placing.enrolments, key=attrgetter("term", "key"))
        ]
    )


def _plain_places(placing: Placing) -> dict[int, PlainPlace]:
    """By key, the plain place of each enrolment that counts at one by its code."""
    prepared, decided = placing.prepared, placing.rulings.placing
    return {
        holder.key: place
        for holder, subject, place in zip(
            placing.attempts.held, prepared.subjects, prepared.plain_places, strict=True
        )
        if holder is not None
        and place is not None
        and holder.code == subject.code
        and holder.key not in decided
    }


def _plainly(place: PlainPlace, enrolment: Enrolment) -> EnrolmentResult:
    """The result of a course that counts at a plain place."""
    in_progress = enrolment.state is State.IN_PROGRESS
    amount, remarks = place.credits, _NO_REMARKS
    if enrolment.credits != amount:
        amount, remarks = enrolment.credits, (Remark.CREDITS_DIFFER,)
    if in_progress and enrolment.term_over and enrolment.score is None:
        remarks = (*remarks, Remark.MISSING_SCORE)
    return EnrolmentResult(
        enrolment.key,
        Reason.COUNTS,
        place.areas,
        place.line,
        amount,
        in_progress,
        remarks=remarks,
    )


class _Others:
    """Explains whatever does not count plainly."""

    def __init__(
        self, placing: Placing, ticks: frozenset[int], counting: set[int], excess: frozenset[int]
    ) -> None:
        """``counting``: keys of the attempts that count, inside the framework or out."""
        self._placing = placing
        self._excess = excess
        self._unprepared = unprepared(
            placing.prepared, placing.enrolments, placing.rulings, placing.before
        )
        self._limits = held_by_limits(placing)
        self._ticks = ticks
        self._counting = counting
        self._taken = placing.taken_subjects()

    def explain(self, enrolment: Enrolment) -> EnrolmentResult:
        """Its result."""
        placing = self._placing
        match = placing.prepared.matching.match(enrolment)
        ruling = placing.rulings.placing.get(enrolment.key)
        subjects = subjects_of(match, enrolment, placing.rulings) or ()
        fields: dict[str, Any] = {
            "key": enrolment.key,
            "reason": self._silent_reason(enrolment, subjects, ruling),
            "areas": (),
            "line": _first_line(subjects[0].spots) if subjects else None,
            "counted_credits": _ZERO,
            "in_progress": False,
            "origin": self._origin(enrolment, match, ruling),
            "tickable": False,
            "decided_term": None if ruling is None else ruling.term,
            "remarks": _remarks(placing, enrolment, match),
        }
        if enrolment.key in self._unprepared:
            fields["remarks"] = (*fields["remarks"], Remark.PREREQUISITE)
        if fields["reason"] is Reason.COUNTS:
            spots = placing.spots.get(enrolment.key)
            if spots is None and ruling is None and subjects:
                plain = subjects[0].plain
                spots = (plain,) if plain is not None else None
            if spots is None:
                self._explain_flexible(enrolment, ruling, fields)
            elif not spots and enrolment.key not in placing.barred:
                fields["reason"] = self._why_not(enrolment, subjects)
            else:
                _explain_placed(placing, enrolment, spots, fields)
        return EnrolmentResult(**fields)

    def _origin(self, enrolment: Enrolment, match: Match, ruling: Ruling | None) -> Origin | None:
        """Why it lies outside; also of what an area would select, had nobody decided on it."""
        if not _stays_outside(ruling):
            return None
        if match.selected and ruling is not None:
            return self._placing.prepared.matching.origin(enrolment)
        return match.origin

    def _silent_reason(
        self, enrolment: Enrolment, subjects: tuple[CourseLines, ...], ruling: Ruling | None
    ) -> Reason:
        """Why the attempt does not count; COUNTS if it may, here or outside."""
        placing = self._placing
        if enrolment.state not in _COUNTING:
            return Reason.FAILED if enrolment.state is State.FAILED else Reason.WITHDRAWN
        if ruling is not None and ruling.kind is DecisionKind.REFUSED:
            return Reason.REFUSED
        if enrolment.key in placing.spots or enrolment.key in self._counting:
            return Reason.COUNTS
        if enrolment.key in placing.late:
            return Reason.OUT_OF_ORDER
        if placing.reading is Reading.FINAL and enrolment.state is State.IN_PROGRESS:
            superseded = any(subject.number in self._taken for subject in subjects)
            return Reason.REPEATED if superseded else Reason.IN_PROGRESS
        return Reason.REPEATED

    def _why_not(self, enrolment: Enrolment, subjects: tuple[CourseLines, ...]) -> Reason:
        """Why no place had room for a course of the framework."""
        groups = self._placing.prepared.counting.groups
        if any(subject.code in group for subject in subjects for group in groups):
            return Reason.INCOMPLETE
        units = self._placing.prepared.units(enrolment.credits)
        for held in self._limits:
            selects = held.limit.is_capped and held.limit.asked.select(enrolment)
            if selects and not held.has_room(enrolment, units):
                return Reason.ABOVE_LIMIT
        return Reason.IN_EXCESS

    def _explain_flexible(
        self, enrolment: Enrolment, ruling: Ruling | None, fields: dict[str, Any]
    ) -> None:
        """A course outside the framework, or recognised as if it were."""
        ungraded = enrolment.state is State.IN_PROGRESS
        fields["tickable"] = may_be_ticked(enrolment, self._placing.rulings)
        if ruling is None and enrolment.key not in self._ticks:
            fields["reason"] = Reason.OUTSIDE
            return
        if ungraded and self._placing.reading is Reading.FINAL:
            fields["reason"] = Reason.IN_PROGRESS
            return
        if enrolment.key in self._excess:
            fields["reason"] = Reason.ABOVE_LIMIT
            return
        fields["reason"] = Reason.TICKED if ruling is None else Reason.FLEXIBLE
        fields["counted_credits"] = enrolment.credits
        fields["in_progress"] = ungraded


def _explain_placed(
    placing: Placing, enrolment: Enrolment, spots: tuple[Spot, ...], fields: dict[str, Any]
) -> None:
    """A framework course: it counts, or no place was open to its score."""
    if not spots:
        fields["reason"] = Reason.GRADE_FLOOR
        return
    areas = placing.prepared.areas
    decided = enrolment.key in placing.rulings.placing
    fields["reason"] = Reason.MAPPED if decided else Reason.COUNTS
    fields["areas"] = tuple(areas[spot.area].code for spot in spots if spot.area >= 0)
    fields["line"] = _first_line(spots)
    fields["in_progress"] = enrolment.state is State.IN_PROGRESS
    if fields["areas"] or any(spot.in_total for spot in spots):
        fields["counted_credits"] = enrolment.credits


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
    if enrolment.key in placing.rulings.apart:
        remarks.append(Remark.NOT_TOGETHER)
    if not placing.proven and enrolment.key in placing.spots:
        remarks.append(Remark.NOT_PROVEN)
    return tuple(remarks)
