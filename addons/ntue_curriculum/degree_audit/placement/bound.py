"""Placing under counting rules: limits across areas, courses that go together, branches (A51).

What the rules forbid is looked for last. First everything is placed as if there were none: where
that keeps to the rules and brings every limit to what it asks, nothing is better. Elsewhere few
courses are tried in every way, and more are handed to the solver that others keep
(bound_program.py). Where that is not installed or does not finish, what breaks a rule is
taken back and single moves make the rest better: the answer is not proven best then (A33).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product
from math import prod
from operator import itemgetter
from typing import NamedTuple

from ..framework.counting import Limit
from ..framework.prepared import PreparedFramework
from ..framework.spots import Spot
from . import kept_solver
from .allocation import allocate
from .bound_program import BoundProgram
from .budget import Budget
from .courses import Course, Placement
from .tally import Tally
from .unlike_places import openings_of
from .worth import WORST, Worth, worth

FEW = 4_000
"""Ways to place the courses, all of which are tried."""

TRIED = 10
"""Steps that one of them takes."""

Answer = tuple[Worth, list[Placement]]


def allocate_bound(
    prepared: PreparedFramework,
    courses: list[Course],
    tally: Tally,
    budget: Budget,
    waived: frozenset[int],
) -> Answer:
    """The best placement of ``courses`` that keeps to the counting rules, and what it is worth.

    ``tally``: nothing is placed yet. ``waived``: numbers of subjects that need not be taken.
    """
    rules = Rules(prepared, courses, tally, waived)
    placements = allocate(prepared, courses, tally, budget)
    if rules.are_kept(placements) and rules.are_met(placements):
        return rules.worth(placements), placements
    options = [ways_of(course) for course in courses]
    number = prod(map(len, options))
    if number <= FEW and budget.may(TRIED * number):
        budget.steps -= TRIED * number
        return rules.best_of(options)
    return _handed_over(rules, placements, options, budget)


def _handed_over(
    rules: Rules, placements: list[Placement], options: list[list[Placement]], budget: Budget
) -> Answer:
    """From the kept solver, if it is there and proves it; else the best that is found."""
    found: list[Answer] = []
    if kept_solver.is_there() and budget.iterations > 0:
        program = BoundProgram(rules.prepared, rules.courses, rules.tally, rules)
        solved = kept_solver.solve(program, budget.iterations)
        budget.iterations -= solved.iterations
        if solved.values is not None:
            answer = program.placements(solved.values)
            if rules.are_kept(answer):
                value = rules.worth(answer)
                found.append((value, answer))
                same = [*value[:-1], *value[-1]] == solved.worth
                if same and solved.proven == len(solved.worth):
                    return found[0]
    budget.proven = False
    found.append(_improved(rules, rules.repaired(placements), options, budget))
    return max(found, key=itemgetter(0))


def _improved(
    rules: Rules, placements: list[Placement], options: list[list[Placement]], budget: Budget
) -> Answer:
    """``placements`` after every move of one course that makes them better."""
    best = rules.worth(placements)
    moved = True
    while moved:
        moved = False
        for at, ways in enumerate(options):
            for way in ways:
                if way == placements[at]:
                    continue
                if not budget.move():
                    return best, placements
                trial = [*placements[:at], way, *placements[at + 1 :]]
                if rules.are_kept(trial) and (value := rules.worth(trial)) > best:
                    best, placements, moved = value, trial, True
    return best, placements


def ways_of(course: Course) -> list[Placement]:
    """Every set of places that the course may be at, the empty one last."""
    open_to = openings_of(course)
    if course.forced:
        taken = (*open_to.shared, *open_to.spots[:1])
        alone = () if open_to.elsewhere is None else (open_to.elsewhere,)
        return [tuple(sorted(taken or alone, key=_by_area))]
    sets = chain.from_iterable(
        combinations(open_to.shared, size) for size in range(len(open_to.shared), -1, -1)
    )
    ways = [
        tuple(sorted((*some, *one), key=_by_area))
        for some in sets
        for one in (*((spot,) for spot in open_to.spots), ())
        if some or one
    ]
    if open_to.elsewhere is not None:
        ways.append((open_to.elsewhere,))
    return [*ways, ()]


def _by_area(spot: Spot) -> tuple[bool, int]:
    return spot.area < 0, spot.area


class Group(NamedTuple):
    """``codes`` of which none counts unless all that are ``needed`` do."""

    codes: frozenset[str]
    needed: frozenset[str]


class Rules:
    """The counting rules of a framework before these courses.

    A forced course counts whatever a rule says, and leaves the others less room.
    ``members``: of each limit, the numbers of the courses that it selects. ``groups``: codes
    that count together, each with those of them that are not waived.
    """

    def __init__(
        self,
        prepared: PreparedFramework,
        courses: list[Course],
        tally: Tally,
        waived: frozenset[int],
    ) -> None:
        self.prepared, self.courses, self.tally = prepared, courses, tally
        counting = prepared.counting
        self.limits = counting.limits
        self.members = [
            [at for at, one in enumerate(courses) if limit.asked.select(one.enrolment)]
            for limit in self.limits
        ]
        by_code = prepared.by_code
        self.groups = [
            Group(group, frozenset(code for code in group if by_code[code] not in waived))
            for group in counting.groups
        ]

    # -- what they forbid

    def are_kept(self, placements: list[Placement]) -> bool:
        """Whether no rule, and no cap, forbids the placement."""
        return not (
            any(self._over(number, placements) for number in range(len(self.limits)))
            or any(self._broken(group, placements) for group in self.groups)
            or any(True for _ in self._crowded(placements))
            or self._passes_a_cap(placements)
        )

    def counted(self, number: int, placements: list[Placement]) -> Iterator[int]:
        """Numbers of the courses that count for a limit."""
        limit = self.limits[number]
        for at in self.members[number]:
            if any(limit.covers(spot.area) for spot in placements[at]):
                yield at

    def _over(self, number: int, placements: list[Placement]) -> list[int]:
        """The courses of one bucket of a limit that is passed, one at least not forced."""
        limit = self.limits[number]
        if not limit.is_capped:
            return []
        buckets: dict[object, list[int]] = {}
        for at in self.counted(number, placements):
            buckets.setdefault(limit.bucket(self.courses[at].enrolment), []).append(at)
        for members in buckets.values():
            free = [at for at in members if not self.courses[at].forced]
            units, count = room(limit, [self.courses[at] for at in members])
            if (units is not None and sum(self.courses[at].units for at in free) > units) or (
                count is not None and len(free) > count
            ):
                return free
        return []

    def _codes(self, placements: list[Placement]) -> set[str]:
        """Codes of the lines where something counts."""
        return {spot.line.code for placed in placements for spot in placed if spot.line}

    def _broken(self, group: Group, placements: list[Placement]) -> list[int]:
        """The courses that count at lines of ``group`` though others of it do not."""
        if group.needed <= self._codes(placements):
            return []
        return [
            at
            for at, placed in enumerate(placements)
            if not self.courses[at].forced
            and any(spot.line and spot.line.code in group.codes for spot in placed)
        ]

    def _crowded(self, placements: list[Placement]) -> Iterator[int]:
        """A child of each parent that has courses in too many, that with the least of them."""
        mask, children = self.prepared.leaf_mask, self.prepared.children
        for parent, most in self.prepared.counting.branches.items():
            held: dict[int, tuple[bool, int]] = {}
            for course, placed in zip(self.courses, placements, strict=True):
                for child in children[parent]:
                    if any(spot.area >= 0 and mask[child] >> spot.area & 1 for spot in placed):
                        forced, units = held.get(child, (False, 0))
                        held[child] = forced or course.forced, units + course.units
            free = [child for child, (forced, _) in held.items() if not forced]
            if len(held) > most and free:
                yield min(free, key=held.__getitem__)

    def _passes_a_cap(self, placements: list[Placement]) -> bool:
        held, forced = [0] * len(self.prepared.areas), [0] * len(self.prepared.areas)
        for course, placed in zip(self.courses, placements, strict=True):
            into = forced if course.forced else held
            for area in {up for spot in placed for up in self.prepared.above(spot)}:
                into[area] += course.units
        return any(
            cap is not None and own > max(0, cap - there)
            for cap, own, there in zip(self.prepared.cap, held, forced, strict=True)
        )

    def repaired(self, placements: list[Placement]) -> list[Placement]:
        """``placements`` without what breaks a rule."""
        placements = list(placements)
        mask = self.prepared.leaf_mask
        while not self.are_kept(placements):
            for child in list(self._crowded(placements)):
                placements = [
                    placed
                    if course.forced
                    else tuple(s for s in placed if s.area < 0 or not mask[child] >> s.area & 1)
                    for course, placed in zip(self.courses, placements, strict=True)
                ]
            for number in range(len(self.limits)):
                while members := self._over(number, placements):
                    placements[min(members, key=lambda at: self.courses[at].units)] = ()
            for group in self.groups:
                for at in self._broken(group, placements):
                    placements[at] = ()
        return placements

    # -- what they ask

    def lacks(self, placements: list[Placement]) -> Iterator[tuple[int, int]]:
        """Of each limit that asks for something, the units and the courses missing."""
        for number, limit in enumerate(self.limits):
            if limit.asks:
                members = list(self.counted(number, placements))
                units = sum(self.courses[at].units for at in members)
                yield max(0, limit.min_units - units), max(0, limit.min_courses - len(members))

    def are_met(self, placements: list[Placement]) -> bool:
        """Whether every limit has what it asks."""
        return not any(map(any, self.lacks(placements)))

    def worth(self, placements: list[Placement]) -> Worth:
        """As ``worth.worth``: what limits ask is asked as by leaf areas."""
        met, missing, short, *rest, leaves = worth(
            self.prepared, self.courses, placements, self.tally
        )
        lacks = list(self.lacks(placements))
        met += sum(not any(one) for one in lacks)
        missing -= sum(units for units, _ in lacks)
        short -= sum(number for _, number in lacks)
        total, mapped = rest
        return met, missing, short, total, mapped, leaves

    def best_of(self, options: list[list[Placement]]) -> Answer:
        """The best of every way to combine ``options``, the first of equals."""
        best: Answer = WORST, []
        for way in product(*options):
            placements = list(way)
            value = self.worth(placements)
            if value > best[0] and self.are_kept(placements):
                best = value, placements
        return best


def room(limit: Limit, members: Iterable[Course]) -> tuple[int | None, int | None]:
    """The units and courses that a limit leaves those of ``members`` that are not forced."""
    forced = [course for course in members if course.forced]
    units, count = limit.max_units, limit.max_courses
    if units is not None:
        units = max(0, units - sum(course.units for course in forced))
    if count is not None:
        count = max(0, count - len(forced))
    return units, count
