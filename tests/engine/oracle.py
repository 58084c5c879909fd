"""A brute-force auditor that shares nothing with the engine but its values.

It tries every placement of every course, and of the legal ones keeps the best by
docs/readings.md A8, then the credits area by area (A3). Only for small cases: courses of
distinct codes, all matched by code. For large ones there is ``cp_oracle``.
"""

from decimal import Decimal
from itertools import combinations, product

from degree_audit import State

ZERO = Decimal(0)
COUNTING = {State.PASSED, State.TRANSFERRED, State.IN_PROGRESS}


def leaves(framework):
    parents = {area.parent for area in framework.areas}
    return [area for area in framework.areas if area.code not in parents]


def up(framework, code):
    """The area's code and those of all that contain it."""
    by_code = {area.code: area for area in framework.areas}
    chain = []
    while code is not None:
        chain.append(code)
        code = by_code[code].parent
    return chain


def open_lines(framework, enrolment):
    """The lines at which one course may count: of its code, and no grade floor in the way."""
    by_code = {area.code: area for area in framework.areas}
    return [
        line
        for line in framework.lines
        if line.code == enrolment.code
        and all(
            by_code[area].min_score is None
            or enrolment.score is None
            or enrolment.score >= by_code[area].min_score
            for area in up(framework, line.area)
        )
    ]


def places(framework, enrolment):
    """Every legal set of lines at which one course may count, the empty one included."""
    lines = open_lines(framework, enrolment)
    in_areas = [line for line in lines if line.area is not None]
    options = [()]
    options += [(line,) for line in lines if line.area is None]
    for size in range(1, len(in_areas) + 1):
        for chosen in combinations(in_areas, size):
            if size == 1 or sum(not line.shareable for line in chosen) <= 1:
                options.append(chosen)
    return options


class Asked:
    """What a framework asks, read once for the many placements that are tried."""

    def __init__(self, framework):
        self.inside = {a.code: frozenset(up(framework, a.code)) for a in framework.areas}
        self.leaves = leaves(framework)
        self.caps = [(a.code, a.max_credits) for a in framework.areas if a.max_credits is not None]

    def areas(self, codes):
        """All areas in which a course counts that has places in these; None is no area."""
        return frozenset().union(*(self.inside[code] for code in codes if code is not None))

    def value(self, placed, lacks=()):
        """How good a placement is; None when it passes a cap.

        ``placed``: of each course its credits, the areas that it counts in, and whether it counts
        in the total. ``lacks``: credits and courses that are missing elsewhere, one pair for each
        thing that asks for them.
        """
        held = dict.fromkeys(self.inside, ZERO)
        courses = dict.fromkeys(self.inside, 0)
        total = ZERO
        for size, areas, in_total in placed:
            for code in areas:
                held[code] += size
                courses[code] += 1
            if in_total:
                total += size
        for code, most in self.caps:
            if held[code] > most:
                return None
        short = [max(ZERO, area.min_credits - held[area.code]) for area in self.leaves]
        few = [max(0, area.min_courses - courses[area.code]) for area in self.leaves]
        short += [size for size, _ in lacks]
        few += [number for _, number in lacks]
        met = sum(not s and not f for s, f in zip(short, few, strict=True))
        return met, -sum(short), -sum(few), total, tuple(held[area.code] for area in self.leaves)


def best(framework, enrolments):
    """The value of the best placement of all that counts."""
    asked = Asked(framework)
    options = [
        [
            (
                one.credits,
                asked.areas(line.area for line in lines),
                any(line.counts_in_total for line in lines),
            )
            for lines in places(framework, one)
        ]
        for one in enrolments
        if one.state in COUNTING
    ]
    return max(value for way in product(*options) if (value := asked.value(way)) is not None)


def value_of(framework, result):
    """The same figures, read from an audit's result without ticks and decisions."""
    rows = {row.code: row for row in result.areas}
    ends = [rows[area.code] for area in leaves(framework)]
    return (
        sum(row.met for row in ends),
        -sum(row.missing_credits for row in ends),
        -sum(row.missing_courses for row in ends),
        result.taken,
        tuple(row.taken for row in ends),
    )
