"""Whether a framework is legal, and what is wrong with it if it is not.

``require_legal`` refuses with a typed error what cannot be audited against;
``legal_findings`` says the same as findings, all of them at once. What is legal but
cannot be fulfilled is found in feasible.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..errors import (
    AreaCycle,
    AreaTooDeep,
    BadNumber,
    DuplicateArea,
    DuplicateLine,
    DuplicateWay,
    FrameworkError,
    LineInParent,
    SelectorInParent,
    SelectsNothing,
    UnknownArea,
    UnknownParent,
    UnsoundRule,
)
from ..values import (
    Area,
    CountingRule,
    Framework,
    Line,
    Measure,
    Per,
    RuleKind,
    Selector,
    Way,
)
from .names import normalised

LEVELS = 20
"""Areas that an area may stand inside."""


@dataclass(frozen=True, slots=True)
class FrameworkFinding:
    """One thing wrong with a framework.

    ``fatal``: nobody can be audited against it; otherwise it is legal, but cannot be
    fulfilled (F18). ``kind`` is the name of the error class or of the shortfall (see
    ``feasible.check_framework``), of which ``asks`` and ``offers`` are the two numbers.
    """

    path: str
    kind: str
    message: str
    fatal: bool = True
    asks: Decimal | None = None
    offers: Decimal | None = None


def require_legal(framework: Framework) -> None:
    """Raise the first ``FrameworkError`` of the framework, if there is one."""
    for error in _errors(framework):
        raise error


def legal_findings(framework: Framework) -> tuple[FrameworkFinding, ...]:
    """Everything illegal about ``framework``, in framework order."""
    return tuple(
        FrameworkFinding(error.path, type(error).__name__, str(error))
        for error in _errors(framework)
    )


def _errors(framework: Framework) -> Iterator[FrameworkError]:
    areas = {area.code: area for area in reversed(framework.areas)}
    yield from _area_errors(framework, areas)
    yield from _line_errors(framework, areas)
    yield from _counting_errors(framework, areas)
    yield from _milestone_errors(framework)


def _area_errors(framework: Framework, areas: dict[str, Area]) -> Iterator[FrameworkError]:
    seen: set[str] = set()
    for area in framework.areas:
        path = f"{framework.code}/{area.code}"
        if area.code in seen:
            yield DuplicateArea(path)
        seen.add(area.code)
        if area.parent is not None and area.parent not in areas:
            yield UnknownParent(path, area.parent)
        elif (depth := _depth(area, areas)) is None:
            yield AreaCycle(path)
        elif depth > LEVELS:
            yield AreaTooDeep(path)
        numbers = (area.min_credits, area.max_credits, area.min_score)
        counts = (
            area.min_courses,
            area.min_children or 0,
            0 if area.max_children is None else area.max_children - 1,
        )
        if not all(_sound(number) for number in numbers) or min(counts) < 0:
            yield BadNumber(path)


def _depth(area: Area, areas: dict[str, Area]) -> int | None:
    """How many areas ``area`` is inside; None when it is one of them."""
    parent, depth = area.parent, 0
    for _ in areas:
        if parent == area.code:
            return None
        above = areas.get(parent) if parent is not None else None
        if above is None:
            break
        parent = above.parent
        depth += 1
    return depth


def _line_errors(framework: Framework, areas: dict[str, Area]) -> Iterator[FrameworkError]:
    parents = {area.parent for area in framework.areas}
    for area in framework.areas:
        if area.selector is not None and area.code in parents:
            yield SelectorInParent(f"{framework.code}/{area.code}")
    keys: set[int] = set()
    places: set[tuple[str | None, str]] = set()
    for line in framework.lines:
        path = _line_path(framework, line)
        if line.area is not None and line.area not in areas:
            yield UnknownArea(path)
        elif line.area is not None and line.area in parents:
            yield LineInParent(path)
        if line.key in keys or (line.code and (line.area, line.code) in places):
            yield DuplicateLine(path)
        keys.add(line.key)
        places.add((line.area, line.code))
        if not _sound(line.credits) or line.repeats < 1:
            yield BadNumber(path)
    yield from _rule_errors(framework)


def _rule_errors(framework: Framework) -> Iterator[FrameworkError]:
    if not _sound(framework.graduation_credits):
        yield BadNumber(framework.code)
    for number, rule in enumerate(framework.flexible_rules):
        if not _sound(rule.limit):
            yield BadNumber(f"{framework.code}/flexible/{number}")


def _counting_errors(framework: Framework, areas: dict[str, Area]) -> Iterator[FrameworkError]:
    """Counting rules that name what is not there, or ask for nothing (A51)."""
    codes = {line.code for line in framework.lines}
    seen: set[str] = set()
    for rule in framework.counting_rules:
        path = f"{framework.code}/rule/{rule.code}"
        if rule.area is not None and rule.area not in areas:
            yield UnknownArea(path)
        numbers = (rule.min_credits, rule.max_credits, rule.max_share, rule.min_score)
        counts = (rule.min_courses, rule.max_courses or 0)
        if not all(map(_sound, numbers)) or min(counts) < 0:
            yield BadNumber(path)
        elif rule.code in seen or not _says_something(rule, codes):
            yield UnsoundRule(path)
        seen.add(rule.code)


def _says_something(rule: CountingRule, codes: set[str]) -> bool:
    """Of two courses or more that are there, or how much counts; by term or name at most."""
    if rule.kind is not RuleKind.LIMIT:
        return len(set(rule.courses)) == len(rule.courses) >= 2 and codes.issuperset(rule.courses)
    least = rule.min_credits > 0 or rule.min_courses > 0
    highest = (rule.max_credits, rule.max_courses, rule.max_share)
    most = any(number is not None for number in highest)
    return (least or most) and not (least and rule.per is not Per.WHOLE)


def _milestone_errors(framework: Framework) -> Iterator[FrameworkError]:
    """A way asks for something, says for which courses, and has a name of its own (A41)."""
    for milestone in framework.milestones:
        seen: set[str] = set()
        for way in milestone.ways:
            path = f"{framework.code}/milestone/{milestone.code}/{way.name}"
            if normalised(way.name) in seen:
                yield DuplicateWay(path)
            seen.add(normalised(way.name))
            if not (_sound(way.amount) and _sound(way.credits)) or _asks_nothing(way):
                yield BadNumber(path)
            selected = way.selector or Selector()
            if way.measure is Measure.COURSES and selected == Selector(
                exceptions=selected.exceptions
            ):
                yield SelectsNothing(path)


def _asks_nothing(way: Way) -> bool:
    return way.measure is not Measure.REVIEWER and not (way.amount or way.credits)


def _line_path(framework: Framework, line: Line) -> str:
    return "/".join([framework.code, *([line.area] if line.area is not None else []), line.code])


def _sound(number: Decimal | None) -> bool:
    return number is None or (number.is_finite() and number >= 0)
