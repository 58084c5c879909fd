"""Frameworks that are hard to search: what brought an older engine to no end, and its kin."""

import random
from decimal import Decimal

from degree_audit import Area, Enrolment, Framework, Line, State
from random_cases import hard

THREE = Decimal(3)


def sharing(subjects, areas=3, cap=9, needs=6):
    """``areas`` capped areas, in all of which all ``subjects`` may count at once."""
    return _framework(
        [
            Area(f"A{n}", f"A{n}", min_credits=Decimal(needs), max_credits=Decimal(cap))
            for n in range(areas)
        ],
        [
            (f"C{course:02}", THREE, f"A{n}", True)
            for course in range(subjects)
            for n in range(areas)
        ],
    )


def unlike_sharing(rng, subjects=9, areas=3):
    """As ``sharing``, with subjects of different credits and in different areas."""
    lines = []
    for course in range(subjects):
        size = Decimal(rng.choice((1, 2, 3, 4)))
        for number in sorted(rng.sample(range(areas), rng.choice((2, 3)))):
            lines.append((f"C{course:02}", size, f"A{number}", rng.random() < 0.8))
    return _framework(
        [
            Area(
                f"A{n}",
                f"A{n}",
                min_credits=Decimal(rng.randint(3, 9)),
                max_credits=Decimal(rng.randint(8, 12)),
            )
            for n in range(areas)
        ],
        lines,
    )


def under_parents(rng, courses=40, areas=8):
    """Areas in pairs, each pair under a capped parent; most courses in two or three of them."""
    parents = [
        Area(f"P{n}", f"P{n}", max_credits=Decimal(rng.randint(18, 24))) for n in range(areas // 2)
    ]
    leaves = [
        Area(f"A{n}", f"A{n}", f"P{n // 2}", min_credits=Decimal(rng.randint(8, 12)))
        for n in range(areas)
    ]
    return _framework([*parents, *leaves], _overlapping(rng, courses, areas, 0.6))


def overlapping(rng, courses=60, areas=12, overlap=0.9):
    """Many courses in up to five of many areas, which ask nearly all there is."""
    lines = _overlapping(rng, courses, areas, overlap)
    whole = sum({code: size for code, size, _area, _shared in lines}.values())
    asks = int(whole / areas * Decimal("0.95"))
    return _framework(
        [Area(f"A{n}", f"A{n}", min_credits=Decimal(asks)) for n in range(areas)], lines
    )


def _overlapping(rng, courses, areas, overlap):
    lines = []
    for course in range(courses):
        size = Decimal(rng.randint(1, 6))
        many = rng.randint(2, 5) if rng.random() < overlap else 1
        for number in sorted(rng.sample(range(areas), many)):
            lines.append((f"C{course:02}", size, f"A{number}", False))
    return lines


def _framework(areas, rows):
    lines = tuple(
        Line(key, code, code, size, area, shareable=shareable)
        for key, (code, size, area, shareable) in enumerate(rows, 1)
    )
    return Framework("F", "D", Decimal(30), tuple(areas), lines)


def taken(framework, share=1.0, seed=0):
    """Passed enrolments in ``share`` of the courses, drawn by ``seed``."""
    sizes = {line.code: line.credits for line in framework.lines}
    codes = sorted(random.Random(seed).sample(sorted(sizes), round(len(sizes) * share)))
    return tuple(
        Enrolment(key, 1131, code, code, sizes[code], State.PASSED, Decimal(80), department="D")
        for key, code in enumerate(codes, 1)
    )


def large(seed):
    """A large case of each kind that CP-SAT solves in a moment: framework and enrolments."""
    nearly, _ = hard(random.Random(seed), 0.6, 1.0)
    parents = under_parents(random.Random(seed))
    shared = unlike_sharing(random.Random(seed), subjects=14, areas=4)
    many = overlapping(random.Random(seed), courses=40, areas=8)
    for framework in (nearly, parents, shared, many):
        yield framework, taken(framework)
        yield framework, taken(framework, 0.5, seed)
