"""A framework made ready for auditing many students: every table built once.

Areas are numbered in framework order; a subject is all lines of one course code, and
is numbered in the order in which its first line comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from math import lcm

from ..result import FlexibleUse
from ..values import Area, Framework, Line, Origin
from .asked import Who, asked_of, is_conditioned
from .counting import Counting
from .legality import require_legal
from .limits import counts_courses, own_number, shown_limit, whole_limit
from .matching import Matching
from .selecting import Selecting
from .spots import TOTAL_ONLY, CourseLines, Plain, PlainPlace, Spot, places_of
from .units import Decimals, scale_for, to_units


class PreparedFramework:
    """A legal framework with its tables; share one among all its students.

    Made by ``prepare``. Only memo tables change after that, and never what they say.
    """

    def __init__(self, framework: Framework, scale: int = 1) -> None:
        require_legal(framework)
        self.framework = framework
        self.scale = lcm(scale, scale_for(_numbers(framework)))
        self.decimals = Decimals(self.scale)
        self._units: dict[Decimal, int] = {}
        self._finer: dict[int, PreparedFramework] = {}
        self._lowered: dict[frozenset[int], PreparedFramework] = {}
        self._of_students: dict[Who, PreparedFramework] | None = (
            {} if is_conditioned(framework) else None
        )
        self._tree(framework.areas)
        self.counting = Counting(framework, self.number, self.lines_up, self.leaves, self.scale)
        self._subjects(framework.lines)
        self.matching = Matching(framework, self.subjects, self.of_line, self._selecting())
        self.graduation = self.units(framework.graduation_credits)
        self.exempt = _exempt(framework)
        rules = framework.flexible_rules
        self.counts_courses = tuple(map(counts_courses, rules))
        self.limits = tuple(whole_limit(framework, rule, self.scale) for rule in rules)
        self.unused = tuple(
            FlexibleUse(number, Decimal(0), shown_limit(framework, rule), exceeded=False)
            for number, rule in enumerate(framework.flexible_rules)
        )

    # -- the tree of areas (A6, A7)

    def _tree(self, areas: tuple[Area, ...]) -> None:
        self.areas = areas
        self.number = {area.code: index for index, area in enumerate(areas)}
        self.parent = [TOTAL_ONLY if a.parent is None else self.number[a.parent] for a in areas]
        children: list[list[int]] = [[] for _ in areas]
        self.roots: list[int] = []
        for index, parent in enumerate(self.parent):
            (self.roots if parent < 0 else children[parent]).append(index)
        self.children = [tuple(each) for each in children]
        self.child_codes = [tuple(areas[c].code for c in each) for each in children]
        self.leaves = [index for index, each in enumerate(children) if not each]
        self.lines_up = [self._ancestors(index) for index in range(len(areas))]
        upwards = sorted(range(len(areas)), key=lambda i: -len(self.lines_up[i]))
        self.upwards = [(i, self.parent[i]) for i in upwards if self.parent[i] >= 0]
        self.parents = [index for index in upwards if children[index]]
        self.min_units = [self.units(a.min_credits) for a in areas]
        self.min_courses = [a.min_courses for a in areas]
        self.cap = [None if a.max_credits is None else self.units(a.max_credits) for a in areas]
        self.min_children = [
            len(each) if area.min_children is None else area.min_children
            for area, each in zip(areas, children, strict=True)
        ]
        floors = [[a.min_score for a in (areas[i] for i in up)] for up in self.lines_up]
        self.floor = [max((f for f in each if f is not None), default=None) for each in floors]
        self.has_caps = any(cap is not None for cap in self.cap)
        self.leaf_mask = [0] * len(areas)
        for leaf in self.leaves:
            for index in self.lines_up[leaf]:
                self.leaf_mask[index] |= 1 << leaf
        self.capped = [any(self.cap[i] is not None for i in up) for up in self.lines_up]

    def above(self, spot: Spot) -> tuple[int, ...]:
        """The area of ``spot`` and all that contain it."""
        return self.lines_up[spot.area] if spot.area >= 0 else ()

    def _ancestors(self, index: int) -> tuple[int, ...]:
        """The area itself, its parent, and so on to its root."""
        up = []
        while index >= 0:
            up.append(index)
            index = self.parent[index]
        return tuple(up)

    # -- lines and subjects

    def _subjects(self, lines: tuple[Line, ...]) -> None:
        by_code: dict[str, list[Line]] = {}
        for line in lines:  # lines without a code are subjects of their own
            by_code.setdefault(line.code or f"\0{line.key}", []).append(line)
        self.subjects = [
            self._subject(number, code, group)
            for number, (code, group) in enumerate(by_code.items())
        ]
        self.by_code = {code: n for n, code in enumerate(by_code)}
        self.plain = [self._plain(subject) for subject in self.subjects]
        self.plain_places = [self._plain_place(subject) for subject in self.subjects]
        self.of_line = {
            spot.line.key: (subject, spot)
            for subject in self.subjects
            for spot in subject.spots
            if spot.line is not None
        }
        self.line_order = {line.key: index for index, line in enumerate(lines)}
        self.required = [
            (self.of_line[line.key][0].number, line.key) for line in lines if line.required
        ]

    def _selecting(self) -> Selecting:
        """The places of what areas select: one an area, as if it was listed there."""
        return Selecting(
            (area.selector, Spot(number, None, self.floor[number]))
            for number, area in enumerate(self.areas)
            if area.selector is not None
        )

    def _plain_place(self, subject: CourseLines) -> PlainPlace | None:
        """Of a course that counts at a plain place; None when there is no such place.

        None as well when its credits count nowhere.
        """
        spot = subject.plain
        if spot is None or spot.line is None or not (spot.area >= 0 or spot.in_total):
            return None
        areas = (self.areas[spot.area].code,) if spot.area >= 0 else ()
        return PlainPlace(areas, spot.line.key, spot.line.credits)

    def _plain(self, subject: CourseLines) -> Plain | None:
        spot = subject.plain
        if spot is None:
            return None
        return spot.area, subject.credits, subject.units, spot.required, spot.in_total

    def _subject(self, number: int, code: str, lines: list[Line]) -> CourseLines:
        places = places_of(self._spot(line) for line in lines)
        spots = places.spots
        simple = all(
            spot.floor is None and (spot.area < 0 or not self.capped[spot.area]) for spot in spots
        )
        plain = spots[0] if simple and len(spots) == 1 else None
        size = lines[0].credits
        return CourseLines(
            number,
            code,
            places,
            plain,
            simple and places.even,
            size,
            self.units(size),
            max(line.repeats for line in lines),
        )

    def _spot(self, line: Line) -> Spot:
        area = TOTAL_ONLY if line.area is None else self.number[line.area]
        floor = None if area < 0 else self.floor[area]
        return Spot(area, line, floor, line.required, line.counts_in_total, line.shareable)

    # -- units

    def units(self, amount: Decimal) -> int:
        """``amount`` of credits in units; ``FinerCredits`` when it is not whole in them."""
        units = self._units.get(amount)
        if units is None:
            exact = to_units(amount, self.scale)
            if exact is None:
                raise FinerCredits
            units = self._units[amount] = exact
        return units

    def asked_of(self, student: Who) -> PreparedFramework:
        """What is asked of such a student; itself where all are asked the same (A43)."""
        if self._of_students is None:
            return self
        if student not in self._of_students:
            asked = asked_of(self.framework, student)
            self._of_students[student] = PreparedFramework(asked, self.scale)
        return self._of_students[student]

    def finer(self, amounts: Iterable[Decimal]) -> PreparedFramework:
        """The same framework in units that make all of ``amounts`` whole too."""
        scale = lcm(self.scale, scale_for(amounts))
        if scale not in self._finer:
            self._finer[scale] = PreparedFramework(self.framework, scale)
        return self._finer[scale]

    def lowered(self, waived: frozenset[int]) -> PreparedFramework:
        """The same framework with the minima that these waived subjects lower (A52)."""
        if not waived or not any(area.waivers_lower for area in self.areas):
            return self
        if waived not in self._lowered:
            areas = tuple(
                _lowered(area, [self.subjects[one] for one in waived], self.leaf_mask[number])
                if area.waivers_lower
                else area
                for number, area in enumerate(self.areas)
            )
            framework = replace(self.framework, areas=areas)
            self._lowered[waived] = PreparedFramework(framework, self.scale)
        return self._lowered[waived]


class FinerCredits(Exception):
    """An enrolment's credits are not whole in the framework's units; caught inside."""


def prepare(framework: Framework | PreparedFramework) -> PreparedFramework:
    """``framework`` with its tables built; typed errors when it is not legal."""
    return framework if isinstance(framework, PreparedFramework) else PreparedFramework(framework)


def _lowered(area: Area, waived: list[CourseLines], leaves: int) -> Area:
    """``area`` with lower minima: ``leaves`` are it, or inside it."""
    own = [
        next(
            (s.line for s in subject.spots if s.line and s.area >= 0 and leaves >> s.area & 1), None
        )
        for subject in waived
    ]
    lines = [line for line in own if line is not None]
    return replace(
        area,
        min_credits=max(Decimal(0), area.min_credits - sum(line.credits for line in lines)),
        min_courses=max(0, area.min_courses - len(lines)),
    )


def _exempt(framework: Framework) -> frozenset[Origin]:
    """Origins whose courses use up no limit at all (D17)."""
    exempt: set[Origin] = set()
    for rule in framework.flexible_rules:
        if rule.exempt:
            exempt.update(Origin if rule.origin is None else (rule.origin,))
    return frozenset(exempt)


def _numbers(framework: Framework) -> Iterable[Decimal]:
    yield framework.graduation_credits
    for line in framework.lines:
        yield line.credits
    for area in framework.areas:
        yield area.min_credits
        if area.max_credits is not None:
            yield area.max_credits
    for rule in framework.flexible_rules:
        if (limit := own_number(rule)) is not None:
            yield limit
    for limits in framework.counting_rules:
        yield limits.min_credits
        if limits.max_credits is not None:
            yield limits.max_credits
