"""Students of a double major: two frameworks of 128 credits, and rules on what may count in both.

Drawn from a seed, as real ones are built: general education of 28 credits that both ask,
required subjects of which some are in both, electives of the own department, of which some are
in the other's list, and whatever else is taken as free electives. A plan is hidden in each
instance, by which everything can be met; the *situation* says how much of it is there.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import NamedTuple

from degree_audit import Area, Enrolment, Framework, Line, Offering, Selector, Sharing, State

SITUATIONS = ("ample", "tight", "missing", "half")
"""Some courses more than the plan; just the plan; one course of it is not; half of it taken."""

WHOLE = 128
DOMAINS = ("人文", "社會", "自然", "資訊")
GENERAL, REQUIRED, ELECTIVE = 28, 16, 8
"""Credits of general education; required subjects; electives that are asked."""


class Instance(NamedTuple):
    """One student: the main framework, the other, the rule of the other, and what was taken."""

    main: Framework
    other: Framework
    sharing: Sharing
    enrolments: tuple[Enrolment, ...]


class _Course(NamedTuple):
    code: str
    credits: int
    domain: str = ""


def draw(situation: str, seed: int) -> Instance:
    """The same instance for the same words on every machine."""
    rng = random.Random(f"double major {situation} {seed}")
    general = _general(rng)
    both = [_Course(f"X{n:02}", rng.choice((2, 3, 3))) for n in range(rng.randint(2, 6))]
    listed = {letter: _department(rng, letter, both) for letter in "AB"}
    frameworks = {
        letter: _framework(rng, letter, *listed[letter], listed["B" if letter == "A" else "A"][1])
        for letter in "AB"
    }
    plan = _plan(rng, general, listed)
    shared = sum(one.credits for one in general) + sum(one.credits for one in both)
    slack = rng.choice((0, 3, 6)) if situation == "ample" else 0
    own = rng.choice((0, 40, WHOLE - shared))
    sharing = Sharing(Decimal(shared + slack), Decimal(own))
    return Instance(frameworks["A"], frameworks["B"], sharing, _taken(rng, situation, plan))


def _general(rng: random.Random) -> list[_Course]:
    """Courses of general education of 28 credits, of every domain some."""
    sizes = [2] * 14
    for _ in range(rng.randint(0, 4)):
        sizes = [*sizes[3:], 3, 3]
    return [_Course(f"G{n:02}", size, DOMAINS[n % 4]) for n, size in enumerate(sizes)]


def _department(
    rng: random.Random, letter: str, both: list[_Course]
) -> tuple[list[_Course], list[_Course]]:
    """The required subjects of one department, the common ones first, and its electives."""
    number = REQUIRED - len(both)
    required = [_Course(f"{letter}R{n:02}", rng.choice((2, 3, 3, 4))) for n in range(number)]
    electives = [_Course(f"{letter}E{n:02}", rng.choice((2, 3, 3))) for n in range(2 * ELECTIVE)]
    return [*both, *required], electives


def _framework(
    rng: random.Random,
    letter: str,
    required: list[_Course],
    electives: list[_Course],
    others: list[_Course],
) -> Framework:
    """One framework; some electives of the other department are among its own."""
    areas = [Area("G", "通識", min_credits=Decimal(GENERAL))]
    areas += [
        Area(f"G{n}", domain, "G", min_credits=Decimal(4), selector=Selector((domain,)))
        for n, domain in enumerate(DOMAINS)
    ]
    asked = sum(one.credits for one in electives[:ELECTIVE])
    areas += [
        Area("R", "專業必修", min_credits=Decimal(sum(one.credits for one in required))),
        Area("E", "專業選修", min_credits=Decimal(asked)),
        Area("F", "自由選修", selector=Selector(prefixes=("A", "B", "X", "F"))),
    ]
    listed = [*electives, *rng.sample(others, rng.randint(0, 4))]
    rows = [(one, "R") for one in required] + [(one, "E") for one in listed]
    lines = tuple(
        Line(key, one.code, one.code, Decimal(one.credits), area, required=area == "R")
        for key, (one, area) in enumerate(rows, 1)
    )
    return Framework(letter, letter, Decimal(WHOLE), tuple(areas), lines)


def _plan(
    rng: random.Random,
    general: list[_Course],
    listed: dict[str, tuple[list[_Course], list[_Course]]],
) -> list[_Course]:
    """Courses with which both can be met: 128 credits for each, common ones for both."""
    plan = {one.code: one for one in general}
    for required, electives in listed.values():
        own = [*required, *electives[:ELECTIVE]]
        plan.update((one.code, one) for one in own)
        left = WHOLE - sum(one.credits for one in (*general, *own))
        free = 0
        while left > 0:
            size = left if left < 4 else rng.choice((2, 3)) if left != 4 else 2
            one = _Course(f"F{own[-1].code}{free:02}", size)
            plan[one.code] = one
            left, free = left - size, free + 1
    return list(plan.values())


def _taken(rng: random.Random, situation: str, plan: list[_Course]) -> tuple[Enrolment, ...]:
    taken = plan
    if situation == "half":
        taken = rng.sample(plan, len(plan) // 2)
    if situation == "missing":
        failed = rng.randrange(len(plan))
        taken = [*plan[:failed], *plan[failed + 1 :]]
    if situation == "ample":
        taken = [*plan, *(_Course(f"FX{n}", 3) for n in range(rng.randint(1, 5)))]
    return tuple(
        Enrolment(
            key=key,
            term=1131,
            code=one.code,
            name=one.code,
            credits=Decimal(one.credits),
            state=State.PASSED,
            score=Decimal(80),
            offering=Offering(domain=one.domain),
        )
        for key, one in enumerate(taken, 1)
    )
