"""What differs between two audits, part by part; ``compare.py`` finds it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..result import Reached, Reason, WayResult

COUNTING = frozenset(
    {Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE, Reason.TICKED, Reason.TOGETHER}
)
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
        return _becomes_met(self.before, self.after)

    @property
    def becomes_unmet(self) -> bool:
        """It is not met now, and was met or was not asked for at all."""
        return _becomes_unmet(self.before, self.after)

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
        return _becomes_met(self.before, self.after)

    @property
    def becomes_unmet(self) -> bool:
        """It is not met now, and was met or was not asked for at all."""
        return _becomes_unmet(self.before, self.after)


@dataclass(frozen=True, slots=True)
class MilestoneFigures:
    """What one audit says about one milestone; see ``MilestoneResult``."""

    reached: Reached
    exempt: bool
    ways: tuple[WayResult, ...]

    @property
    def met(self) -> bool:
        """It is reached; what waits for a reviewer is not."""
        return self.reached is Reached.MET


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
        return _becomes_met(self.before, self.after)

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


_Figures = AreaFigures | RuleFigures | MilestoneFigures


def _becomes_met(before: _Figures | None, after: _Figures | None) -> bool:
    """It was asked for, was not met, and is now."""
    return before is not None and not before.met and after is not None and after.met


def _becomes_unmet(before: _Figures | None, after: _Figures | None) -> bool:
    """It is not met now, and was met or was not asked for at all."""
    return after is not None and not after.met and (before is None or before.met)


def _counts(standing: CourseStanding | None) -> bool:
    return standing is not None and standing.counts


def _is_void(standing: CourseStanding | None) -> bool:
    return standing is not None and standing.void
