"""Whether what a framework asks beside courses is there: hours, scores, certificates (A41).

A milestone is met when one of its ways is, or when the student was exempted from it. Evidence
counts when a reviewer accepted it and it has not expired; scores are reached by one piece, all
else adds up. What waits for a reviewer is undecided, never met and never silently missing:
evidence that would be enough if it were accepted, and what only a reviewer can decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..framework.names import normalised
from ..framework.selecting import Selection
from ..result import MilestoneResult, Reached, WayResult
from ..values import (
    Background,
    Enrolment,
    Evidence,
    Framework,
    Measure,
    Milestone,
    Reading,
    Selector,
    State,
    Verdict,
    Way,
)

ZERO = Decimal(0)
_PASSED = frozenset({State.PASSED, State.TRANSFERRED})
_EXPECTED = _PASSED | {State.IN_PROGRESS}


def milestones_of(
    framework: Framework,
    enrolments: tuple[Enrolment, ...],
    background: Background,
    reading: Reading,
    refused: frozenset[int] = frozenset(),
) -> tuple[MilestoneResult, ...]:
    """Every milestone that is asked of the student, in framework order.

    ``refused``: keys of enrolments that a reviewer decided not to count.
    """
    if not framework.milestones:
        return ()
    states = _EXPECTED if reading is Reading.EXPECTED else _PASSED
    taken = [one for one in enrolments if one.state in states and one.key not in refused]
    return tuple(
        _milestone(milestone, ways, taken, background.evidence)
        for milestone in framework.milestones
        if (ways := _ways_for(milestone, background.student_kind))
    )


def _ways_for(milestone: Milestone, kind: str) -> list[Way]:
    """The ways that are open to a student of this kind; none: nothing is asked."""
    own = normalised(kind)
    return [
        way
        for way in milestone.ways
        if not way.student_kinds or own in {normalised(one) for one in way.student_kinds}
    ]


def _milestone(
    milestone: Milestone,
    ways: list[Way],
    taken: list[Enrolment],
    evidence: tuple[Evidence, ...],
) -> MilestoneResult:
    own = [one for one in evidence if one.milestone == milestone.code and not one.expired]
    alone = all(way.measure is Measure.REVIEWER for way in ways)
    results = tuple(_way(way, taken, _shown(own, way), alone=alone) for way in ways)
    exempting = [one.verdict for one in own if one.exempts]
    if Verdict.ACCEPTED in exempting:
        return MilestoneResult(milestone.code, milestone.name, Reached.MET, results, exempt=True)
    found = {result.reached for result in results}
    if Verdict.UNCHECKED in exempting:
        found.add(Reached.UNDECIDED)
    reached = next(one for one in Reached if one in found)  # the best, then what may be
    return MilestoneResult(milestone.code, milestone.name, reached, results)


def _shown(evidence: Iterable[Evidence], way: Way) -> list[Evidence]:
    name = normalised(way.name)
    return [one for one in evidence if not one.exempts and normalised(one.way) == name]


def _way(way: Way, taken: list[Enrolment], shown: list[Evidence], *, alone: bool) -> WayResult:
    """How far one way is; ``alone``: the milestone has no way that a machine can check."""
    if way.measure is Measure.COURSES:
        return _by_courses(way, taken)
    verdicts = {one.verdict for one in shown}
    if way.measure is Measure.REVIEWER:
        if Verdict.ACCEPTED in verdicts:
            reached = Reached.MET
        elif Verdict.UNCHECKED in verdicts or (alone and not verdicts):
            reached = Reached.UNDECIDED
        else:
            reached = Reached.MISSING
        return WayResult(way, reached, ZERO, ZERO)
    accepted = [one.amount for one in shown if one.verdict is Verdict.ACCEPTED]
    waiting = [one.amount for one in shown if one.verdict is Verdict.UNCHECKED]
    held, hoped = _total(way, accepted), _total(way, [*accepted, *waiting])
    if accepted and held >= way.amount:
        reached = Reached.MET
    elif waiting and hoped >= way.amount:
        reached = Reached.UNDECIDED
    else:
        reached = Reached.MISSING
    return WayResult(way, reached, held, hoped)


def _total(way: Way, amounts: list[Decimal]) -> Decimal:
    """Scores are reached by one piece of evidence, all else adds up."""
    return max(amounts, default=ZERO) if way.measure is Measure.SCORE else sum(amounts, ZERO)


def _by_courses(way: Way, taken: list[Enrolment]) -> WayResult:
    """How many courses of a way were taken; one code counts once, its largest pass (A30)."""
    selected = list(filter(Selection(way.selector or Selector()).select, taken))
    courses, size = _sizes(selected)
    if not _reaches(way, courses, size):
        return WayResult(way, Reached.MISSING, courses, courses, size)
    graded = [one for one in selected if one.state is not State.IN_PROGRESS]
    pending: tuple[int, ...] = ()
    if not _reaches(way, *_sizes(graded)):
        pending = tuple(one.key for one in selected if one.state is State.IN_PROGRESS)
    return WayResult(way, Reached.MET, courses, courses, size, pending)


def _sizes(courses: Iterable[Enrolment]) -> tuple[Decimal, Decimal]:
    """How many courses these are, and their credits."""
    largest: dict[str, Decimal] = {}
    for course in courses:
        code = course.code.casefold()
        largest[code] = max(largest.get(code, ZERO), course.credits)
    return Decimal(len(largest)), sum(largest.values(), ZERO)


def _reaches(way: Way, courses: Decimal, size: Decimal) -> bool:
    return courses >= way.amount and size >= way.credits
