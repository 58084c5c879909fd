"""The engine against the sentences of the requirement model, all kinds of rules at once."""

import os
import random
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import oracle
import pytest
import reference
from degree_audit import (
    CountingRule,
    CourseSource,
    Decision,
    DecisionKind,
    Enrolment,
    Framework,
    Offering,
    Per,
    RuleKind,
    Selector,
    State,
    audit,
)
from degree_audit.placement import bound as placing_bound
from hypothesis import settings
from random_cases import SIZES, overlapping

CASES = int(os.environ.get("REFERENCE_CASES", settings().max_examples * 10))
"""So many; fewer before a commit. 20,000 were compared when the sentences were written."""

DOMAINS = ("人文", "社會", "自然")
NOT_PASSED = (State.IN_PROGRESS, State.FAILED, State.WITHDRAWN)


class Drawn(NamedTuple):
    """A random case. ``waived``: codes; ``together``: as ``reference.joined`` has it."""

    seed: int
    framework: Framework
    enrolments: tuple[Enrolment, ...]
    waived: list[str]
    together: list[tuple[tuple[int, ...], str]]

    def best(self):
        """The value that the sentences give."""
        return reference.best(self.framework, self.enrolments, self.waived, self.together)

    def audit(self):
        """The engine's audit."""
        line = {one.code: one.key for one in self.framework.lines}
        waived = [Decision(DecisionKind.WAIVED, line=line[code]) for code in self.waived]
        stands = [
            Decision(DecisionKind.SUBSTITUTED, keys[0], line=line[code], others=keys[1:])
            for keys, code in self.together
        ]
        return audit(self.framework, self.enrolments, [*waived, *stands])


def drawn(seed):
    """A case of all kinds, with rules across areas."""
    rng = random.Random(seed)
    made, enrolments, waived = bound(rng, *mixed(rng))
    return Drawn(seed, made, enrolments, waived, [])


def drawn_together(seed):
    """The same, and some courses may stand for one subject together."""
    case = drawn(seed)
    enrolments, together = helped(
        random.Random(f"together {seed}"), case.framework, case.enrolments
    )
    return case._replace(enrolments=enrolments, together=together)


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


def bound(rng, made, enrolments):
    """The same case with counting rules across its areas; third, the codes of waived lines."""
    enrolments = tuple(
        replace(
            one,
            offering=one.offering._replace(
                distance=rng.random() < 0.4,
                mooc=rng.random() < 0.2,
            ),
            department=rng.choice(("D", "D", "E")),
        )
        for one in enrolments
    )
    codes = list(dict.fromkeys(line.code for line in made.lines))
    rules = [limit(rng, made, codes, number) for number in range(rng.choice((0, 1, 1, 2)))]
    if len(codes) > 1:
        for kind in (RuleKind.ALL_OR_NONE, RuleKind.IN_ORDER):
            if rng.random() < 0.4:
                some = tuple(rng.sample(codes, rng.choice((2, 2, min(3, len(codes))))))
                rules.append(CountingRule(f"{kind}", "", kind, courses=some))
    areas = tuple(
        replace(
            area,
            max_children=1 if area.code == "P" and rng.random() < 0.5 else None,
            waivers_lower=rng.random() < 0.4,
        )
        for area in made.areas
    )
    waived = rng.sample(codes, 1) if rng.random() < 0.4 else []
    return replace(made, areas=areas, counting_rules=tuple(rules)), enrolments, waived


