"""The exact placement against a brute-force auditor, and on instances that are hard."""

import random

import oracle
import pytest
from degree_audit import Reason, audit
from hypothesis import settings
from random_cases import hard, overlapping

EXAMPLES = settings().max_examples
"""So many cases of a kind; fewer before a commit."""

KINDS = {
    "plain": {},
    "caps": {"caps": True},
    "floors": {"floors": True},
    "total": {"total": True},
    "shared": {"shared": True},
    "parents": {"parents": True, "caps": True},
}


@pytest.mark.parametrize("kind", KINDS)
def test_A8_the_placement_is_the_best_of_all_on_random_small_cases(kind):
    for seed in range(EXAMPLES * 5 if kind == "plain" else EXAMPLES):
        framework, enrolments = overlapping(random.Random(seed), **KINDS[kind])
        found = oracle.value_of(framework, audit(framework, enrolments))
        assert found == oracle.best(framework, enrolments), (kind, seed)


@pytest.mark.parametrize("share", [0.8, 0.9, 1.0])
@pytest.mark.parametrize("overlap", [0.3, 0.6])
def test_a_hard_framework_that_can_be_fulfilled_is_fulfilled_without_splitting_a_course(
    overlap, share
):
    for seed in range(20):
        framework, taken = hard(random.Random(seed), overlap, share)
        result = audit(framework, taken)
        assert all(area.met for area in result.areas), seed
        assert all(len(row.areas) == 1 for row in result.enrolments)
        assert {row.reason for row in result.enrolments} == {Reason.COUNTS}
        assert sum(area.taken for area in result.areas) == framework.graduation_credits


def test_the_order_of_the_input_changes_no_placement():
    for seed in range(200):
        framework, enrolments = overlapping(random.Random(seed))
        assert audit(framework, enrolments) == audit(framework, enrolments[::-1])
