"""Which attempt at a course counts: one enrolment a subject (A18, A19, D3).

The best state counts, then the latest term. Best are passed and transferred (D42),
then in progress; failed and withdrawn never count. Two refinements where A18 is
silent, both so that one more pass never makes things worse: an attempt below the
grade floor of every place it could count in ranks below one that may count, and of
two that may, the one which more places admit comes first. A reviewer's decision on
an attempt goes before an undecided one of the same state; outside the framework,
where a decision is all that makes a course count, before any undecided one.

What was recognised as flexible credits fills no place of the framework. It stands for
a subject that no other attempt takes; so recognising a repeat costs no other attempt
its place, and no course counts twice (D3).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..framework.matching import Match
from ..framework.names import normalised
from ..framework.prepared import PreparedFramework
from ..framework.spots import CourseLines
from ..values import DecisionKind, Enrolment, Reading, State
from .decisions import Rulings, is_recognised

_PASSED, _TRANSFERRED = State.PASSED, State.TRANSFERRED
_FAILED, _WITHDRAWN, _IN_PROGRESS = State.FAILED, State.WITHDRAWN, State.IN_PROGRESS

Rank = tuple[bool, bool, bool, bool, int, int, int]


class Claim(NamedTuple):
    """An enrolment and the subjects it may stand for."""

    enrolment: Enrolment
    subjects: tuple[CourseLines, ...]


class Attempts:
    """The attempts that count.

    ``held``: per subject number, the enrolment that counts for it. ``several``: those
    that may stand for any of several subjects (A17). ``doubled``: those that would hold their
    own subjects, of which one stands for another that is taken too (A28). ``recognised``:
    those that match subjects, but were recognised as flexible credits. ``repeated``:
    further attempts at subjects that count several times (A36). ``selected``: those that
    areas select, one a course (A35). ``outside``: those that stand for no subject,
    one a course.
    """

    __slots__ = ("doubled", "held", "outside", "recognised", "repeated", "selected", "several")

    def __init__(self, subjects: int) -> None:
        self.held: list[Enrolment | None] = [None] * subjects
        self.several: list[Claim] = []
        self.doubled: list[Claim] = []
        self.recognised: list[Claim] = []
        self.selected: list[Enrolment] = []
        self.repeated: list[Claim] = []
        self.outside: list[Enrolment] = []


def counting_attempts(
    prepared: PreparedFramework, enrolments: Iterable[Enrolment], rulings: Rulings, reading: Reading
) -> Attempts:
    """The attempts that count under ``reading``.

    The loop's first half is the whole way of nearly every enrolment, so it does the
    least: one look-up by code, and a comparison only where the course was repeated.
    """
    attempts = Attempts(len(prepared.subjects))
    held = attempts.held
    by_code = prepared.by_code
    decided = rulings.placing
    final = reading is Reading.FINAL
    others: list[Enrolment] = []
    for enrolment in enrolments:
        state = enrolment.state
        if state is _FAILED or state is _WITHDRAWN:
            continue
        number = by_code.get(enrolment.code)
        if number is None or enrolment.school or (decided and enrolment.key in decided):
            others.append(enrolment)
        elif final and state is _IN_PROGRESS:
            continue
        else:
            rival = held[number]
            if rival is None:
                held[number] = enrolment
            else:
                contest(attempts, prepared.subjects[number], enrolment, rulings)
    if others:
        _place_others(prepared, others, rulings, final, attempts)
    if attempts.repeated:
        _keep_repeats(attempts, rulings)
    if prepared.matching.doubles:
        _take_doubles_out(prepared, attempts)
    return attempts


def _place_others(
    prepared: PreparedFramework,
    others: list[Enrolment],
    rulings: Rulings,
    final: bool,
    attempts: Attempts,
) -> None:
    """Decided enrolments, and those the code alone does not match."""
    outside: list[Enrolment] = []
    selected: list[Enrolment] = []
    for enrolment in others:
        match = prepared.matching.match(enrolment)
        subjects = subjects_of(match, enrolment, rulings)
        if subjects is None:
            continue
        if match.selected and enrolment.key not in rulings.placing:
            if not (final and enrolment.state is _IN_PROGRESS):
                selected.append(enrolment)
        elif not subjects:
            outside.append(enrolment)
        elif is_recognised(enrolment, rulings):
            attempts.recognised.append(Claim(enrolment, subjects))
        elif final and enrolment.state is _IN_PROGRESS:
            continue
        elif len(subjects) == 1:
            contest(attempts, subjects[0], enrolment, rulings)
        else:
            attempts.several.append(Claim(enrolment, subjects))
    attempts.outside = outside_attempts(prepared, outside, rulings)
    attempts.selected = outside_attempts(prepared, selected, rulings)


def _take_doubles_out(prepared: PreparedFramework, attempts: Attempts) -> None:
    """Leave open which of two subjects counts when one stands for the other (A28)."""
    held, doubles = attempts.held, prepared.matching.doubles
    wanted = {s.number for claim in attempts.several for s in claim.subjects}
    taken = {number for number, holder in enumerate(held) if holder is not None} | wanted
    for number, others in doubles.items():
        holder = held[number]
        if holder is not None and others & taken:
            attempts.doubled.append(Claim(holder, (prepared.subjects[number],)))
    for _, (subject,) in attempts.doubled:
        held[subject.number] = None


def subjects_of(
    match: Match, enrolment: Enrolment, rulings: Rulings
) -> tuple[CourseLines, ...] | None:
    """The subjects it may stand for once decisions are heard; None when refused."""
    ruling = rulings.placing.get(enrolment.key)
    if ruling is None:
        return match.subjects
    if ruling.kind is DecisionKind.REFUSED:
        return None
    return match.subjects if ruling.subject is None else (ruling.subject,)


def contest(
    attempts: Attempts, subject: CourseLines, enrolment: Enrolment, rulings: Rulings
) -> None:
    """Let ``enrolment`` hold ``subject`` if it is the better attempt.

    The other one may count besides, where a subject counts several times (A36).
    """
    held, number = attempts.held, subject.number
    rival = held[number]
    if rival is None:
        held[number] = enrolment
        return
    held[number] = best = better(subject, rival, enrolment, rulings)
    if subject.repeats > 1:
        other = rival if best is enrolment else enrolment
        attempts.repeated.append(Claim(other, (subject,)))


def _keep_repeats(attempts: Attempts, rulings: Rulings) -> None:
    """Of the further attempts at each subject the best, as many as it counts (A36)."""
    kept: dict[int, int] = {}
    further = sorted(
        attempts.repeated,
        key=lambda claim: rank(claim.subjects[0], claim.enrolment, rulings),
        reverse=True,
    )
    attempts.repeated = []
    for claim in further:
        (subject,) = claim.subjects
        kept[subject.number] = kept.get(subject.number, 1) + 1
        if kept[subject.number] <= subject.repeats:
            attempts.repeated.append(claim)


def better(subject: CourseLines, left: Enrolment, right: Enrolment, rulings: Rulings) -> Enrolment:
    """The attempt at ``subject`` that counts."""
    if subject.plain and not rulings.placing:  # what is left of the ranks, for speed
        wins = _plain_rank(right) > _plain_rank(left)
    else:
        wins = rank(subject, right, rulings) > rank(subject, left, rulings)
    return right if wins else left


def _plain_rank(enrolment: Enrolment) -> tuple[bool, int, int]:
    """``rank`` where every score may count and nothing is decided."""
    return enrolment.state is not _IN_PROGRESS, enrolment.term, -enrolment.key


def recognised_attempts(attempts: Attempts, taken: set[int], rulings: Rulings) -> list[Enrolment]:
    """Those of ``attempts.recognised`` that count: one for a subject that is not ``taken``.

    They hold their subjects from then on.
    """
    counting = []
    free = [number not in taken for number in range(len(attempts.held))]
    for enrolment, subjects in sorted(
        attempts.recognised, key=lambda claim: rank(None, claim.enrolment, rulings), reverse=True
    ):
        for subject in subjects:
            if free[subject.number]:
                free[subject.number] = False
                attempts.held[subject.number] = enrolment
                counting.append(enrolment)
                break
    return counting


def rank(
    subject: CourseLines | None, enrolment: Enrolment, rulings: Rulings, *, outside: bool = False
) -> Rank:
    """How good an attempt is; the key makes the order total.

    ``subject`` None: outside the framework, or not known yet (A17).
    """
    ruling = rulings.placing.get(enrolment.key)
    open_spots = 1
    if ruling is not None and ruling.spot is not None:
        open_spots = int(ruling.spot.admits(enrolment.score))
    elif subject is not None:
        open_spots = sum(spot.admits(enrolment.score) for spot in subject.spots)
    return (
        open_spots > 0,
        ruling is not None and outside,
        enrolment.state is not _IN_PROGRESS,
        ruling is not None,
        open_spots,
        enrolment.term,
        -enrolment.key,
    )


class _Course(NamedTuple):
    """What makes two courses outside the framework the same course (A31)."""

    school: str
    code: str
    name: str
    department: str


def outside_attempts(
    prepared: PreparedFramework, enrolments: list[Enrolment], rulings: Rulings
) -> list[Enrolment]:
    """One attempt per course outside the framework, so that no pass counts twice (D3).

    The same course: same school, code and name; without a code, the same department too; or
    of this school, with codes of which one stands for the other. In progress here even
    under FINAL, since what may be ticked does not depend on the reading (D18).
    """
    best: dict[_Course, Enrolment] = {}
    own: set[str] = set()
    related = prepared.matching.related
    for enrolment in sorted(
        enrolments, key=lambda one: rank(None, one, rulings, outside=True), reverse=True
    ):
        course = _course(enrolment)
        if course in best or not (course.school or own.isdisjoint(related(course.code))):
            continue
        best[course] = enrolment
        if not course.school:
            own.add(course.code)
    return sorted(best.values(), key=lambda e: (e.term, e.key))


def _course(enrolment: Enrolment) -> _Course:
    school, name = normalised(enrolment.school), normalised(enrolment.name)
    return _Course(school, enrolment.code, name, "" if enrolment.code else enrolment.department)
