"""How two frameworks differ: a revision from what it revises, a year from the last (I3).

Areas are the same when their codes are, courses when theirs are; a course whose code alone
is new (same name and credits, nothing else of that name) is the same course too. The order
of subjects changes no rule and is not compared; that of areas decides ties (A3) and is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

from ..values import Area, CountingRule, FlexibleRule, Framework, Line, Milestone, Selector, Way
from .equivalents import standing_for
from .names import normalised


class About(StrEnum):
    """What a change is about."""

    WHOLE = "whole"
    AREA = "area"
    COURSE = "course"
    RULE = "rule"
    COUNTING = "counting"
    MILESTONE = "milestone"


class How(StrEnum):
    """What happened to it."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    """Of a course: from the areas of ``before`` to those of ``after``."""
    CHANGED = "changed"


Value = Decimal | int | str | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``code`` and ``name``: of the area or course, as it is now if it is still there; of a ``way`` to
    a milestone the milestone's code, and both names. ``areas``: codes of the areas where a course
    is (none: in the total only). ``rule``: of a flexible rule, as it is now if it is still there.
    ``field``: what changed, with its values ``before`` and ``after``; empty for what was added or
    dropped. ``required``: of a course.
    """

    about: About
    how: How
    code: str = ""
    name: str = ""
    field: str = ""
    before: Value = None
    after: Value = None
    areas: tuple[str, ...] = ()
    credits: Decimal | None = None
    required: bool = False
    rule: FlexibleRule | None = None
    way: Way | None = None


AREA_FIELDS = (
    "name",
    "parent",
    "min_credits",
    "min_courses",
    "min_children",
    "max_children",
    "max_credits",
    "min_score",
    "waivers_lower",
    "student_kinds",
    "entry_years",
    "departments",
)
EQUIVALENTS = "equivalents"
"""The field of a change that tells for a course which others stand for it."""

SELECTOR_FIELDS = tuple(field.name for field in fields(Selector))

LINE_FIELDS = ("code", "name", "credits", "required", "counts_in_total", "shareable", "repeats")
COUNTING_FIELDS = tuple(
    field.name for field in fields(CountingRule) if field.name not in ("code", "selector")
)
RULE_FIELDS = ("limit", "prior_approval", "exempt")
WAY_FIELDS = ("measure", "amount", "credits", "student_kinds")
WAY_SELECTOR_FIELDS = ("prefixes", "names", "departments", "languages")


def difference(
    before: Framework, after: Framework, planned: Mapping[int, str] | None = None
) -> tuple[Change, ...]:
    """Everything in which ``after`` differs: the whole, areas, courses, rules and milestones.

    In framework order of ``after``, what was dropped at the end of each. ``planned``: by key
    of a line of either, when it is planned for, in words; the engine itself does not ask.
    """
    return (
        *_whole(before, after),
        *_areas(before.areas, after.areas),
        *_courses(before, after, planned or {}),
        *_rules(before.flexible_rules, after.flexible_rules),
        *_counting(before.counting_rules, after.counting_rules),
        *_milestones(before.milestones, after.milestones),
    )


def _whole(before: Framework, after: Framework) -> Iterator[Change]:
    old, new = before.graduation_credits, after.graduation_credits
    if old != new:
        yield Change(About.WHOLE, How.CHANGED, "", "", "graduation_credits", old, new)
    shared = {area.code for area in before.areas} & {area.code for area in after.areas}
    order = [
        tuple(area.code for area in framework.areas if area.code in shared)
        for framework in (before, after)
    ]
    if order[0] != order[1]:
        yield Change(About.WHOLE, How.CHANGED, "", "", "order", order[0], order[1])


def _areas(before: tuple[Area, ...], after: tuple[Area, ...]) -> Iterator[Change]:
    old = {area.code: area for area in before}
    new = {area.code: area for area in after}
    for code, area in new.items():
        if code not in old:
            yield Change(About.AREA, How.ADDED, code, area.name, credits=area.min_credits)
            continue
        for name in AREA_FIELDS:
            values = getattr(old[code], name), getattr(area, name)
            if values[0] != values[1]:
                yield Change(About.AREA, How.CHANGED, code, area.name, name, *values)
        selectors = old[code].selector or Selector(), area.selector or Selector()
        for name, was, now in _selected(*selectors):
            yield Change(About.AREA, How.CHANGED, code, area.name, name, was, now)
    for code, area in old.items():
        if code not in new:
            yield Change(About.AREA, How.DROPPED, code, area.name, credits=area.min_credits)


def _selected(before: Selector, after: Selector) -> Iterator[tuple[str, Value, Value]]:
    """In which fields two selectors differ, with their values."""
    for name in SELECTOR_FIELDS:
        values = getattr(before, name), getattr(after, name)
        if values[0] != values[1]:
            yield f"select_{name}", *values


def _counting(
    before: tuple[CountingRule, ...], after: tuple[CountingRule, ...]
) -> Iterator[Change]:
    old, new = ({rule.code: rule for rule in rules} for rules in (before, after))
    for code, rule in new.items():
        if code not in old:
            yield Change(About.COUNTING, How.ADDED, code, rule.name)
            continue
        facts = [(name, getattr(old[code], name), getattr(rule, name)) for name in COUNTING_FIELDS]
        facts = [(name, was, now) for name, was, now in facts if was != now]
        for name, was, now in (*facts, *_selected(old[code].selector, rule.selector)):
            yield Change(About.COUNTING, How.CHANGED, code, rule.name, name, was, now)
    for code, rule in old.items():
        if code not in new:
            yield Change(About.COUNTING, How.DROPPED, code, rule.name)


