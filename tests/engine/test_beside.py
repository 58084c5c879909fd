"""Further programs beside the main one (A45), against every way to share on small cases."""

import random
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from degree_audit import (
    Case,
    CountingRule,
    Decision,
    DecisionKind,
    FlexibleRule,
    Reason,
    RuleKind,
    Sharing,
)
from degree_audit.outcome import sharing as sharing_
from double_majors import SITUATIONS, draw
from drawn import so_many
from random_cases import overlapping
from small import area, framework, passed

COUNTING = {Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE, Reason.TICKED}


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


def test_where_too_much_is_shared_no_more_is_withheld_than_has_to_be():
    codes = [f"c{number}" for number in range(12)]
    own = framework([area("M", 36)], dict.fromkeys(codes, (3, "M")))
    own = replace(own, graduation_credits=Decimal(36))
    other = framework([area("P", 6)], dict.fromkeys(codes, (3, "P")))
    other = replace(other, graduation_credits=Decimal(6))
    one = Case(own, passed(own, *codes)).beside(other, Sharing(max_shared=Decimal(6)))
    assert (one.main.met, one.met, one.shared, one.proven) == (True, True, 6, True)


def test_a_further_program_is_held_against_those_before_it_too():
    """What the minor counts is not the certificate's own, whatever the main program does."""
    own, first = main(9), minor()
    last = {"d": (3, "Z"), "e": (3, "Z")}
    second = framework([area("Z", 3)], last, graduation_credits=Decimal(3))
    asked = [(first, Sharing()), (second, Sharing(min_exclusive=Decimal(3)))]
    both = Case(own, passed(own, "a", "b", "c", "d")).together(asked)
    assert [one.met for one in both] == [True, True]  # b and c in two, d in the last alone
    assert (both[0].shared, both[1].exclusive) == (6, 3)
    less = [(first, Sharing(max_shared=Decimal(3))), asked[1]]
    both = Case(own, passed(own, "a", "b", "c", "d")).together(less)
    assert [one.met for one in both] == [True, False]  # d is needed in the minor
    both = Case(own, passed(own, "a", "b", "c", "d", "e")).together(less)
    assert [one.met for one in both] == [True, True]


def test_of_further_programs_the_first_goes_before_the_second():
    own = framework([], {"x": (3, "-")}, graduation_credits=Decimal(0))
    one = framework([area("P", 3)], {"a": (3, "P")}, graduation_credits=Decimal(3))
    other = framework([area("Q", 3)], {"a": (3, "Q")}, graduation_credits=Decimal(3))
    alone = Sharing(max_shared=Decimal(0))
    both = Case(own, passed(own, "a")).together([(one, alone), (other, alone)])
    assert [row.met for row in both] == [True, False]


def accepted(ticks):
    """The reviewers' decisions on ``ticks``, each as flexible credits."""
    return [Decision(DecisionKind.FLEXIBLE, key, recorded=key) for key in ticks]


def figures(one):
    return one.main.met, one.met, one.shared, one.exclusive, one.missing_exclusive


def beside_ticked(own, taken, ticks, sharing, asks=6):
    """How a minor stands while ``ticks`` are undecided, which is as once they are accepted."""
    one = Case(own, taken).beside(minor(asks), sharing, ticks=ticks)
    assert figures(one) == figures(Case(own, taken, accepted(ticks)).beside(minor(asks), sharing))
    return one


def test_what_is_ticked_counts_in_the_main_program_too_before_it_is_accepted():
    own = framework([area("M", 3)], {"a": (3, "M")}, graduation_credits=Decimal(9))
    taken = passed(own, "a", "b", "c")  # b and c are outside, and all of the minor
    alone = Sharing(min_exclusive=Decimal(6))
    one = beside_ticked(own, taken, (2, 3), alone)
    assert (one.main.met, one.met, one.shared, one.exclusive) == (True, False, 6, 0)
    assert Case(own, taken).beside(minor(), alone).exclusive == 6  # unticked, they are its own
    assert beside_ticked(own, taken, (2, 3), Sharing()).met


def test_what_is_ticked_lets_the_main_program_give_up_what_it_can_then_do_without():
    own = framework([area("M", 3)], {"a": (3, "M"), "b": (3, "M")}, graduation_credits=Decimal(9))
    taken = passed(own, "a", "b", "t", "u")  # t and u are outside both
    apart = Sharing(max_shared=Decimal(0))
    one = beside_ticked(own, taken, (3, 4), apart, asks=3)
    assert (one.main.met, one.met, one.shared) == (True, True, 0)
    without = Case(own, taken).beside(minor(3), apart)
    assert (without.main.met, without.met) == (False, False)


def test_beside_what_is_ticked_the_same_kind_of_course_may_be_the_minors_own():
    own = framework([area("M", 3)], {"a": (3, "M")}, graduation_credits=Decimal(6))
    taken = passed(own, "a", "b", "c")
    one = beside_ticked(own, taken, (3,), Sharing(min_exclusive=Decimal(3)))
    assert (one.main.met, one.met, one.shared, one.exclusive) == (True, True, 3, 3)


