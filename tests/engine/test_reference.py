"""The engine against the sentences of the requirement model, all kinds of rules at once."""

import random
from dataclasses import replace

import oracle
import reference
from degree_audit import Offering, Selector, audit
from hypothesis import settings
from random_cases import overlapping

CASES = settings().max_examples * 10
"""So many; fewer before a commit. 20,000 were compared when the sentences were written."""

DOMAINS = ("人文", "社會", "自然")


def mixed(rng):
    """A framework of all kinds of rules, and up to five courses of different codes."""
    flags = ("caps", "floors", "shared", "parents", "total")
    made, enrolments = overlapping(rng, **{flag: rng.random() < 0.4 for flag in flags})
    codes = sorted({line.code for line in made.lines})
    ends = {area.code for area in oracle.leaves(made)}
    areas = tuple(
        replace(area, selector=selector(rng)) if area.code in ends and rng.random() < 0.5 else area
        for area in made.areas
    )
    equivalents = {}
    for code in codes:
        if rng.random() < 0.3:
            equivalents[code] = {f"E{code}"}
        if len(codes) > 1 and rng.random() < 0.2:
            other = rng.choice([one for one in codes if one != code])
            equivalents.setdefault(code, set()).add(other)
    made = replace(
        made,
        areas=areas,
        equivalents={code: frozenset(others) for code, others in equivalents.items()},
    )
    return made, tuple(changed(rng, one) for one in enrolments[:5])


def selector(rng):
    return Selector(
        domains=tuple(rng.sample(DOMAINS, rng.choice((1, 2)))) if rng.random() < 0.8 else (),
        prefixes=rng.choice(((), ("X",))),
        exceptions=rng.choice(((), (), ("X101",))),
    )


def changed(rng, one):
    """An enrolment as it is, under an older code, or in an offering of general education."""
    how = rng.random()
    if how < 0.5:
        return one
    if how < 0.65:
        return replace(one, code=f"E{one.code}")
    return replace(
        one,
        code=f"X{one.key}",
        name=f"通識{one.key}",
        offering=Offering(rng.choice((*DOMAINS, ""))),
        school=rng.choice(("", "", "", "S")),
    )


def test_the_audit_is_what_the_sentences_say_on_random_cases_of_all_kinds():
    for seed in range(CASES):
        made, enrolments = mixed(random.Random(seed))
        result = audit(made, enrolments)
        assert oracle.value_of(made, result) == reference.best(made, enrolments), seed
