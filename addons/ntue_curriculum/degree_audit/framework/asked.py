"""What a framework asks of one student: areas that are there for others are not (A43)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from ..values import Area, Background, CountingRule, Framework, RuleKind
from .names import normalised


class Who(NamedTuple):
    """What conditions of areas ask of a student."""

    kind: str = ""
    entry_year: int = 0
    department: str = ""


def who(background: Background) -> Who:
    """What of a student conditions ask."""
    return Who(background.student_kind, background.entry_year, background.department)


def is_conditioned(framework: Framework) -> bool:
    """Whether any area is there for some students only."""
    return any(map(_conditions, framework.areas))


def _conditions(area: Area) -> bool:
    return bool(area.student_kinds or area.entry_years or area.departments)


def students_named(framework: Framework) -> tuple[Who, ...]:
    """Every kind of students that conditions tell apart, and all others first."""
    areas = framework.areas
    kinds = {normalised(kind): kind for area in areas for kind in area.student_kinds}
    years = {year for area in areas for span in area.entry_years for year in (*span, span.last + 1)}
    departments = {one.casefold(): one for area in areas for one in area.departments}
    return tuple(
        Who(*one)
        for one in product(("", *kinds.values()), (0, *sorted(years)), ("", *departments.values()))
    )


def asked_of(framework: Framework, student: Who) -> Framework:
    """``framework`` without the areas that are not there for this student, and what is in them.

    Nor has it the limits of such areas; groups of courses are of those that are left.
    """
    areas = {area.code: area for area in framework.areas}
    kept = [area for area in framework.areas if _is_asked(area, areas, student)]
    codes = {area.code for area in kept}
    lines = tuple(line for line in framework.lines if line.area is None or line.area in codes)
    return replace(
        framework,
        areas=tuple(
            replace(area, student_kinds=(), entry_years=(), departments=()) for area in kept
        ),
        lines=lines,
        counting_rules=tuple(_rules(framework, codes, {line.code for line in lines})),
    )


def _rules(framework: Framework, areas: set[str], courses: set[str]) -> Iterator[CountingRule]:
    """The counting rules that are about these areas and the courses of these lines (A51)."""
    for rule in framework.counting_rules:
        if rule.kind is RuleKind.LIMIT:
            if rule.area is None or rule.area in areas:
                yield rule
        else:
            left = tuple(code for code in rule.courses if code in courses)
            if len(left) > 1:
                yield replace(rule, courses=left)


def _is_asked(area: Area, areas: dict[str, Area], student: Who) -> bool:
    """Whether an area, and every area that it is in, is there for this student."""
    above: Area | None = area
    while above is not None:
        if not _is_for(above, student):
            return False
        above = areas.get(above.parent) if above.parent is not None else None
    return True


def _is_for(area: Area, student: Who) -> bool:
    """Whether all conditions of the area itself hold."""
    kind, department = normalised(student.kind), student.department.casefold()
    return (
        (not area.student_kinds or kind in map(normalised, area.student_kinds))
        and (
            not area.entry_years
            or any(span.first <= student.entry_year <= span.last for span in area.entry_years)
        )
        and (not area.departments or department in {one.casefold() for one in area.departments})
    )
