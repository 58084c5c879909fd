"""A framework made ready for auditing many students: every table built once.

Areas are numbered in framework order; a subject is all lines of one course code, and
is numbered in the order in which its first line stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import lcm
from typing import Any, NamedTuple

from .check import require_legal
from .names import normalised
from .pieces import mask_of
from .result import FlexibleUse, Reason, Remark
from .units import EXACT, Decimals, scale_for, to_units
from .values import Area, Enrolment, FlexibleRule, Framework, Line, Origin, Unit

TOTAL_ONLY = -1
"""In place of an area's number: counts in the total, in no area (A12, D40)."""


class Spot(NamedTuple):
    """One place where a course may count: a line, as the allocation sees it."""

    area: int
    line: Line | None
    floor: Decimal | None
    required: bool = False
    in_total: bool = True
    shareable: bool = False

    def admits(self, score: Decimal | None) -> bool:
        """A course without a score (in progress, transferred) passes every floor."""
        return self.floor is None or score is None or score >= self.floor


class Places(NamedTuple):
    """The spots open to a course, by area, total-only last.

    ``areas``: their areas, without total-only; ``mask``: these as a set; ``at``: the spot
    in each. ``even``: the spots differ in nothing but the area. Each is in an area of its
    own, none is shareable, all or none count in the total.
    """

    spots: tuple[Spot, ...]
    areas: tuple[int, ...]
    mask: int
    at: dict[int, tuple[Spot]]
    even: bool