Courses = dict[str, list[Line]]


def _courses(before: Framework, after: Framework, planned: Mapping[int, str]) -> Iterator[Change]:
    old, new = _by_code(before.lines), _by_code(after.lines)
    same = _recoded(old, new)
    stood, stand = standing_for(before.equivalents), standing_for(after.equivalents)
    for code, lines in new.items():
        former = old.get(same.get(code, code))
        if former is None:
            yield _course(How.ADDED, lines)
        else:
            yield from _course_changes(former, lines, planned)
            others = stood.get(former[0].code, ()), stand.get(code, ())
            if others[0] != others[1]:
                yield _course(How.CHANGED, lines, EQUIVALENTS, *others)
    kept = {same.get(code, code) for code in new}
    for code, lines in old.items():
        if code not in kept:
            yield _course(How.DROPPED, lines)


def _by_code(lines: Iterable[Line]) -> Courses:
    found: Courses = {}
    for line in lines:
        found.setdefault(line.code, []).append(line)
    return found


def _recoded(old: Courses, new: Courses) -> dict[str, str]:
    """New code → old code of courses that got another code and are the same otherwise."""
    gone = [code for code in old if code not in new]
    come = [code for code in new if code not in old]
    names = Counter(_likeness(old[code]) for code in gone)
    names_now = Counter(_likeness(new[code]) for code in come)
    former = {_likeness(old[code]): code for code in gone}
    return {
        code: former[_likeness(new[code])]
        for code in come
        if names[_likeness(new[code])] == names_now[_likeness(new[code])] == 1
    }


def _likeness(lines: list[Line]) -> tuple[str, Decimal]:
    return normalised(lines[0].name), lines[0].credits


def _course(
    how: How, lines: list[Line], field: str = "", before: Value = None, after: Value = None
) -> Change:
    line = lines[0]
    return Change(
        About.COURSE,
        how,
        line.code,
        line.name,
        field,
        before,
        after,
        areas=_places(lines),
        credits=line.credits,
        required=line.required,
    )


def _places(lines: list[Line]) -> tuple[str, ...]:
    return tuple(line.area for line in lines if line.area is not None)


def _course_changes(
    old: list[Line], new: list[Line], planned: Mapping[int, str]
) -> Iterator[Change]:
    places = frozenset(line.area for line in old), frozenset(line.area for line in new)
    if places[0] != places[1]:
        yield _course(How.MOVED, new, "area", _places(old), _places(new))
    reported: set[tuple[str, Value, Value]] = set()
    for former, line in _pairs(old, new):
        facts = [(name, getattr(former, name), getattr(line, name)) for name in LINE_FIELDS]
        facts.append(("planned", planned.get(former.key, ""), planned.get(line.key, "")))
        for name, was, now in facts:
            if was != now and (name, was, now) not in reported:
                reported.add((name, was, now))
                yield _course(How.CHANGED, [line], name, was, now)


def _pairs(old: list[Line], new: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Lines of one course in the same area; then those left over, in order."""
    by_area = {line.area: line for line in old}
    for line in new:
        if line.area in by_area:
            yield by_area[line.area], line
    areas = {line.area for line in new}
    left = [line for line in old if line.area not in areas]
    yield from zip(left, (line for line in new if line.area not in by_area), strict=False)


def _rules(before: tuple[FlexibleRule, ...], after: tuple[FlexibleRule, ...]) -> Iterator[Change]:
    old = {(rule.origin, rule.unit): rule for rule in before}
    new = {(rule.origin, rule.unit): rule for rule in after}
    for key, rule in new.items():
        if key not in old:
            yield Change(About.RULE, How.ADDED, rule=rule)
            continue
        for name in RULE_FIELDS:
            values = getattr(old[key], name), getattr(rule, name)
            if values[0] != values[1]:
                yield Change(About.RULE, How.CHANGED, "", "", name, *values, rule=rule)
    for key, rule in old.items():
        if key not in new:
            yield Change(About.RULE, How.DROPPED, rule=rule)


def _milestones(before: tuple[Milestone, ...], after: tuple[Milestone, ...]) -> Iterator[Change]:
    old, new = _ways(before), _ways(after)
    for key, (milestone, way) in new.items():
        if key not in old:
            yield _way_change(How.ADDED, milestone, way)
            continue
        former_milestone, former = old[key]
        if former_milestone.name != milestone.name:
            names = former_milestone.name, milestone.name
            yield _way_change(How.CHANGED, milestone, way, "name", *names)
        for name in WAY_FIELDS:
            values = getattr(former, name), getattr(way, name)
            if values[0] != values[1]:
                yield _way_change(How.CHANGED, milestone, way, name, *values)
        selectors = former.selector or Selector(), way.selector or Selector()
        for name in WAY_SELECTOR_FIELDS:
            values = getattr(selectors[0], name), getattr(selectors[1], name)
            if values[0] != values[1]:
                yield _way_change(How.CHANGED, milestone, way, f"select_{name}", *values)
    for key, (milestone, way) in old.items():
        if key not in new:
            yield _way_change(How.DROPPED, milestone, way)


def _ways(milestones: tuple[Milestone, ...]) -> dict[tuple[str, str], tuple[Milestone, Way]]:
    return {
        (milestone.code, normalised(way.name)): (milestone, way)
        for milestone in milestones
        for way in milestone.ways
    }


def _way_change(
    how: How,
    milestone: Milestone,
    way: Way,
    field: str = "",
    before: Value = None,
    after: Value = None,
) -> Change:
    name = f"{milestone.name}: {way.name}"
    return Change(About.MILESTONE, how, milestone.code, name, field, before, after, way=way)
