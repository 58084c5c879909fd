"""One audit, step by step: what is placed and counted, and what that comes to."""

from __future__ import annotations

from typing import NamedTuple

from .allocation import allocate
from .ambiguous import NO_ALTERNATIVES, Alternatives, alternatives
from .areas import Tally, area_results
from .attempts import Attempts, counting_attempts, recognised_attempts
from .budget import Budget
from .courses import Course, Placement, course_of, outside_courses
from .decisions import Rulings, is_recognised
from .errors import EnrolmentError
from .explain import Placing, explain
from .fill import Filler
from .flexible import flexible_credits
from .prepared import Prepared
from .result import AreaResult, AuditResult
from .values import Enrolment, Reading
from .worth import WORST, Worth, worth

_NOTHING: tuple[dict[int, Placement], frozenset[int]] = ({}, frozenset())

WAY = 10
"""Steps a course of an allocation that is compared with others."""

_ALL_SETTLED = Budget(0, 0)
"""Where nothing is left to be searched."""


def in_finer_units(prepared: Prepared, enrolments: tuple[Enrolment, ...]) -> Prepared:
    """``prepared`` in units that make every enrolment's credits whole.

    Raises ``EnrolmentError`` for credits that are no number or negative.
    """
    for enrolment in enrolments:
        if not enrolment.credits.is_finite() or enrolment.credits < 0:
            raise EnrolmentError(enrolment.key, f"credits of {enrolment.credits}")
    return prepared.finer(enrolment.credits for enrolment in enrolments)


class Figures(NamedTuple):
    """What one reading comes to, whatever is ticked.

    ``recognised``: the enrolments recognised as flexible credits; ``all_met``: every root
    area is. ``tally`` is closed.
    """

    placing: Placing
    tally: Tally
    recognised: list[Enrolment]
    areas: tuple[AreaResult, ...]
    all_met: bool
    missing_lines: tuple[int, ...]


def figures_of(
    prepared: Prepared, enrolments: tuple[Enrolment, ...], rulings: Rulings, reading: Reading
) -> Figures:
    """Everything placed, counted and held against what the areas ask."""
    placing, tally, recognised = placing_of(prepared, enrolments, rulings, reading)
    tally.close()
    areas, all_met = area_results(prepared, tally, Filler(placing, tally))
    return Figures(placing, tally, recognised, areas, all_met, _missing_lines(placing))


def placing_of(
    prepared: Prepared,
    enrolments: tuple[Enrolment, ...],
    rulings: Rulings,
    reading: Reading,
) -> tuple[Placing, Tally, list[Enrolment]]:
    """Everything placed and counted; third, what is recognised as flexible credits."""
    attempts = counting_attempts(prepared, enrolments, rulings, reading)
    budget = _ALL_SETTLED
    ways = NO_ALTERNATIVES
    if attempts.several:
        budget = Budget()
        ways = alternatives(attempts, rulings, budget)
    tally = Tally(prepared)
    rest = tally.place_plain(attempts.held, rulings.placing)
    courses = _courses(prepared, attempts, rulings, rest)
    recognised: list[Enrolment] = []
    if attempts.outside:
        courses += outside_courses(prepared, attempts, rulings, reading)
        recognised += [e for e in attempts.outside if is_recognised(e, rulings)]
    spots, barred = _NOTHING
    if courses or attempts.several:
        budget = Budget() if budget is _ALL_SETTLED else budget
        spots, barred = _place(prepared, courses, ways, rulings, tally, budget)
    proven = budget.proven
    placing = Placing(prepared, enrolments, rulings, reading, attempts, spots, barred, proven)
    if attempts.recognised:
        recognised += recognised_attempts(attempts, placing.taken_subjects(), rulings)
    return placing, tally, recognised


def _courses(
    prepared: Prepared, attempts: Attempts, rulings: Rulings, numbers: list[int]
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
    prepared: Prepared,
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


def summed_up(figures: Figures, ticks: frozenset[int]) -> AuditResult:
    """The whole with these ticks, held against the graduation credits and the rules."""
    placing, tally, recognised, areas, all_met, missing_lines = figures
    prepared, rulings, reading = placing.prepared, placing.rulings, placing.reading
    outside = placing.attempts.outside
    flexible = flexible_credits(prepared, outside, recognised, rulings, ticks, reading)
    decimals = prepared.decimals
    taken = tally.total_taken + flexible.recognised
    in_progress = tally.total_in_progress + flexible.in_progress
    expected = taken + flexible.ticked
    return AuditResult.made(
        {
            "areas": areas,
            "graduation_credits": prepared.framework.graduation_credits,
            "taken": decimals[taken],
            "earned": decimals[taken - in_progress],
            "in_progress": decimals[in_progress],
            "courses": tally.total_courses + flexible.courses,
            "taken_required": decimals[tally.total_required],
            "taken_elective": decimals[tally.total_taken - tally.total_required],
            "recognised": decimals[flexible.recognised],
            "ticked": decimals[flexible.ticked],
            "expected": decimals[expected],
            "missing_credits": decimals[max(0, prepared.graduation - expected)],
            "met": (
                all_met
                and expected >= prepared.graduation
                and not missing_lines
                and flexible.allowed
            ),
            "missing_lines": missing_lines,
            "flexible": flexible.uses,
            "ticks_without_approval": flexible.without_approval,
            "ticks_allowed": flexible.allowed,
            "proven": placing.proven,
        },
        lambda _result: explain(placing, ticks),
    )


def _missing_lines(placing: Placing) -> tuple[int, ...]:
    """Required lines neither taken nor waived (A1, A2)."""
    if not placing.prepared.required:
        return ()
    several = placing.attempts.several or placing.barred
    taken = placing.taken_subjects() if several else None
    held, waived = placing.attempts.held, placing.rulings.waived
    return tuple(
        [
            key
            for number, key in placing.prepared.required
            if (held[number] is None if taken is None else number not in taken)
            and number not in waived
        ]
    )