def test_a_tick_that_may_not_be_ticked_any_more_counts_nowhere():
    own = framework([area("M", 3)], {"a": (3, "M")}, graduation_credits=Decimal(6))
    taken = passed(own, "a", "b")
    case, sharing = Case(own, taken), Sharing()
    assert case.beside(minor(3), sharing, ticks=(1, 99)) == case.beside(minor(3), sharing)


def best_of_all(programs, rules, enrolments, ticks=frozenset()):
    """The best value of every way to withhold each course from any of the programs."""

    def audited(program, some):
        case = Case(program, [e for e, is_in in zip(enrolments, some, strict=True) if is_in])
        return case.audit(case.allowed(ticks if program is programs[0] else ()))

    audits = [
        [audited(program, some) for some in product((False, True), repeat=len(enrolments))]
        for program in programs
    ]
    found = (value_of_all(results, rules) for results in product(*audits))
    return max(one for one in found if one is not None)


def counted(result):
    return {row.key: row.counted_credits for row in result.enrolments if row.reason in COUNTING}


def value_of_all(results, rules):
    """What these audits are worth together; None where too much is shared."""
    main_one = results[0]
    parts = sum(row.met for row in (*main_one.areas, *main_one.rules))
    lacks = main_one.missing_credits + sum(row.missing_credits for row in main_one.rules)
    met = main_one.met or not main_one.ticks_allowed  # a reviewer may exceed a limit
    found = [met, parts, -len(main_one.missing_lines), -lacks]
    for at, rule in enumerate(rules, 1):
        before = set().union(*(counted(one) for one in results[:at]))
        own = counted(results[at])
        shared = sum(size for key, size in own.items() if key in before)
        if rule.max_shared is not None and shared > rule.max_shared:
            return None
        missing = max(0, rule.min_exclusive - sum(own.values()) + shared)
        found += results[at].met and not missing, -(results[at].missing_credits + missing)
    return found


def drawn(seed, number, courses):
    """A main program, ``number`` further ones with their rules, and a few courses taken."""
    rng = random.Random(seed)
    caps, shared = rng.random() < 0.3, rng.random() < 0.3
    own, taken = overlapping(rng, caps=caps, shared=shared)
    programs, rules = [own], []
    for at in range(number):
        further, _ = overlapping(random.Random(seed + 10_000 * (at + 1)))
        programs.append(replace(further, graduation_credits=Decimal(rng.choice((0, 3, 6)))))
        most = rng.choice((None, Decimal(0), Decimal(3)))
        rules.append(Sharing(most, Decimal(rng.choice((0, 0, 2, 4)))))
    return programs, rules, taken[:courses]


@pytest.mark.parametrize(("number", "courses", "cases"), [(1, 4, 120), (2, 3, 60), (3, 2, 30)])
def test_no_way_to_share_is_better_on_random_cases(number, courses, cases):
    for seed in range(so_many(cases)):
        programs, rules, taken = drawn(seed, number, courses)
        rows = Case(programs[0], taken).together(zip(programs[1:], rules, strict=True))
        assert all(row.proven for row in rows), seed
        told = value_of_all([rows[0].main, *(row.further for row in rows)], rules)
        assert told == best_of_all(programs, rules, taken), seed


def test_no_way_to_share_what_is_ticked_is_better_on_random_cases():
    ticked = 0
    for seed in range(120):
        programs, rules, taken = drawn(seed, 1, 4)
        lines = tuple(one for one in programs[0].lines if one.code not in ("C0", "C2"))
        limits = (FlexibleRule(limit=Decimal(seed % 5)),) if seed % 2 else ()
        programs[0] = replace(programs[0], lines=lines, flexible_rules=limits)
        case = Case(programs[0], taken)
        ticks = case.tickable
        rows = case.together(zip(programs[1:], rules, strict=True), ticks=ticks)
        assert all(row.proven for row in rows), seed
        told = value_of_all([rows[0].main, *(row.further for row in rows)], rules)
        assert told == best_of_all(programs, rules, taken, ticks), seed
        ticked += bool(counted(rows[0].main).keys() & ticks & counted(rows[0].further).keys())
    assert ticked > 10, "ticks that count in both are drawn"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_double_major_of_two_whole_programs_is_settled(situation):
    for seed in range(4):
        instance = draw(situation, seed)
        case = Case(instance.main, instance.enrolments)
        one = case.beside(instance.other, instance.sharing)
        assert one.proven, seed
        assert one.met is (situation in ("ample", "tight")), seed
        assert one.shared <= instance.sharing.max_shared, seed


def test_what_is_too_much_to_try_says_that_it_is_not_proven(monkeypatch):
    programs, rules, taken = drawn(40, 1, 6)
    asked = list(zip(programs[1:], rules, strict=True))
    assert Case(programs[0], taken).together(asked)[0].proven
    monkeypatch.setattr(sharing_, "TRIES", 1)
    (one,) = Case(programs[0], taken).together(asked)
    assert not one.proven
    assert one.shared <= rules[0].max_shared
