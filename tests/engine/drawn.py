"""Whole random cases: a framework, what a student took, what was decided and ticked.

The framework and the first courses come from ``random_cases.overlapping`` with every
kind of difficulty at once; here comes what makes a transcript of it: repeats, failures,
equivalents, shared names, courses from elsewhere, flexible rules, decisions and ticks.

They are drawn from numbered seeds and not by hypothesis, which draws no better cases from a seed,
can make none of them smaller, and took longer than the audits.
"""

import inspect
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import wraps
from typing import NamedTuple

import degree_audit
from degree_audit import (
    Area,
    Decision,
    DecisionKind,
    Enrolment,
    FlexibleRule,
    Framework,
    Origin,
    Reading,
    State,
    Unit,
)
from hypothesis import settings
from random_cases import overlapping

TERMS = (1111, 1112, 1121, 1122)
SCORES = tuple(map(Decimal, (60, 75, 80, 95)))
PLACING = (DecisionKind.MAPPED, DecisionKind.FORCED, DecisionKind.SUBSTITUTED)


class Case(NamedTuple):
    """All that one audit is made from."""

    framework: Framework
    enrolments: tuple[Enrolment, ...]
    decisions: tuple[Decision, ...] = ()
    ticks: frozenset[int] = frozenset()


def tickable(framework, enrolments, decisions=()):
    """What may be ticked of a case that is asked nothing else."""
    return degree_audit.Case(framework, enrolments, decisions).tickable


def suggest_ticks(framework, enrolments, decisions=()):
    """The suggestion of a case that is asked nothing else."""
    return degree_audit.Case(framework, enrolments, decisions).suggestion


MANY = settings().max_examples
"""So many cases unless a test asks for more; fewer before a commit."""


