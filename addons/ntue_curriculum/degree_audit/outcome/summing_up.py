"""What an audit comes to: the figures of a reading, and the whole with some ticks (A1, A2, A12)."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from ..errors import EnrolmentError
from ..framework.prepared import PreparedFramework
from ..placement.placing import Placing, placing_of
from ..placement.tally import Tally
from ..result import AreaResult, AuditResult, FillLater, Fills, MilestoneResult, Reached
from ..transcript.decisions import Rulings
from ..values import Enrolment, Reading
from .areas import area_results
from .explain import explain
from .fill import fills
from .fill_tried import Trying, asks_for_trying
from .flexible import flexible_credits
from .limits import Held, fitting, held_by_limits, rule_results

_NO_KEYS: frozenset[int] = frozenset()


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
    area is. ``tally`` is closed. ``held``: by the limits across areas, recognised credits
    included; ``excess``: keys of recognised ones for which they leave no room (A51).
    """

    placing: Placing
    tally: Tally
    recognised: list[Enrolment]
    areas: tuple[AreaResult, ...]
    all_met: bool
    missing_lines: tuple[int, ...]
    held: list[Held]
    excess: frozenset[int]


def figures_of(
    prepared: PreparedFramework,
    enrolments: tuple[Enrolment, ...],
    rulings: Rulings,
    reading: Reading,
    before: tuple[Enrolment, ...] = (),
) -> Figures:
    """Everything placed, counted and held against what the areas ask.

    ``before``: what was taken and counts nowhere here; an order of courses knows it.
    """
    placing, tally, recognised = placing_of(prepared, enrolments, rulings, reading, before)
    tally.close()
    held, excess = held_by_limits(placing), _NO_KEYS
    if held and recognised:
        everyone = {one.key for one in recognised}
        recognised, held = fitting(prepared, held, recognised, reading)
        excess = frozenset(everyone.difference(one.key for one in recognised))
    areas, all_met = area_results(prepared, tally, _filler(placing, tally))
    missing_lines = _missing_lines(placing)
    return Figures(placing, tally, recognised, areas, all_met, missing_lines, held, excess)


def _filler(placing: Placing, tally: Tally) -> FillLater:
    """What names the courses that would fill an area: all areas at once, when one is asked about.

    So what is named does not depend on which one that is.
    """
    found: dict[str, Fills] = {}

    def filler(code: str) -> Fills:
        if not found:
            found.update(_fills(placing, tally))
        return found[code]

    return filler


def _fills(placing: Placing, tally: Tally) -> dict[str, Fills]:
    """By code of each area that is not met, the courses that would fill it."""
    prepared, rulings, reading = placing.prepared, placing.rulings, placing.reading
    if not asks_for_trying(prepared):
        return fills(placing, tally)

    def ticks(enrolments: tuple[Enrolment, ...]) -> tuple[list[bool], int]:
        figures = figures_of(prepared, enrolments, rulings, reading, placing.before)
        return [area.met for area in figures.areas], figures.placing.steps

    return Trying(placing, tally, ticks).fills()


def summed_up(
    figures: Figures, ticks: frozenset[int], milestones: tuple[MilestoneResult, ...] = ()
) -> AuditResult:
    """The whole with these ticks, held against the graduation credits and the rules.

    ``milestones``: those asked of the student, without which the whole is not met (A41).
    """
    placing, tally, recognised, areas, all_met, missing_lines, held, excess = figures
    prepared, rulings, reading = placing.prepared, placing.rulings, placing.reading
    outside = placing.attempts.outside
    if held and ticks:
        ticked = [one for one in outside if one.key in ticks]
        fits, held = fitting(prepared, held, ticked, reading)
        excess |= ticks.difference(one.key for one in fits)
    flexible = flexible_credits(prepared, outside, recognised, rulings, ticks, reading, excess)
    rules = rule_results(prepared, held) if held else ()
    decimals = prepared.decimals
    taken = tally.total_taken + flexible.recognised
    in_progress = tally.total_in_progress + flexible.in_progress
    expected = taken + flexible.ticked
    met = all_met and flexible.allowed and expected >= prepared.graduation and not missing_lines
    # What few frameworks have is not gone through where there is none of it.
    if met and rules:
        met = all(rule.met for rule in rules)
    if met and milestones:
        met = all(one.reached is Reached.MET for one in milestones)
    # Given by position, in the order of the fields: this is done for everybody of a cohort.
    return AuditResult(
        areas,
        prepared.framework.graduation_credits,
        decimals[taken],
        decimals[taken - in_progress],
        decimals[in_progress],
        tally.total_courses + flexible.courses,
        decimals[tally.total_required],
        decimals[tally.total_taken - tally.total_required],
        decimals[flexible.recognised],
        decimals[flexible.ticked],
        decimals[expected],
        decimals[max(0, prepared.graduation - expected)],
        met,
        missing_lines,
        flexible.uses,
        flexible.without_approval,
        flexible.allowed,
        placing.proven,
        rules,
        milestones,
        partial(explain, placing, ticks, excess),
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
