"""The place of everything that counts: attempts, rulings and the allocation put together."""

from __future__ import annotations

from typing import NamedTuple

from ..framework.prepared import PreparedFramework
from ..framework.spots import Spot
from ..transcript.attempts import Attempts, counting_attempts, recognised_attempts
from ..transcript.decisions import Rulings, is_recognised
from ..transcript.orders import out_of_order
from ..values import Enrolment, Reading
from .allocation import allocate
from .ambiguous import NO_ALTERNATIVES, Alternatives, alternatives
from .bound import allocate_bound
from .budget import Budget
from .courses import Course, Placement, course_of, outside_courses, selected_courses
from .tally import Tally
from .worth import WORST, Worth, worth

_NOTHING: tuple[dict[int, Placement], frozenset[int]] = ({}, frozenset())
_NONE_LATE: frozenset[int] = frozenset()

WAY = 10
"""Steps a course of an allocation that is compared with others."""

_ALL_SETTLED = Budget(0, 0)
"""Where nothing is left to be searched."""


class Placing(NamedTuple):
    """All that was decided about one student's enrolments.

    ``spots``: key of every course that the allocation saw → where it counts; ``barred``:
    keys of those that no place is open to, for their score. ``proven``: the placement is the
    best of all (A33). ``steps``: of the search that it took. ``late``: keys of those that were
    taken out of order (A51).
    """

    prepared: PreparedFramework
    enrolments: tuple[Enrolment, ...]
    rulings: Rulings
    reading: Reading
    attempts: Attempts
    spots: dict[int, tuple[Spot, ...]]
    barred: frozenset[int]
    proven: bool = True
    steps: int = 0
    late: frozenset[int] = frozenset()
    before: tuple[Enrolment, ...] = ()

    def taken_subjects(self) -> set[int]:
        """Numbers of the subjects that are taken (A1): what counts and what is in excess.

        A subject beside which another counts is taken too (A28).
        """
        barred = self.barred
        taken = {
            number
            for number, holder in enumerate(self.attempts.held)
            if holder is not None and holder.key not in barred
        }
        for enrolment, subjects in self.attempts.several:
            spots = self.spots.get(enrolment.key)
            if spots is not None and enrolment.key not in barred:
                line = next((spot.line for spot in spots if spot.line), None)
                first = subjects[0] if line is None else self.prepared.of_line[line.key][0]
                taken.add(first.number)
        for enrolment, (subject,) in self.attempts.doubled:
            if any(spot.admits(enrolment.score) for spot in subject.spots):
                taken.add(subject.number)
        return taken


def placing_of(
    prepared: PreparedFramework,
    enrolments: tuple[Enrolment, ...],
    rulings: Rulings,
    reading: Reading,
    before: tuple[Enrolment, ...] = (),
) -> tuple[Placing, Tally, list[Enrolment]]:
    """Everything placed and counted; third, what is recognised as flexible credits."""
    late = _NONE_LATE
    if prepared.counting.orders:
        late = out_of_order(prepared, enrolments, rulings, before)
    in_order = [e for e in enrolments if e.key not in late] if late else enrolments
    attempts = counting_attempts(prepared, in_order, rulings, reading)
    budget = _ALL_SETTLED
    ways = NO_ALTERNATIVES
    if attempts.several or attempts.doubled:
        budget = Budget()
        ways = alternatives(prepared, attempts, rulings, budget)
    tally = Tally(prepared)
    if prepared.counting.binds:
        rest = list(range(len(attempts.held)))
    else:
        rest = tally.place_plain(attempts.held, rulings.placing)
    courses = _courses(prepared, attempts, rulings, rest)
    courses += selected_courses(prepared, attempts)
    courses += [
        course_of(prepared, enrolment, subjects, rulings.placing.get(enrolment.key))
        for enrolment, subjects in attempts.repeated
    ]
    recognised: list[Enrolment] = []
    if attempts.outside:
        courses += outside_courses(prepared, attempts, rulings, reading)
        recognised += [e for e in attempts.outside if is_recognised(e, rulings)]
    spots, barred = _NOTHING
    if courses or attempts.several or attempts.doubled:
        budget = Budget() if budget is _ALL_SETTLED else budget
        spots, barred = _place(prepared, courses, ways, rulings, tally, budget)
    proven = budget.proven
    placing = Placing(
        prepared,
        enrolments,
        rulings,
        reading,
        attempts,
        spots,
        barred,
        proven,
        budget.spent,
        late,
        before,
    )
    if attempts.recognised:
        recognised += recognised_attempts(attempts, placing.taken_subjects(), rulings)
    return placing, tally, recognised


def _courses(
    prepared: PreparedFramework, attempts: Attempts, rulings: Rulings, numbers: list[int]
) -> list[Course]:
    """The courses of these subjects for the allocation, in framework order."""
    courses: list[Course] = []
    for number in numbers:
        enrolment, subject = attempts.held[number], prepared.subjects[number]
        if enrolment is None:
            continue
        ruling = rulings.placing.get(enrolment.key)
        if ruling is None and subject.even:
            units = subject.units
            if enrolment.credits != subject.credits:
                units = prepared.units(enrolment.credits)
            courses.append(Course(enrolment, units, subject.places))
        else:
            courses.append(course_of(prepared, enrolment, (subject,), ruling))
    return courses


def _place(
    prepared: PreparedFramework,
    courses: list[Course],
    ways: Alternatives,
    rulings: Rulings,
    tally: Tally,
    budget: Budget,
) -> tuple[dict[int, Placement], frozenset[int]]:
    """Allocate ``courses`` and the best of ``ways``, and count them.

    What ``Placing`` calls ``spots`` and ``barred``.
    """
    best: tuple[Worth, list[Course], list[Placement]] = (WORST, [], [])
    price = 0
    for number, way in enumerate(ways):
        if number:
            if not budget.may(price):
                break
            budget.steps -= price
        everyone = courses + [
            course_of(prepared, enrolment, subjects, rulings.placing.get(enrolment.key))
            for enrolment, subjects in way
        ]
        price = WAY * len(everyone)
        if prepared.counting.binds:
            waived = rulings.waived
            value, placements = allocate_bound(prepared, everyone, tally, budget, waived)
        else:
            placements = allocate(prepared, everyone, tally, budget)
            if not ways.is_open:
                best = WORST, everyone, placements
                break
            value = worth(prepared, everyone, placements, tally)
        if value > best[0]:
            best = value, everyone, placements
    _, everyone, placements = best
    tally.place(everyone, placements)
    keys = [course.enrolment.key for course in everyone]
    barred = [key for key, course in zip(keys, everyone, strict=True) if not course.places.spots]
    return dict(zip(keys, placements, strict=True)), frozenset(barred)