def limit(rng, made, codes, number):
    """A limit that asks for something, or lets no more than something count."""
    least = rng.random() < 0.5
    most = not least or rng.random() < 0.4
    kind = rng.choice(("distance", "source", "codes", "all"))
    area = rng.choice([None, *(area.code for area in made.areas)])
    return CountingRule(
        f"L{number}",
        "",
        courses=tuple(rng.sample(codes, len(codes) // 2)) if kind == "codes" else (),
        selector=Selector(distance="yes") if kind == "distance" else Selector(),
        sources=tuple(rng.sample(list(CourseSource), 2)) if kind == "source" else (),
        area=area,
        per=Per.WHOLE if least else rng.choice(list(Per)),
        min_credits=Decimal(rng.choice((0, 2, 4))) if least else Decimal(0),
        min_courses=rng.choice((1, 2)) if least else 0,
        max_credits=Decimal(rng.choice((2, 3, 5))) if most else None,
        max_courses=rng.choice((1, 2, None)) if most else None,
        max_share=rng.choice((Decimal("0.5"), None)) if most else None,
    )


def helped(rng, made, enrolments):
    """The enrolments, and decisions by which some of them stand for one subject together.

    Second, for each decision the keys of its courses and the code of the subject. Often they match
    nothing by themselves; they may have too few credits, and one may not be passed.
    """
    codes = list(dict.fromkeys(line.code for line in made.lines))
    kept = {one.key: one for one in enrolments}
    together = []
    for number, code in enumerate(rng.sample(codes, min(len(codes), rng.choice((0, 1, 1, 2))))):
        keys = range(200 + 10 * number, 200 + 10 * number + rng.choice((0, 2, 2, 3)))
        parts = [elsewhere(rng, key) for key in keys]
        if not parts or rng.random() < 0.3:
            decided = {key for each, _ in together for key in each}
            free = [one for one in enrolments if one.key not in decided]
            parts += rng.sample(free, min(len(free), rng.choice((1, 2, 3))))
        if len(parts) > 1:
            rng.shuffle(parts)
            if rng.random() < 0.2:
                parts[0] = replace(parts[0], state=rng.choice(NOT_PASSED), score=None)
            kept |= {one.key: one for one in parts}
            together.append((tuple(one.key for one in parts), code))
    return tuple(kept.values()), together


def elsewhere(rng, key):
    """A course that matches nothing, of this school or another one."""
    state = rng.choice((State.PASSED, State.PASSED, State.TRANSFERRED))
    return Enrolment(
        key,
        rng.choice((1131, 1132, 1141)),
        f"Y{key}",
        f"Y{key}",
        rng.choice(SIZES),
        state,
        score=Decimal(rng.choice((70, 85, 90))) if state is State.PASSED else None,
        department=rng.choice(("D", "E")),
        school=rng.choice(("", "", "S")),
        offering=Offering(distance=rng.random() < 0.3, mooc=rng.random() < 0.2),
    )


def value_of(made, result):
    """As the oracle reads a result, with every limit that asks for something as one more leaf."""
    met, missing, few, *rest = oracle.value_of(made, result)
    rules = [
        row
        for row in result.rules
        if made.counting_rules[row.rule].min_credits or made.counting_rules[row.rule].min_courses
    ]
    return (
        met + sum(row.met for row in rules),
        missing - sum(row.missing_credits for row in rules),
        few - sum(row.missing_courses for row in rules),
        *rest,
    )


@pytest.fixture(scope="module")
def every_audit():
    """Cases with rules across areas and what the engine says of them, made once."""
    cases = [kind(seed) for seed in range(CASES) for kind in (drawn, drawn_together)]
    return [(case, case.audit()) for case in cases]


def test_A51_the_audit_is_what_the_sentences_say_with_rules_across_areas(every_audit):
    for case, result in every_audit:
        assert result.proven, case.seed
        assert value_of(case.framework, result) == case.best(), case.seed


def test_A51_what_is_handed_over_is_what_the_sentences_say(monkeypatch):
    """The same by the solver that others keep, since nothing is few courses."""
    monkeypatch.setattr(placing_bound, "FEW", 0)
    for seed in range(CASES // 10):
        for case in (drawn(seed), drawn_together(seed)):
            result = case.audit()
            assert result.proven, seed
            assert value_of(case.framework, result) == case.best(), seed


def test_A17_what_is_said_of_each_course_adds_up_to_the_rows_with_rules_across_areas(every_audit):
    for (seed, made, enrolments, _waived, together), result in every_audit:
        counted = reference.joined(made, enrolments, together)
        sizes = {one.key: one.credits for one in counted}
        for area in oracle.leaves(made):
            own = [row.key for row in result.enrolments if area.code in row.areas]
            row = next(row for row in result.areas if row.code == area.code)
            assert (row.taken, row.courses) == (sum(sizes[key] for key in own), len(own)), seed
        for row in result.rules:
            rule = made.counting_rules[row.rule]
            told = [
                one.credits
                for one in counted
                for said in result.enrolments
                if said.key == one.key
                and said.reason in ("counts", "mapped")
                and reference.asked(made, rule, one)
                and _inside(made, rule, said)
            ]
            assert (row.taken, row.courses) == (sum(told), len(told)), seed


def _inside(made, rule, said):
    """Whether a course is said to count where the limit counts."""
    return rule.area is None or any(rule.area in oracle.up(made, code) for code in said.areas)


def test_the_audit_is_what_the_sentences_say_on_random_cases_of_all_kinds():
    for seed in range(CASES):
        made, enrolments = mixed(random.Random(seed))
        result = audit(made, enrolments)
        assert oracle.value_of(made, result) == reference.best(made, enrolments), seed