class Subject(NamedTuple):
    """All lines of one course code, by area, total-only last.

    ``plain``: the one spot it has, when nothing is left to decide there: no other
    line, no grade floor, no cap above it. ``even``: several such spots, all alike.
    ``credits``: of its first line; ``units``: these in units.
    """

    number: int
    code: str
    places: Places
    plain: Spot | None
    even: bool
    credits: Decimal
    units: int

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its places, by area."""
        return self.places.spots


Plain = tuple[int, Decimal, int, bool, bool]
"""A plain spot for the tally: area, credits, units, required, counts in the total."""


def places_of(spots: Iterable[Spot]) -> Places:
    """``spots`` in order; those of one area (A17) by line."""
    ordered = tuple(sorted(spots, key=lambda spot: (spot.area < 0, spot.area)))
    areas = tuple([spot.area for spot in ordered if spot.area >= 0])
    even = (
        len(areas) == len(ordered) == len(set(areas))
        and len({spot.in_total for spot in ordered}) < 2
        and not (len(ordered) > 1 and any(spot.shareable for spot in ordered))
    )
    at = {spot.area: (spot,) for spot in ordered}
    return Places(ordered, areas, mask_of(areas), at, even)


class Match(NamedTuple):
    """What the framework says about one course: its subjects, or why there are none.

    Several subjects when a name or an equivalence is shared by several (A17).
    """

    subjects: tuple[Subject, ...]
    how: Remark | None
    origin: Origin | None


class Prepared:
    """A legal framework with its tables; share one among all its students.

    Made by ``prepare``. Only memo tables change after that, and never what they say.
    """

    def __init__(self, framework: Framework, scale: int = 1) -> None:
        require_legal(framework)
        self.framework = framework
        self.scale = lcm(scale, scale_for(_numbers(framework)))
        self.decimals = Decimals(self.scale)
        self._units: dict[Decimal, int] = {}
        self._finer: dict[int, Prepared] = {}
        self._tree(framework.areas)
        self._subjects(framework.lines)
        self._names(framework)
        self.graduation = self.units(framework.graduation_credits)
        self.exempt = _exempt(framework)
        self.unused = tuple(
            FlexibleUse(number, Decimal(0), _shown_limit(framework, rule), exceeded=False)
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
        self.area_fields = [
            {
                "code": area.code,
                "min_credits": area.min_credits,
                "min_courses": area.min_courses,
                "children": codes,
            }
            for area, codes in zip(areas, self.child_codes, strict=True)
        ]
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
        self.plain_fields = [self._plain_fields(subject) for subject in self.subjects]
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

    def _plain_fields(self, subject: Subject) -> dict[str, Any]:
        """Fields of the ``EnrolmentResult`` of a course that counts at a plain place.

        Empty when there is no such place, or when its credits count nowhere.
        """
        spot = subject.plain
        if spot is None or spot.line is None or not (spot.area >= 0 or spot.in_total):
            return {}
        return {
            "key": 0,
            "reason": Reason.COUNTS,
            "areas": (self.areas[spot.area].code,) if spot.area >= 0 else (),
            "line": spot.line.key,
            "counted_credits": spot.line.credits,
            "in_progress": False,
            "origin": None,
            "tickable": False,
            "decided_term": None,
            "remarks": (),
        }

    def _plain(self, subject: Subject) -> Plain | None:
        spot = subject.plain
        if spot is None:
            return None
        return spot.area, subject.credits, subject.units, spot.required, spot.in_total

    def _subject(self, number: int, code: str, lines: list[Line]) -> Subject:
        places = places_of(self._spot(line) for line in lines)
        spots = places.spots
        simple = all(
            spot.floor is None and (spot.area < 0 or not self.capped[spot.area]) for spot in spots
        )
        plain = spots[0] if simple and len(spots) == 1 else None
        size = lines[0].credits
        return Subject(number, code, places, plain, simple and places.even, size, self.units(size))

    def _spot(self, line: Line) -> Spot:
        area = TOTAL_ONLY if line.area is None else self.number[line.area]
        floor = None if area < 0 else self.floor[area]
        return Spot(area, line, floor, line.required, line.counts_in_total, line.shareable)

    # -- matching tables (A14–A17)

    def _names(self, framework: Framework) -> None:
        self._matches: dict[tuple[str, bool, str, str, Decimal], Match] = {}
        self._equals = _classes(framework)
        by_class: dict[int, list[Subject]] = {}
        for code, number in self.by_code.items():
            if code in self._equals:
                by_class.setdefault(self._equals[code], []).append(self.subjects[number])
        self._by_class = {key: tuple(each) for key, each in by_class.items()}
        by_name: dict[tuple[str, Decimal], dict[int, Subject]] = {}
        for line in framework.lines:
            subject = self.of_line[line.key][0]
            key = (normalised(line.name), line.credits)
            by_name.setdefault(key, {})[subject.number] = subject
        self._by_name = {key: tuple(each.values()) for key, each in by_name.items()}

    def match(self, enrolment: Enrolment) -> Match:
        """The subjects that ``enrolment`` may stand for, or its origin outside (I5).

        By code; else by equivalence; else by name and equal credits when the
        framework's own department offered it. Never what another school taught (A15).
        """
        e = enrolment
        key = (e.code, not e.school, e.department, e.name, e.credits)
        found = self._matches.get(key)
        if found is None:
            found = self._matches[key] = self._match(e)
        return found

    def _match(self, e: Enrolment) -> Match:
        origin = self.origin(e)
        if origin is Origin.OFF_CAMPUS:
            return Match((), None, origin)
        number = self.by_code.get(e.code)
        if number is not None:
            return Match((self.subjects[number],), None, None)
        subjects = self._by_class.get(self._equals.get(e.code, -1), ())
        if subjects:
            return Match(subjects, Remark.MATCHED_BY_EQUIVALENT, None)
        if origin is Origin.OTHER_ENTRY_YEAR and normalised(e.name):
            subjects = self._by_name.get((normalised(e.name), e.credits), ())
            if subjects:
                return Match(subjects, Remark.MATCHED_BY_NAME, None)
        return Match((), None, origin)

    def origin(self, enrolment: Enrolment) -> Origin:
        """Why the course lies outside the framework, if it matches nothing (I5).

        A course of this school without an offering department counts as another
        department's: that it is the student's own needs to be on record.
        """
        if enrolment.school:
            return Origin.OFF_CAMPUS
        if enrolment.department and enrolment.department == self.framework.department:
            return Origin.OTHER_ENTRY_YEAR
        return Origin.OTHER_DEPARTMENT

    def course_class(self, code: str) -> int | str:
        """The same for every code that stands for the same course."""
        return self._equals.get(code, code)

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

    def finer(self, amounts: Iterable[Decimal]) -> Prepared:
        """The same framework in units that make all of ``amounts`` whole too."""
        scale = lcm(self.scale, scale_for(amounts))
        if scale not in self._finer:
            self._finer[scale] = Prepared(self.framework, scale)
        return self._finer[scale]


class FinerCredits(Exception):
    """An enrolment's credits are not whole in the framework's units; caught inside."""


def prepare(framework: Framework | Prepared) -> Prepared:
    """``framework`` with its tables built; typed errors when it is not legal."""
    return framework if isinstance(framework, Prepared) else Prepared(framework)


def _exempt(framework: Framework) -> frozenset[Origin]:
    """Origins whose courses use up no limit at all (D17)."""
    exempt: set[Origin] = set()
    for rule in framework.flexible_rules:
        if rule.exempt:
            exempt.update(Origin if rule.origin is None else (rule.origin,))
    return frozenset(exempt)


def _shown_limit(framework: Framework, rule: FlexibleRule) -> Decimal | None:
    """The limit as ``FlexibleUse`` shows it: a share in credits, none when exempt."""
    if rule.exempt or rule.limit is None or rule.unit is not Unit.SHARE:
        return None if rule.exempt else rule.limit
    limit = EXACT.multiply(rule.limit, framework.graduation_credits)
    return limit.normalize(EXACT) if limit % 1 else Decimal(int(limit))


def _numbers(framework: Framework) -> Iterable[Decimal]:
    yield framework.graduation_credits
    for line in framework.lines:
        yield line.credits
    for area in framework.areas:
        yield area.min_credits
        if area.max_credits is not None:
            yield area.max_credits
    for rule in framework.flexible_rules:
        if rule.limit is not None and rule.unit is Unit.CREDITS:
            yield rule.limit


def _classes(framework: Framework) -> dict[str, int]:
    """Course code → number of its class of equivalents, both ways and through chains."""
    root: dict[str, str] = {}

    def find(code: str) -> str:
        while root.setdefault(code, code) != code:
            root[code] = root[root[code]]
            code = root[code]
        return code

    for code, others in framework.equivalents.items():
        for other in others:
            root[find(code)] = find(other)
    numbers: dict[str, int] = {}
    return {code: numbers.setdefault(find(code), len(numbers)) for code in list(root)}
