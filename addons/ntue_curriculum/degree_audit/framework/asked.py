"""What a framework asks of one student: areas that are there for others are not (A43)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import NamedTuple, TypeVar

from ..values import Area, Background, CountingRule, Framework, RuleKind
from .names import normalised

T = TypeVar("T", str, int)

LOOKED_AT = 100_000
"""Combinations of kind, year and department of which is asked, at most, which areas are there."""


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


def told_apart(framework: Framework, most: int) -> tuple[tuple[Who, ...], bool]:
    """A student for each set of areas that may be there, ``most`` at most; and whether that is all.

    What else is asked follows from which areas are there. First who is of no kind that is named.
    Of more than ``most``, those are first for whom an area is there that is for none before.
    """
    areas = framework.areas
    named = {normalised(kind): kind for area in areas for kind in area.student_kinds}
    bounds = {
        year for area in areas for span in area.entry_years for year in (*span, span.last + 1)
    }
    schools = {one.casefold(): one for area in areas for one in area.departments}
    kinds = _by_areas(areas, ("", *named.values()), _is_for_kind)
    years = _by_areas(areas, (0, *sorted(bounds)), _is_for_year)
    departments = _by_areas(areas, ("", *schools.values()), _is_of_department)
    found: dict[int, Who] = {}
    ways = product(kinds.items(), years.items(), departments.items())
    for (one, kind), (two, year), (three, department) in islice(ways, LOOKED_AT):
        found.setdefault(one & two & three, Who(kind, year, department))
    are_all = next(ways, None) is None and len(found) <= most
    return tuple(found.values() if are_all else _new_areas_first(found)[:most]), are_all


def _by_areas(
    areas: Sequence[Area], values: Iterable[T], holds: Callable[[Area, T], bool]
) -> dict[int, T]:
    """The first value for each set of areas, as bits, that are there as far as it says.

    An area inside one that is not there is not there either.
    """
    by_code = {area.code: area for area in areas}
    lines_up = [tuple(_up(area, by_code)) for area in areas]
    found: dict[int, T] = {}
    for value in values:
        fits = {area.code for area in areas if holds(area, value)}
        there = (fits.issuperset(one.code for one in line) for line in lines_up)
        found.setdefault(sum(1 << at for at, is_there in enumerate(there) if is_there), value)
    return found


def _new_areas_first(found: dict[int, Who]) -> list[Who]:
    """Those for whom an area is there that is for none before, then the others."""
    seen = 0
    first: list[Who] = []
    others: list[Who] = []
    for areas, student in found.items():
        (first if areas & ~seen or not first else others).append(student)
        seen |= areas
    return first + others


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
    return all(_is_for(one, student) for one in _up(area, areas))


def _up(area: Area, areas: dict[str, Area]) -> Iterator[Area]:
    """An area and those that it is in."""
    above: Area | None = area
    while above is not None:
        yield above
        above = areas.get(above.parent) if above.parent is not None else None


def _is_for(area: Area, student: Who) -> bool:
    """Whether all conditions of the area itself hold."""
    return (
        _is_for_kind(area, student.kind)
        and _is_for_year(area, student.entry_year)
        and _is_of_department(area, student.department)
    )


def _is_for_kind(area: Area, kind: str) -> bool:
    return not area.student_kinds or normalised(kind) in map(normalised, area.student_kinds)


def _is_for_year(area: Area, year: int) -> bool:
    return not area.entry_years or any(span.first <= year <= span.last for span in area.entry_years)


def _is_of_department(area: Area, department: str) -> bool:
    return not area.departments or department.casefold() in {
        one.casefold() for one in area.departments
    }
