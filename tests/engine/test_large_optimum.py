"""The exact placement of many courses against CP-SAT, level by level."""

import random
from dataclasses import replace
from decimal import Decimal

import cp_oracle
import oracle
import pytest
import reference
import stress
import test_reference
from degree_audit import CountingRule, Offering, RuleKind, Selector, audit
from drawn import so_many
from random_cases import hard, overlapping

KINDS = dict.fromkeys(("caps", "floors", "shared", "parents", "total"), True)


@pytest.mark.parametrize("seed", range(so_many(40)))
def test_the_two_oracles_agree_where_both_can_be_asked(seed):
    framework, enrolments = overlapping(random.Random(seed), **KINDS)
    enrolments = enrolments[:4]
    assert cp_oracle.best(framework, enrolments) == oracle.best(framework, enrolments)


@pytest.mark.parametrize("share", [0.8, 1.0])
@pytest.mark.parametrize("overlap", [0.3, 0.6])
@pytest.mark.parametrize("part", [slice(None), slice(0, None, 2), slice(0, None, 3)])
def test_A8_A3_the_placement_of_fifty_courses_in_eight_areas_is_the_best(overlap, share, part):
    for seed in range(so_many(2)):
        framework, taken = hard(random.Random(seed), overlap, share)
        result = audit(framework, taken[part])
        assert result.proven
        found = oracle.value_of(framework, result)
        assert found == cp_oracle.best(framework, taken[part]), seed


@pytest.mark.parametrize("seed", range(so_many(8)))
def test_A8_A3_the_placement_under_capped_parents_is_the_best(seed):
    framework = stress.under_parents(random.Random(seed), courses=16, areas=6)
    taken = stress.taken(framework, 0.8, seed)
    result = audit(framework, taken)
    found, best = oracle.value_of(framework, result), cp_oracle.best(framework, taken)
    assert found <= best
    assert found == best or not result.proven


@pytest.mark.parametrize("seed", range(so_many(6)))
def test_A8_A3_the_placement_of_shareable_courses_under_caps_is_the_best(seed):
    framework = stress.unlike_sharing(random.Random(seed))
    taken = stress.taken(framework)
    result = audit(framework, taken)
    found, best = oracle.value_of(framework, result), cp_oracle.best(framework, taken)
    assert found <= best
    assert found == best or not result.proven


def test_A51_the_two_oracles_agree_with_rules_across_areas():
    for seed in range(so_many(60)):
        rng = random.Random(seed)
        framework, enrolments = overlapping(rng, **KINDS)
        framework, enrolments, _ = test_reference.bound(rng, framework, enrolments[:4])
        expected = reference.best(framework, enrolments)
        in_order = reference.in_order(framework, enrolments)
        assert cp_oracle.best(framework, in_order) == expected, seed


@pytest.mark.parametrize("seed", [*range(1000, 1000 + so_many(6)), 1075])
def test_A51_the_placement_of_fifty_courses_under_limits_and_groups_is_the_best(seed):
    """With 1075, which HiGHS presolves into a worse answer that it calls the best."""
    rng = random.Random(seed)
    framework, taken = hard(rng, rng.choice((0.1, 0.3, 0.6)), rng.choice((0.5, 0.8, 1.0)))
    codes = [one.code for one in taken]
    rng.shuffle(codes)
    share, number = Decimal(rng.choice(("0.3", "0.5"))), rng.choice((2, 3, 5))
    # The order of what is drawn is that in which the seed above was found.
    rules = (
        CountingRule("D", "", selector=Selector(distance="yes"), max_share=share),
        CountingRule("E", "", courses=tuple(codes[:20]), min_credits=Decimal(30)),
        CountingRule("Y", "", RuleKind.ALL_OR_NONE, courses=tuple(codes[20:22])),
        CountingRule("A", "", area=framework.areas[0].code, max_courses=number),
    )
    framework = replace(framework, counting_rules=rules)
    taken = [replace(x, offering=Offering(distance=rng.random() < 0.6)) for x in taken]
    taken = taken[:: rng.choice((1, 1, 2))]
    result = audit(framework, taken)
    assert result.proven
    expected = cp_oracle.best(framework, taken)
    assert test_reference.value_of(framework, result) == expected, seed


@pytest.mark.parametrize("seed", range(1000, 1000 + so_many(6)))
def test_A8_A3_what_is_called_proven_of_large_cases_is_the_best_on_every_level(seed):
    """`python bench/against_cp_sat.py` asks the same of a thousand."""
    proven = []
    for framework, taken in stress.large(seed):
        result = audit(framework, taken)
        proven.append(result.proven)
        if result.proven:
            found = oracle.value_of(framework, result)
            assert found == cp_oracle.best(framework, taken, found)
    assert sum(proven) >= len(proven) - 1
