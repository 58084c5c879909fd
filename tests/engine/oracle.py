"""A brute-force auditor that shares nothing with the engine but its values.

It tries every placement of every course, and of the legal ones keeps the best by
docs/readings.md A8, then the credits area by area (A3). Only for small cases: courses of
distinct codes, all matched by code. For large ones there is ``cp_oracle``.
"""

from decimal import Decimal
from itertools import combinations, product

from degree_audit import State

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


def loads(framework, enrolments, chosen):
    """Per area: credits and courses of the courses that count in it or below it."""
    held = {area.code: Decimal(0) for area in framework.areas}
    courses = {area.code: 0 for area in framework.areas}
    for enrolment, lines in zip(enrolments, chosen, strict=True):
        for code in {c for line in lines if line.area for c in up(framework, line.area)}:
            held[code] += enrolment.credits
            courses[code] += 1
    return held, courses


def value(framework, enrolments, chosen):
    """How good a placement is; None when it passes a cap."""
    held, courses = loads(framework, enrolments, chosen)
    for area in framework.areas:
        if area.max_credits is not None and held[area.code] > area.max_credits:
            return None
    ends = leaves(framework)
    short = [max(Decimal(0), area.min_credits - held[area.code]) for area in ends]
    few = [max(0, area.min_courses - courses[area.code]) for area in ends]
    total = sum(
        (
            e.credits
            for e, lines in zip(enrolments, chosen, strict=True)
            if any(line.counts_in_total for line in lines)
        ),
        Decimal(0),
    )
    return (
        sum(not s and not f for s, f in zip(short, few, strict=True)),
        -sum(short),
        -sum(few),
        total,
        tuple(held[area.code] for area in ends),
    )


def best(framework, enrolments):
    """The value of the best placement of all that counts."""
    counting = [e for e in enrolments if e.state in COUNTING]
    options = [places(framework, e) for e in counting]
    values = (value(framework, counting, chosen) for chosen in product(*options))
    return max(v for v in values if v is not None)


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
