"""How two audits of one student differ: another framework, other ticks, other courses.

Both audits are of the same enrolments, or nearly: a course is the same when its key is.
Areas, rules across areas and milestones are the same when their codes are, whatever framework
they are in. Lines have other keys in every revision, so the caller may say which keys mean the
same subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..result import (
    AreaResult,
    AuditResult,
    EnrolmentResult,
    MilestoneResult,
    Reached,
    Reason,
    Remark,
    RuleResult,
    WayResult,
)

COUNTING = frozenset({Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE, Reason.TICKED})
"""Reasons of an enrolment whose credits are in the sums."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of one audit as a whole; see ``AuditResult`` for their meaning."""

    graduation_credits: Decimal
    taken: Decimal
    earned: Decimal
    expected: Decimal
    missing_credits: Decimal
    areas: int
    areas_met: int
    required_missing: int
    rules_missing: int
    milestones_missing: int
    met: bool

    @property
    def merit(self) -> tuple[bool, Decimal, int, int, int]:
        """Of two totals the better one has more."""
        return (
            self.met,
            -self.missing_credits,
            self.areas_met,
            -self.rules_missing,
            -self.milestones_missing,
        )


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """What one audit says about one area; see ``AreaResult``."""

    met: bool
    taken: Decimal
    courses: int
    min_credits: Decimal
    min_courses: int
    missing_credits: Decimal
    missing_courses: int
    missing_children: int


@dataclass(frozen=True, slots=True)
class AreaChange:
    """An area whose figures differ; None on the side that does not have it."""

    code: str
    before: AreaFigures | None
    after: AreaFigures | None

    @property
    def becomes_met(self) -> bool:
        """It was there, was not met, and is now."""
        return self.before is not None and not self.before.met and _is_met(self.after)

    @property
    def becomes_unmet(self) -> bool:
        """It is not met now, and was met or was not asked for at all."""
        return (
            self.after is not None
            and not self.after.met
            and (self.before is None or self.before.met)
        )

    @property
    def asks_otherwise(self) -> bool:
        """It is on both sides, and asks other credits or courses of its own."""
        before, after = self.before, self.after
        return (
            before is not None
            and after is not None
            and (before.min_credits, before.min_courses) != (after.min_credits, after.min_courses)
        )


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What one audit says about one limit across areas; see ``RuleResult``."""

    met: bool
    taken: Decimal
    courses: int
    min_credits: Decimal
    min_courses: int
    missing_credits: Decimal
    missing_courses: int


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A limit that asks for something, and whose figures differ; None where it does not ask."""

    code: str
    name: str
    before: RuleFigures | None
    after: RuleFigures | None

    @property
    def becomes_met(self) -> bool:
        """It was asked for, was not met, and is now."""
        return (
            self.before is not None
            and not self.before.met
            and self.after is not None
            and self.after.met
        )

    @property
    def becomes_unmet(self) -> bool:
        """It is not met now, and was met or was not asked for at all."""
        return (
            self.after is not None
            and not self.after.met
            and (self.before is None or self.before.met)
        )


@dataclass(frozen=True, slots=True)
class MilestoneFigures:
    """What one audit says about one milestone; see ``MilestoneResult``."""

    reached: Reached
    exempt: bool
    ways: tuple[WayResult, ...]


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """A milestone that stands otherwise, or has other ways; None where it is not asked."""

    code: str
    name: str
    before: MilestoneFigures | None
    after: MilestoneFigures | None

    @property
    def becomes_met(self) -> bool:
        """It was asked for, was not met, and is now."""
        return (
            self.before is not None
            and self.before.reached is not Reached.MET
            and self.after is not None
            and self.after.reached is Reached.MET
        )

    @property
    def falls_back(self) -> bool:
        """It is less far than it was: what is not asked for counts as met."""
        order = list(Reached)  # the best first
        was = Reached.MET if self.before is None else self.before.reached
        return self.after is not None and order.index(self.after.reached) > order.index(was)


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """Where one enrolment counts and why. ``void``: a decision on it has lost its ground."""

    reason: Reason
    areas: tuple[str, ...]
    credits: Decimal
    void: bool

    @property
    def counts(self) -> bool:
        """Its credits are in a sum."""
        return self.reason in COUNTING


@dataclass(frozen=True, slots=True)
class CourseChange:
    """An enrolment that is elsewhere; None on the side whose audit does not have it."""

    key: int
    before: CourseStanding | None
    after: CourseStanding | None

    @property
    def loses_place(self) -> bool:
        """It counted before and does not now."""
        return _counts(self.before) and not _counts(self.after)

    @property
    def loses_decision(self) -> bool:
        """A reviewer's decision on it held before and has no ground now."""
        return _is_void(self.after) and not _is_void(self.before)


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
    return tuple(
        AreaChange(code, old.get(code), new.get(code))
        for code in {**old, **new}
        if old.get(code) != new.get(code)
    )


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
        RuleChange(code, names[code], old.get(code), new.get(code))
        for code in {**old, **new}
        if old.get(code) != new.get(code)
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
        for code in {**old, **new}
        if old.get(code) != new.get(code)
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


def _is_met(area: AreaFigures | None) -> bool:
    return area is not None and area.met


def _counts(standing: CourseStanding | None) -> bool:
    return standing is not None and standing.counts


def _is_void(standing: CourseStanding | None) -> bool:
    return standing is not None and standing.void
