"""What holds across areas: the limits, groups and orders of a framework (A51)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..values import (
    CountingRule,
    CourseSource,
    Enrolment,
    Framework,
    Per,
    RuleKind,
    Selector,
    State,
)
from .names import normalised
from .selecting import Selection
from .units import to_units

Bucket = int | str
"""What the most of a limit holds for: the whole, a term, or a name."""


class Limit(NamedTuple):
    """A limit with its numbers in units. ``leaves``: areas that it counts in; None: anywhere."""

    rule: int
    asked: Asked
    leaves: frozenset[int] | None
    per: Per
    min_units: int
    min_courses: int
    max_units: int | None
    max_courses: int | None

    @property
    def is_capped(self) -> bool:
        """Whether it says how much counts at most."""
        return self.max_units is not None or self.max_courses is not None

    @property
    def asks(self) -> bool:
        """Whether it says how much is to count at least."""
        return self.min_units > 0 or self.min_courses > 0

    def bucket(self, enrolment: Enrolment) -> Bucket:
        """Courses of one bucket count together towards what counts at most."""
        if self.per is Per.TERM:
            return enrolment.term
        return normalised(enrolment.name) if self.per is Per.NAME else ""

    def covers(self, area: int) -> bool:
        """Whether what counts in ``area`` (below 0: in the total only) counts for it."""
        return self.leaves is None or area in self.leaves


class Asked:
    """What a limit selects."""

    def __init__(self, rule: CountingRule, department: str) -> None:
        self._words = None if rule.selector == Selector() else Selection(rule.selector)
        self._courses = frozenset(code.casefold() for code in rule.courses)
        self._sources = frozenset(rule.sources)
        self._department = department

    def select(self, enrolment: Enrolment) -> bool:
        """Whether everything that is asked holds for it."""
        if self._courses and enrolment.code.casefold() not in self._courses:
            return False
        if self._sources and not self._sources & set(self._sources_of(enrolment)):
            return False
        return self._words is None or self._words.select(enrolment)

    def _sources_of(self, enrolment: Enrolment) -> Iterable[CourseSource]:
        if enrolment.state is State.TRANSFERRED:
            yield CourseSource.TRANSFERRED
        if enrolment.offering.mooc:
            yield CourseSource.MOOC
        if enrolment.school:
            yield CourseSource.OFF_CAMPUS
        elif enrolment.department and enrolment.department != self._department:
            yield CourseSource.OTHER_DEPARTMENT


class Counting:
    """The counting rules of one framework, made ready.

    ``limits``: in framework order. ``groups``: sets of codes of which all count or none does.
    ``branches``: by number of a parent, how many of its children may have courses.
    ``binds``: whether any of these is there, so that placing heeds them. ``orders``: courses
    in their order; ``prerequisites``: of planning.
    """

    def __init__(
        self,
        framework: Framework,
        number: Mapping[str, int],
        lines_up: list[tuple[int, ...]],
        leaves: Iterable[int],
        scale: int,
    ) -> None:
        rules = framework.counting_rules
        self.groups = [frozenset(r.courses) for r in rules if r.kind is RuleKind.ALL_OR_NONE]
        self.orders = [rule for rule in rules if rule.kind is RuleKind.IN_ORDER]
        self.prerequisites = [rule for rule in rules if rule.kind is RuleKind.PREREQUISITE]
        self.branches = {
            number[area.code]: area.max_children
            for area in framework.areas
            if area.max_children is not None
        }
        ends = list(leaves)
        self.limits = []
        for index, rule in enumerate(rules):
            if rule.kind is RuleKind.LIMIT:
                inside = None
                if rule.area is not None:
                    top = number[rule.area]
                    inside = frozenset(leaf for leaf in ends if top in lines_up[leaf])
                self.limits.append(_limit(framework, index, rule, inside, scale))
        self.binds = bool(self.limits or self.groups or self.branches)


def _limit(
    framework: Framework,
    index: int,
    rule: CountingRule,
    inside: frozenset[int] | None,
    scale: int,
) -> Limit:
    most = rule.max_credits
    if rule.max_share is not None:
        share = rule.max_share * framework.graduation_credits
        most = share if most is None else min(most, share)
    return Limit(
        index,
        Asked(rule, framework.department),
        inside,
        rule.per,
        to_units(rule.min_credits, scale) or 0,
        rule.min_courses,
        None if most is None else int(most * scale),
        rule.max_courses,
    )
