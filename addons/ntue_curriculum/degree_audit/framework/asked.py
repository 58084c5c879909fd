"""What a framework asks of one kind of students: areas that are there for others are not (A43)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..values import Area, CountingRule, Framework, RuleKind
from .names import normalised


def is_conditioned(framework: Framework) -> bool:
    """Whether any area is there for some kinds of students only."""
    return any(area.student_kinds for area in framework.areas)


def kinds_named(framework: Framework) -> tuple[str, ...]:
    """The kinds of students that areas name, each once, and that of all others first."""
    named = {normalised(kind): kind for area in framework.areas for kind in area.student_kinds}
    return ("", *named.values())


def asked_of(framework: Framework, kind: str) -> Framework:
    """``framework`` without the areas that are not there for this kind, and what is in them.

    Nor has it the limits of such areas; groups of courses are of those that are left.
    """
    areas = {area.code: area for area in framework.areas}
    own = normalised(kind)
    kept = [area for area in framework.areas if _is_asked(area, areas, own)]
    codes = {area.code for area in kept}
    lines = tuple(line for line in framework.lines if line.area is None or line.area in codes)
    return replace(
        framework,
        areas=tuple(replace(area, student_kinds=()) for area in kept),
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


def _is_asked(area: Area, areas: dict[str, Area], kind: str) -> bool:
    """Whether an area, and every area that it is in, is there for this kind of students."""
    above: Area | None = area
    while above is not None:
        if above.student_kinds and kind not in map(normalised, above.student_kinds):
            return False
        above = areas.get(above.parent) if above.parent is not None else None
    return True
