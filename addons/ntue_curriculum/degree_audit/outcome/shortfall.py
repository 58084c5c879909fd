"""How many courses are still to be taken at least: the figure that lists are sorted by.

An estimate from what is missing, cheap enough for everybody's audit at once; which
courses would do is found in fill.py. Courses are thought of as large as the largest that
the framework has. Where a course may be in several areas, one more may fill two gaps,
and fewer may be enough.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import ceil

from ..result import AreaResult, AuditResult


def courses_short(result: AuditResult, largest: Decimal) -> int:
    """0 when the whole is met, otherwise at least 1; ``largest`` is above 0."""
    if result.met:
        return 0
    areas = {area.code: area for area in result.areas}
    below = {code for area in result.areas for code in area.children}
    gaps = sum(_gap(area, areas, largest) for code, area in areas.items() if code not in below)
    whole = _courses(result.missing_credits, largest)
    return max(1, gaps, whole, len(result.missing_lines))


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
