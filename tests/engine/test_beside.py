"""A further program beside the main one (A45), against every way to share on small cases."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from degree_audit import Case, CountingRule, Reason, RuleKind, Sharing
from degree_audit.outcome import beside as beside_
from random_cases import overlapping
from small import area, framework, passed

COUNTING = {Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE}


def main(size=6):
    return framework(
        [area("M", size)],
        {"a": (3, "M"), "b": (3, "M"), "c": (3, "M")},
        graduation_credits=Decimal(size),
    )


def minor(asks=6):
    return framework(
        [area("N", asks)],
        {"b": (3, "N"), "c": (3, "N"), "d": (3, "N")},
        graduation_credits=Decimal(asks),
    )


def of(codes, sharing=None, size=6, asks=6):
    own = main(size)
    return Case(own, passed(own, *codes)).beside(minor(asks), sharing or Sharing())


def test_without_a_rule_a_course_may_count_in_both():
    one = of("abc")
    assert (one.main.met, one.met, one.shared, one.exclusive) == (True, True, 6, 0)


def test_at_most_so_many_credits_are_shared():
    less = Sharing(max_shared=Decimal(3))
    one = of("bc", less)  # both are needed twice, and one may be
    assert (one.main.met, one.met, one.shared) == (True, False, 3)
    one = of("abcd", less)
    assert (one.main.met, one.met) == (True, True)
    assert one.shared <= 3


def test_so_many_credits_count_in_the_further_programme_alone():
    own = Sharing(min_exclusive=Decimal(6))
    assert of("abcd", own).met  # a and b for the main one, c and d beside it
    one = of("abc", own)
    assert (one.main.met, one.met, one.missing_exclusive) == (True, False, 3)


def test_the_main_programme_gives_up_nothing_that_it_needs():
    one = of("abc", Sharing(max_shared=Decimal(0)), size=9)
    assert one.main.met
    assert not one.met
    assert one.further.taken == 0


def test_the_main_program_keeps_what_a_rule_across_its_areas_counts():
    own = framework([area("M", 3)], {"x": (3, "M"), "y": (3, "M"), "q": (3, "M")})
    least = CountingRule("X", "x", courses=("x",), min_credits=Decimal(3))
    own = replace(own, counting_rules=(least,), graduation_credits=Decimal(9))
    other = framework([area("P", 3)], {"x": (3, "P")}, graduation_credits=Decimal(3))
    one = Case(own, passed(own, "x", "y")).beside(other, Sharing(max_shared=Decimal(0)))
    assert (one.main.rules[0].met, one.met) == (True, False)


def test_what_is_withheld_from_one_program_was_taken_before_all_the_same():
    own = framework([area("M", 3)], {"a": (3, "M"), "b": (3, "M")}, graduation_credits=Decimal(3))
    order = CountingRule("O", "order", RuleKind.IN_ORDER, courses=("a", "b"))
    own = replace(own, counting_rules=(order,))
    other = framework([area("P", 3)], {"a": (3, "P")}, graduation_credits=Decimal(3))
    first, second = passed(own, "a", "b")
    taken = (replace(first, term=1091), replace(second, term=1111))
    one = Case(own, taken).beside(other, Sharing(max_shared=Decimal(0)))
    assert (one.main.met, one.met) == (True, True)


@pytest.mark.parametrize(("audits", "shared", "met"), [(400, 6, True), (2, 0, False)])
def test_where_too_much_is_shared_no_more_is_withheld_than_has_to_be(
    monkeypatch, audits, shared, met
):
    """Unless that would take too many audits: then nothing is shared."""
    monkeypatch.setattr(beside_, "TRIES", 1)
    monkeypatch.setattr(beside_, "AUDITS", audits)
    codes = [f"c{number}" for number in range(12)]
    own = framework([area("M", 36)], dict.fromkeys(codes, (3, "M")))
    own = replace(own, graduation_credits=Decimal(36))
    other = framework([area("P", 6)], dict.fromkeys(codes, (3, "P")))
    other = replace(other, graduation_credits=Decimal(6))
    one = Case(own, passed(own, *codes)).beside(other, Sharing(max_shared=Decimal(6)))
    assert (one.main.met, one.met, one.shared, one.proven) == (True, met, shared, False)


def best_of_all(own, further, enrolments, sharing):
    """The best value of every way to withhold courses from one, or from the other, or from none."""
    found = []
    for sides in product((0, 1, 2), repeat=len(enrolments)):
        left = [
            [one for one, side in zip(enrolments, sides, strict=True) if side != withheld]
            for withheld in (1, 2)
        ]
        results = Case(own, left[0]).audit(), Case(further, left[1]).audit()
        counted = [
            {row.key: row.counted_credits for row in result.enrolments if row.reason in COUNTING}
            for result in results
        ]
        shared = sum(size for key, size in counted[1].items() if key in counted[0])
        exclusive = sum(size for key, size in counted[1].items() if key not in counted[0])
        if sharing.max_shared is not None and shared > sharing.max_shared:
            continue
        found.append(value(*results, sharing.min_exclusive - exclusive))
    return max(found)


def value(own, further, missing):
    missing = max(0, missing)
    met = further.met and not missing
    parts = sum(row.met for row in (*own.areas, *own.rules))
    lacks = own.missing_credits + sum(row.missing_credits for row in own.rules)
    mine = own.met, parts, -len(own.missing_lines), -lacks
    return *mine, met, -(further.missing_credits + missing)


def test_no_way_to_share_is_better_on_random_cases():
    for seed in range(120):
        rng = random.Random(seed)
        own, enrolments = overlapping(rng, caps=rng.random() < 0.3, shared=rng.random() < 0.3)
        further, _ = overlapping(random.Random(seed + 10_000))
        further = replace(further, graduation_credits=Decimal(rng.choice((0, 3, 6))))
        sharing = Sharing(
            rng.choice((None, Decimal(0), Decimal(3))), Decimal(rng.choice((0, 0, 2, 4)))
        )
        taken = enrolments[:4]
        one = Case(own, taken).beside(further, sharing)
        assert one.proven, seed
        told = value(one.main, one.further, sharing.min_exclusive - one.exclusive)
        assert told == best_of_all(own, further, taken, sharing), seed


def test_what_is_too_much_to_try_says_that_it_is_not_proven(monkeypatch):
    monkeypatch.setattr(beside_, "TRIES", 1)
    one = of("abc", Sharing(max_shared=Decimal(0), min_exclusive=Decimal(9)))
    assert not one.proven