def so_many(number):
    """So many cases of a kind that takes long; a tenth of them before a commit, at least one."""
    return max(1, number * MANY // settings.get_profile("thorough").max_examples)


class UnfitError(Exception):
    """Raised by a test whose case lacks what the test is about: it gets another one."""


def fit(condition):
    """Go on with this case only where the condition holds; one in ten has to be fit at least."""
    if not condition:
        raise UnfitError


def on_cases(number=MANY, **kinds):
    """Run a test on so many random cases; a failure tells the seed of its case, and the case.

    They are the same in every run until the test has another name, which is part of the seed. The
    test names what it takes: ``case`` (``kinds`` as of ``drawn_case``), ``other`` (one more),
    ``reading`` and ``rng``.
    """
    assert number > 0
    draws = {
        "case": lambda rng: drawn_case(rng, **kinds),
        "other": lambda rng: drawn_case(rng, **kinds),
        "reading": lambda rng: rng.choice(list(Reading)),
        "rng": lambda rng: rng,
    }

    def decorated(test: Callable[..., None]) -> Callable[[], None]:
        names = inspect.signature(test).parameters

        @wraps(test)
        def run():
            tried = fitting = 0
            while fitting < number:
                seed = f"{test.__name__} {tried}"
                rng = random.Random(seed)
                given = {name: draws[name](rng) for name in names}
                tried += 1
                try:
                    test(**given)
                except UnfitError:
                    assert tried < 10 * number, f"{fitting} of {tried} cases are fit"
                except BaseException as fault:
                    told = {name: one for name, one in given.items() if name != "rng"}
                    fault.add_note(f"drawn from random.Random({seed!r}): {told}")
                    raise
                else:
                    fitting += 1

        del run.__wrapped__  # pytest would ask for the parameters of the test itself
        return run

    return decorated


def drawn_case(rng, *, decided=True, odd_credits=True):
    """``decided``: with decisions and ticks. ``odd_credits``: attempts may have other
    credits than their line (A14)."""
    flags = ("caps", "floors", "shared", "parents", "total")
    framework, taken = overlapping(rng, **{flag: rng.random() < 0.4 for flag in flags})
    framework = _with_a_root(rng, _with_shared_names(rng, framework))
    codes = sorted({line.code for line in framework.lines})
    framework = replace(
        framework,
        equivalents=_equivalents(rng, framework, codes),
        flexible_rules=tuple(_rule(rng) for _ in range(rng.choice((0, 1, 2)))),
    )
    taken = tuple(enrolment for enrolment in taken if rng.random() < 0.75)
    taken += tuple(
        _attempt(rng, framework, codes, key, odd_credits) for key in range(1, rng.randint(1, 7))
    )
    case = Case(framework, taken)
    if decided and rng.random() < 0.7:
        keys = [0, *(enrolment.key for enrolment in taken)]
        decisions = [_decision(rng, framework, keys) for _ in range(rng.randint(1, 4))]
        case = case._replace(decisions=tuple(decisions))
    if decided:
        may = sorted(tickable(*case[:3]))
        case = case._replace(ticks=frozenset(key for key in may if rng.random() < 0.5))
    return case


def _with_shared_names(rng, framework):
    """Sometimes two subjects of equal credits carry one name (A17)."""
    if rng.random() < 0.7:
        return framework
    size = {line.code: line.credits for line in framework.lines}
    names = {line.code: line.name for line in framework.lines}
    first, second = rng.choice(sorted(size)), rng.choice(sorted(size))
    if size[first] == size[second]:
        names[second] = names[first]
    return replace(
        framework, lines=tuple(replace(line, name=names[line.code]) for line in framework.lines)
    )


def _with_a_root(rng, framework):
    """Sometimes everything is under one area that asks for some of its children."""
    if rng.random() < 0.7:
        return framework
    tops = [area.code for area in framework.areas if area.parent is None]
    root = Area(
        "R",
        "R",
        min_credits=Decimal(rng.choice((0, 6))),
        max_credits=Decimal(12) if rng.random() < 0.3 else None,
        min_children=rng.choice((None, rng.randint(0, len(tops)))),
    )
    under = (replace(a, parent="R") if a.code in tops else a for a in framework.areas)
    return replace(framework, areas=(root, *under))


def _equivalents(rng, framework, codes):
    """An old code for some courses; sometimes one for two, or one course for another."""
    size = {line.code: line.credits for line in framework.lines}
    stands_for = {f"E{code}": frozenset({code}) for code in codes if rng.random() < 0.4}
    first, second = rng.choice(codes), rng.choice(codes)
    if rng.random() < 0.2 and size[first] == size[second]:
        stands_for["E"] = frozenset({first, second})
    equivalents: dict[str, set[str]] = {}
    for other, subjects in stands_for.items():
        for code in subjects:
            equivalents.setdefault(code, set()).add(other)
    if rng.random() < 0.3 and first != second:
        equivalents.setdefault(first, set()).add(second)
    return {code: frozenset(others) for code, others in equivalents.items()}


def _rule(rng):
    unit = rng.choice(list(Unit))
    limit = {
        Unit.CREDITS: Decimal(rng.randint(0, 7)),
        Unit.COURSES: Decimal(rng.randint(0, 3)),
        Unit.SHARE: Decimal(rng.choice(("0.25", "0.5"))),
    }[unit]
    return FlexibleRule(
        rng.choice((None, *Origin)),
        unit,
        rng.choice((None, limit, limit)),
        prior_approval=rng.random() < 0.2,
        exempt=rng.random() < 0.15,
    )


def _attempt(rng, framework, codes, key, odd_credits):
    """An attempt of any state at a course of the framework, or at one from elsewhere."""
    how = rng.choice(("code", "code", "equivalent", "of two", "name", "elsewhere", "elsewhere"))
    wanted = rng.choice(codes)
    if how == "of two":
        known = (code for code, others in framework.equivalents.items() if "E" in others)
        wanted = min(known, default=wanted)
    line = next(line for line in framework.lines if line.code == wanted)
    state = rng.choice((State.PASSED,) * 3 + tuple(State))
    graded = state in (State.PASSED, State.FAILED)
    code, name = {
        "code": (line.code, line.name),
        "equivalent": (f"E{line.code}", "an older name"),
        "of two": ("E", "an older name"),
        "name": ("N", line.name),
        "elsewhere": (f"X{rng.randint(1, 3)}", "from elsewhere"),
    }[how]
    return Enrolment(
        key=key,
        term=rng.choice(TERMS),
        code=code,
        name=name,
        credits=Decimal(rng.randint(1, 4)) if odd_credits and rng.random() < 0.2 else line.credits,
        state=state,
        score=rng.choice(SCORES) if graded else None,
        department=rng.choice("DDO"),
        school=rng.choice(("", "", "", "S")),
        term_over=rng.random() < 0.5,
    )


def _decision(rng, framework, keys):
    kind = rng.choice(list(DecisionKind))
    line = rng.choice((None, *(line.key for line in framework.lines), 999))
    area = rng.choice((None, *(area.code for area in framework.areas), "nowhere"))
    return Decision(
        kind,
        None if kind is DecisionKind.WAIVED else rng.choice(keys),
        area=area if kind in PLACING else None,
        line=line if kind in PLACING or kind is DecisionKind.WAIVED else None,
        term=rng.choice((None, *TERMS)),
    )
