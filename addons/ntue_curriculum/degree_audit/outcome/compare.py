"""How two audits of one student differ: another framework, other ticks, other courses.

Both audits are of the same enrolments, or nearly: a course is the same when its key is.
Areas, rules across areas and milestones are the same when their codes are, whatever framework
they are in. Lines have other keys in every revision, so the caller may say which keys mean the
same subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..result import (
    AreaResult,
    AuditResult,
    EnrolmentResult,
    MilestoneResult,
    Reached,
    Remark,
    RuleResult,
)
from .changes import (
    AreaChange,
    AreaFigures,
    CourseChange,
    CourseStanding,
    MilestoneChange,
    MilestoneFigures,
    RuleChange,
    RuleFigures,
    Totals,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which two audits differ; see the classes of its parts.

    ``areas``: in the order of the first audit, then those of the second only; ``courses``,
    ``rules`` and ``milestones`` likewise. ``required_now_missing``: keys of the second audit's
    lines that it misses and the first did not; ``required_no_longer_missing``: keys of the
    first's, the other way.
    """

    before: Totals
    after: Totals
    areas: tuple[AreaChange, ...]
    courses: tuple[CourseChange, ...]
    required_now_missing: tuple[int, ...]
    required_no_longer_missing: tuple[int, ...]
    rules: tuple[RuleChange, ...]
    milestones: tuple[MilestoneChange, ...]

    @property
    def same(self) -> bool:
        """The audits say the same."""
        return self.before == self.after and not (
            self.areas
            or self.courses
            or self.rules
            or self.milestones
            or self.required_now_missing
            or self.required_no_longer_missing
        )

    @property
    def better(self) -> bool:
        """Nothing is worse, and the whole is nearer."""
        return not self.worse and self.after.merit > self.before.merit

    @property
    def worse(self) -> bool:
        """Something that was there is gone, or more is missing."""
        return (
            (self.before.met and not self.after.met)
            or self.after.missing_credits > self.before.missing_credits
            or bool(self.required_now_missing)
            or any(area.becomes_unmet for area in self.areas)
            or any(rule.becomes_unmet for rule in self.rules)
            or any(milestone.falls_back for milestone in self.milestones)
            or any(course.loses_place or course.loses_decision for course in self.courses)
        )


def compare(
    before: AuditResult, after: AuditResult, subjects: Mapping[int, str] | None = None
) -> Comparison:
    """What is different in ``after``.

    ``subjects``: course code by line key, of both frameworks; lines of one code are the
    same subject. Without it lines are the same when their keys are.
    """
    return Comparison(
        before=totals(before),
        after=totals(after),
        areas=_areas(before.areas, after.areas),
        courses=_courses(before.enrolments, after.enrolments),
        required_now_missing=_only(after.missing_lines, before.missing_lines, subjects or {}),
        required_no_longer_missing=_only(before.missing_lines, after.missing_lines, subjects or {}),
        rules=_rules(before.rules, after.rules),
        milestones=_milestones(before.milestones, after.milestones),
    )


def totals(result: AuditResult) -> Totals:
    """The figures of ``result`` as a whole."""
    return Totals(
        graduation_credits=result.graduation_credits,
        taken=result.taken,
        earned=result.earned,
        expected=result.expected,
        missing_credits=result.missing_credits,
        areas=len(result.areas),
        areas_met=sum(area.met for area in result.areas),
        required_missing=len(result.missing_lines),
        rules_missing=sum(not rule.met for rule in result.rules),
        milestones_missing=sum(one.reached is not Reached.MET for one in result.milestones),
        met=result.met,
    )


def _areas(before: tuple[AreaResult, ...], after: tuple[AreaResult, ...]) -> tuple[AreaChange, ...]:
    old = {area.code: _figures(area) for area in before}
    new = {area.code: _figures(area) for area in after}
    return tuple(AreaChange(code, old.get(code), new.get(code)) for code in _differing(old, new))


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """Codes of what is on one side only, or is not the same on both; those of before first."""
    return [code for code in {**old, **new} if old.get(code) != new.get(code)]


def _figures(area: AreaResult) -> AreaFigures:
    return AreaFigures(
        met=area.met,
        taken=area.taken,
        courses=area.courses,
        min_credits=area.min_credits,
        min_courses=area.min_courses,
        missing_credits=area.missing_credits,
        missing_courses=area.missing_courses,
        missing_children=area.missing_children,
    )


def _rules(before: tuple[RuleResult, ...], after: tuple[RuleResult, ...]) -> tuple[RuleChange, ...]:
    """Of limits that ask for something; what others change is told of the courses."""
    names = {rule.code: rule.name for rule in (*before, *after)}
    old, new = ({r.code: _rule_figures(r) for r in rules if r.asks} for rules in (before, after))
    return tuple(
        RuleChange(code, names[code], old.get(code), new.get(code)) for code in _differing(old, new)
    )


def _rule_figures(rule: RuleResult) -> RuleFigures:
    return RuleFigures(
        met=rule.met,
        taken=rule.taken,
        courses=rule.courses,
        min_credits=rule.min_credits,
        min_courses=rule.min_courses,
        missing_credits=rule.missing_credits,
        missing_courses=rule.missing_courses,
    )


def _milestones(
    before: tuple[MilestoneResult, ...], after: tuple[MilestoneResult, ...]
) -> tuple[MilestoneChange, ...]:
    names = {one.code: one.name for one in (*before, *after)}
    old, new = (
        {one.code: MilestoneFigures(one.reached, one.exempt, one.ways) for one in side}
        for side in (before, after)
    )
    return tuple(
        MilestoneChange(code, names[code], old.get(code), new.get(code))
        for code in _differing(old, new)
    )


def _courses(
    before: tuple[EnrolmentResult, ...], after: tuple[EnrolmentResult, ...]
) -> tuple[CourseChange, ...]:
    old = {row.key: _standing(row) for row in before}
    new = {row.key: _standing(row) for row in after}
    return tuple(
        CourseChange(key, old.get(key), new.get(key))
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    )


def _standing(row: EnrolmentResult) -> CourseStanding:
    return CourseStanding(
        row.reason, row.areas, row.counted_credits, Remark.DECISION_VOID in row.remarks
    )


def _only(
    keys: tuple[int, ...], others: tuple[int, ...], subjects: Mapping[int, str]
) -> tuple[int, ...]:
    """Those of ``keys`` whose subject none of ``others`` is."""
    known = {subjects.get(key, key) for key in others}
    return tuple(key for key in keys if subjects.get(key, key) not in known)
