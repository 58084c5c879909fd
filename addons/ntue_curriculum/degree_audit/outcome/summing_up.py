"""What an audit comes to: the figures of a reading, and the whole with some ticks (A1, A2, A12)."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from ..errors import EnrolmentError
from ..framework.prepared import PreparedFramework
from ..placement.placing import Placing, placing_of
from ..placement.tally import Tally
from ..result import AreaResult, AuditResult, MilestoneResult, Reached
from ..transcript.decisions import Rulings
from ..values import Enrolment, Reading
from .areas import area_results
from .explain import explain
from .fill import Filler
from .flexible import flexible_credits


def in_finer_units(
    prepared: PreparedFramework, enrolments: tuple[Enrolment, ...]
) -> PreparedFramework:
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
    prepared: PreparedFramework,
    enrolments: tuple[Enrolment, ...],
    rulings: Rulings,
    reading: Reading,
) -> Figures:
    """Everything placed, counted and held against what the areas ask."""
    placing, tally, recognised = placing_of(prepared, enrolments, rulings, reading)
    tally.close()
    areas, all_met = area_results(prepared, tally, Filler(placing, tally))
    return Figures(placing, tally, recognised, areas, all_met, _missing_lines(placing))


def summed_up(
    figures: Figures, ticks: frozenset[int], milestones: tuple[MilestoneResult, ...] = ()
) -> AuditResult:
    """The whole with these ticks, held against the graduation credits and the rules.

    ``milestones``: those asked of the student, without which the whole is not met (A41).
    """
    placing, tally, recognised, areas, all_met, missing_lines = figures
    prepared, rulings, reading = placing.prepared, placing.rulings, placing.reading
    outside = placing.attempts.outside
    flexible = flexible_credits(prepared, outside, recognised, rulings, ticks, reading)
    decimals = prepared.decimals
    taken = tally.total_taken + flexible.recognised
    in_progress = tally.total_in_progress + flexible.in_progress
    expected = taken + flexible.ticked
    met = all_met and expected >= prepared.graduation and not missing_lines
    reached = all(one.reached is Reached.MET for one in milestones)
    return AuditResult(
        areas=areas,
        graduation_credits=prepared.framework.graduation_credits,
        taken=decimals[taken],
        earned=decimals[taken - in_progress],
        in_progress=decimals[in_progress],
        courses=tally.total_courses + flexible.courses,
        taken_required=decimals[tally.total_required],
        taken_elective=decimals[tally.total_taken - tally.total_required],
        recognised=decimals[flexible.recognised],
        ticked=decimals[flexible.ticked],
        expected=decimals[expected],
        missing_credits=decimals[max(0, prepared.graduation - expected)],
        met=met and reached and flexible.allowed,
        missing_lines=missing_lines,
        flexible=flexible.uses,
        ticks_without_approval=flexible.without_approval,
        ticks_allowed=flexible.allowed,
        proven=placing.proven,
        milestones=milestones,
        enrolments=partial(explain, placing, ticks),
    )


def _missing_lines(placing: Placing) -> tuple[int, ...]:
    """Required lines neither taken nor waived (A1, A2)."""
    if not placing.prepared.required:
        return ()
    attempts = placing.attempts
    several = attempts.several or attempts.doubled or placing.barred
    taken = placing.taken_subjects() if several else None
    held, waived = attempts.held, placing.rulings.waived
    return tuple(
        [
            key
            for number, key in placing.prepared.required
            if (held[number] is None if taken is None else number not in taken)
            and number not in waived
        ]
    )
