"""How many courses are still to be taken at least: the figure that lists are sorted by.

An estimate from what is missing, cheap enough for everybody's audit at once; which
courses would do is found in fill.py. Courses are thought of as large as the largest that
the framework has. Where a course may be in several areas, one more may fill two gaps,
and fewer may be enough. The same holds of rules across areas, and of milestones that are
reached by courses alone; what else is missing of a milestone is no course.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import ceil

from ..result import AreaResult, AuditResult, MilestoneResult, Reached
from ..values import Measure


def courses_short(result: AuditResult, largest: Decimal) -> int:
    """0 when the whole is met, or nothing is missing but milestones that are no courses.

    Otherwise at least 1. ``largest`` is above 0.
    """
    if result.met:
        return 0
    areas = {area.code: area for area in result.areas}
    below = {code for area in result.areas for code in area.children}
    roots = [area for code, area in areas.items() if code not in below]
    rules = (max(r.missing_courses, _courses(r.missing_credits, largest)) for r in result.rules)
    few = max(
        sum(_gap(area, areas, largest) for area in roots),
        _courses(result.missing_credits, largest),
        len(result.missing_lines),
        max(rules, default=0),
        max((_by_courses(one, largest) for one in result.milestones), default=0),
    )
    only_milestones = not result.milestones_met and all(area.met for area in roots)
    return few if only_milestones else max(1, few)


@lru_cache(maxsize=1024)
def _courses(missing: Decimal, largest: Decimal) -> int:
    """Courses of the ``largest`` that make up so many credits."""
    return ceil(missing / largest)


def _gap(area: AreaResult, areas: dict[str, AreaResult], largest: Decimal) -> int:
    """Of one area: its own minima, or the children it needs that lack the least (A7)."""
    if area.met:
        return 0
    own = max(area.missing_courses, _courses(area.missing_credits, largest))
    if not area.children:
        return own
    gaps = sorted(
        _gap(areas[code], areas, largest) for code in area.children if not areas[code].met
    )
    return max(own, sum(gaps[: area.missing_children]))


def _by_courses(milestone: MilestoneResult, largest: Decimal) -> int:
    """Of a milestone that nothing but courses can reach, the way that lacks the fewest."""
    ways = milestone.ways
    if milestone.reached is Reached.MET or any(w.way.measure is not Measure.COURSES for w in ways):
        return 0
    return min(
        max(
            ceil(max(Decimal(0), one.way.amount - one.held)),
            _courses(max(Decimal(0), one.way.credits - one.credits), largest),
        )
        for one in ways
    )
