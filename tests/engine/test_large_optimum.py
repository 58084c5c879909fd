"""The exact placement of many courses against CP-SAT, level by level."""

import random

import cp_oracle
import oracle
import pytest
import stress
from degree_audit import audit
from random_cases import hard, overlapping

KINDS = dict.fromkeys(("caps", "floors", "shared", "parents", "total"), True)


@pytest.mark.parametrize("seed", range(40))
def test_the_two_oracles_agree_where_both_can_be_asked(seed):
    framework, enrolments = overlapping(random.Random(seed), **KINDS)
    enrolments = enrolments[:4]
    assert cp_oracle.best(framework, enrolments) == oracle.best(framework, enrolments)


@pytest.mark.parametrize("share", [0.8, 1.0])
@pytest.mark.parametrize("overlap", [0.3, 0.6])
@pytest.mark.parametrize("part", [slice(None), slice(0, None, 2), slice(0, None, 3)])
def test_A8_A3_the_placement_of_fifty_courses_in_eight_areas_is_the_best(overlap, share, part):
    for seed in range(2):
        framework, taken = hard(random.Random(seed), overlap, share)
        result = audit(framework, taken[part])
        assert result.proven
        found = oracle.value_of(framework, result)
        assert found == cp_oracle.best(framework, taken[part]), seed


@pytest.mark.parametrize("seed", range(8))
def test_A8_A3_the_placement_under_capped_parents_is_the_best(seed):
    framework = stress.under_parents(random.Random(seed), courses=16, areas=6)
    taken = stress.taken(framework, 0.8, seed)
    result = audit(framework, taken)
    found, best = oracle.value_of(framework, result), cp_oracle.best(framework, taken)
    assert found <= best
    assert found == best or not result.proven


@pytest.mark.parametrize("seed", range(6))
def test_A8_A3_the_placement_of_shareable_courses_under_caps_is_the_best(seed):
    framework = stress.unlike_sharing(random.Random(seed))
    taken = stress.taken(framework)
    result = audit(framework, taken)
    found, best = oracle.value_of(framework, result), cp_oracle.best(framework, taken)
    assert found <= best
    assert found == best or not result.proven


@pytest.mark.parametrize("seed", range(1000, 1006))
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
