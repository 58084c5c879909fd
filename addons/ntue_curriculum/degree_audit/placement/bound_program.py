"""What counting rules add to an allocation's integer program (A51)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from ..framework.counting import Limit
from ..framework.prepared import PreparedFramework
from ..framework.spots import Spot
from .courses import Course
from .program import NO_BOUND, Program, Row, Terms
from .tally import Tally
from .unlike_places import openings_of

if TYPE_CHECKING:
    from .bound import Group, Rules

Choice = list[tuple[Spot, int | None]]
"""Each spot of a course with the variable that says whether it counts there (None: it does)."""


class BoundProgram(Program):
    """A program with the rows of limits, groups and branches; limits that ask are as leaves."""

    # HiGHS 1.16 proves a worse answer best for some of these programs when it presolves them:
    # seed 1075 of the test against CP-SAT. Without, it takes as long.
    options: ClassVar[Mapping[str, object]] = {"presolve": "off"}

    def __init__(
        self, prepared: PreparedFramework, courses: list[Course], tally: Tally, rules: Rules
    ) -> None:
        super().__init__(prepared, courses, tally)
        self._courses, self._rules = courses, rules
        self._alone = [
            {
                variable
                for spot, variable in choice
                if variable is not None and spot not in openings_of(course).shared
            }
            for course, choice in zip(courses, self._choices, strict=True)
        ]
        for number, limit in enumerate(rules.limits):
            if limit.is_capped:
                self._cap(number, limit)
            if limit.asks:
                self._ask(number, limit)
        for group in rules.groups:
            self._bind(group)
        for parent, most in prepared.counting.branches.items():
            self._branch(parent, most)

    def _counting(self, at: int, limit: Limit, *, at_most: bool) -> list[int] | None:
        """Variables whose sum says whether a course counts for ``limit``; None: it does."""
        inside = [variable for spot, variable in self._choices[at] if limit.covers(spot.area)]
        variables = [variable for variable in inside if variable is not None]
        if len(variables) < len(inside):
            return None
        return self._any(variables, self._alone[at], at_most=at_most) if variables else []

    def _cap(self, number: int, limit: Limit) -> None:
        """At most so much counts, in every bucket."""
        buckets: dict[object, list[int]] = {}
        for at in self._rules.members[number]:
            buckets.setdefault(limit.bucket(self._courses[at].enrolment), []).append(at)
        for members in buckets.values():
            units: Terms = []
            counts: Terms = []
            forced_units = forced = 0
            for at in members:
                size = self._courses[at].units
                variables = self._counting(at, limit, at_most=False)
                if variables is None:
                    forced_units, forced = forced_units + size, forced + 1
                    continue
                units += [(one, size) for one in variables]
                counts += [(one, 1) for one in variables]
            if limit.max_units is not None:
                self.rows.append(Row(units, -NO_BOUND, max(0, limit.max_units - forced_units)))
            if limit.max_courses is not None:
                self.rows.append(Row(counts, -NO_BOUND, max(0, limit.max_courses - forced)))

    def _ask(self, number: int, limit: Limit) -> None:
        """What it asks is one more leaf to be met, with what is missing of it."""
        units: Terms = []
        counts: Terms = []
        least = [limit.min_units, limit.min_courses]
        for at in self._rules.members[number]:
            size = self._courses[at].units
            variables = self._counting(at, limit, at_most=True)
            if variables is None:
                least = [least[0] - size, least[1] - 1]
                continue
            units += [(one, size) for one in variables]
            counts += [(one, 1) for one in variables]
        if max(least) <= 0:
            self.levels[0] = self.levels[0]._replace(base=self.levels[0].base + 1)
            return
        is_met = self._variable()
        self.levels[0].terms.append((is_met, 1))
        for level, terms, asked in zip(self.levels[1:3], (units, counts), least, strict=True):
            if asked > 0:
                lacks = self._variable(asked)
                level.terms.append((lacks, -1))
                self.rows.append(Row([*terms, (lacks, 1)], asked, NO_BOUND))
                self.rows.append(Row([(lacks, 1), (is_met, asked)], -NO_BOUND, asked))

    def _at(self, codes: Iterable[str]) -> dict[str, Choice]:
        """By code of a line, where courses may count at it."""
        found: dict[str, Choice] = {code: [] for code in codes}
        for choice in self._choices:
            for spot, variable in choice:
                if spot.line is not None and spot.line.code in found:
                    found[spot.line.code].append((spot, variable))
        return found

    def _bind(self, group: Group) -> None:
        """What counts at a line of ``group`` does if something counts at each that is needed."""
        found = self._at(sorted(group.codes))
        for code, own in found.items():
            for other, choice in found.items():
                if (
                    other == code
                    or other not in group.needed
                    or any(variable is None for _, variable in choice)
                ):
                    continue
                there = [(variable, -1) for _, variable in choice if variable is not None]
                for _, variable in own:
                    if variable is not None:
                        self.rows.append(Row([(variable, 1), *there], -NO_BOUND, 0))

    def _branch(self, parent: int, most: int) -> None:
        """Courses count in ``most`` of the children of ``parent``."""
        mask = self._prepared.leaf_mask
        used: Terms = []
        forced = 0
        for child in self._prepared.children[parent]:
            inside = [
                variable
                for choice in self._choices
                for spot, variable in choice
                if spot.area >= 0 and mask[child] >> spot.area & 1
            ]
            if any(variable is None for variable in inside):
                forced += 1
            elif inside:
                is_used = self._variable()
                used.append((is_used, 1))
                for variable in inside:
                    if variable is not None:
                        self.rows.append(Row([(variable, 1), (is_used, -1)], -NO_BOUND, 0))
        self.rows.append(Row(used, -NO_BOUND, max(0, most - forced)))
