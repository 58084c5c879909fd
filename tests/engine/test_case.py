"""A case answers every question as a new one would, and works nothing out twice."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from degree_audit import (
    Case,
    Decision,
    DecisionKind,
    DuplicateEnrolment,
    Enrolment,
    Reading,
    State,
    Succession,
    TickNotAllowed,
    audit,
    prepare,
)
from drawn import on_cases, suggest_ticks, tickable
from small import area, framework, held, passed


def asked_of(case):
    return Case(*case[:3])


@on_cases()
def test_in_whatever_order_it_is_asked_a_case_answers_as_a_new_one_would(case, rng):
    asked = asked_of(case)
    may = sorted(tickable(*case[:3]))
    ticks = [frozenset(), case.ticks, frozenset(key for key in may if rng.random() < 0.5)]
    questions = list(product(ticks, Reading))
    for ticked, reading in rng.sample(questions, len(questions)):
        if rng.random() < 0.3:
            assert asked.suggestion == suggest_ticks(*case[:3])
        if rng.random() < 0.3:
            assert asked.tickable == frozenset(may)
        assert asked.audit(ticked, reading) == audit(*case[:3], ticked, reading)
    assert (asked.tickable, asked.suggestion) == (frozenset(may), suggest_ticks(*case[:3]))


@on_cases()
def test_the_same_question_gets_the_same_answer_and_not_its_like(case):
    asked = asked_of(case)
    assert asked.audit(case.ticks) is asked.audit(sorted(case.ticks))
    assert asked.audit().areas is asked.audit(case.ticks).areas


@on_cases()
def test_what_may_be_ticked_is_what_the_audit_calls_tickable(case):
    asked = asked_of(case)
    for reading in Reading:
        rows = asked.audit(reading=reading).enrolments
        assert asked.tickable == {row.key for row in rows if row.tickable}


@on_cases()
def test_old_ticks_are_sifted_and_what_is_left_is_no_error(case):
    asked = asked_of(case)
    old = [*case.ticks, *(e.key for e in case.enrolments), 12345]
    assert asked.allowed(old) == asked.tickable
    asked.audit(asked.allowed(old))
    with pytest.raises(TickNotAllowed):
        asked.audit(old)


@on_cases()
def test_under_another_framework_it_is_the_case_of_that_framework(case, other):
    asked = asked_of(case)
    succession = Succession(None, other.framework)
    there = asked.under(other.framework, succession)
    carried = tuple(map(succession.carried, case.decisions))
    assert there.audit() == audit(other.framework, case.enrolments, carried)
    as_they_are = asked.under(prepare(other.framework))
    assert as_they_are.audit() == audit(other.framework, *case[1:3])
    assert asked.audit(case.ticks) == audit(*case)


@on_cases()
def test_under_its_own_framework_nothing_changes(case):
    recorded = [replace(one, recorded=at) for at, one in enumerate(case.decisions)]
    asked = Case(case.framework, case.enrolments, recorded)
    there = asked.under(case.framework, Succession(case.framework, case.framework))
    assert there.audit() == asked.audit()


def test_taking_more_leaves_the_case_as_it_was():
    f = framework([area("A", 3)], {"x": (3, "A")})
    case = Case(f, ())
    assert held(case.taking(passed(f, "x")).audit()) == {"A": 3}
    assert held(case.audit()) == {"A": 0}
    assert case.taking(()) is case


def test_the_term_of_an_application_goes_along_to_another_framework():
    f = framework([area("A", 3)], {"x": (3, "A")})
    recognised = [Decision(DecisionKind.FLEXIBLE, 1, term=1131)]
    case = Case(f, passed(f, "other"), recognised, 1142)
    assert case.under(f).audit().recognised == 0
    assert case.taking(passed(f, "x", state=State.FAILED)[:0]).audit().recognised == 0
    more = replace(passed(f, "x")[0], key=2)
    assert case.taking([more]).audit().recognised == 0


def test_credits_finer_than_the_frameworks_are_asked_about_in_any_order():
    f = framework([area("A", 3)], {"x": (3, "A")})
    odd = Enrolment(7, 1131, "other", "other", Decimal("0.3"), State.PASSED, Decimal(80))
    by_ticks, by_suggestion, by_most = (Case(f, (*passed(f, "x"), odd)) for _ in range(3))
    assert (by_most.most_ticks, by_most.savable) == (1, {7})
    assert by_ticks.audit().taken == 3
    assert by_ticks.audit({7}).expected == Decimal("3.3")
    assert by_ticks.audit() == by_suggestion.audit()
    assert by_suggestion.suggestion == {7}
    assert by_suggestion.audit({7}) == by_ticks.audit({7})


def test_D28_both_readings_of_one_case_are_told_apart():
    f = framework([area("A", 3)], {"x": (3, "A")})
    case = Case(f, passed(f, "x", state=State.IN_PROGRESS, score=None))
    for reading, credits_there in ((Reading.EXPECTED, 3), (Reading.FINAL, 0)) * 2:
        assert held(case.audit(reading=reading)) == {"A": credits_there}


def test_no_case_is_made_of_two_enrolments_of_one_key():
    f = framework([area("A", 3)], {"x": (3, "A")})
    with pytest.raises(DuplicateEnrolment):
        Case(f, passed(f, "x") * 2)
