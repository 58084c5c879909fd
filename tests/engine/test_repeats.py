"""A36: a course that counts each time it is passed, so many times at most."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import (
    BadNumber,
    CountingRule,
    Decision,
    DecisionKind,
    Reading,
    Reason,
    State,
    audit,
    check_framework,
    difference,
    prepare,
)
from small import area, framework, held, passed, reasons


def seminar(times=4, asks=4, **values):
    """A framework with a seminar of one credit that counts ``times`` times."""
    made = framework(
        [area("S", asks, **values)], {"sem": (1, "S!")}, graduation_credits=Decimal(asks)
    )
    return replace(made, lines=tuple(replace(line, repeats=times) for line in made.lines))


def terms(made, number, **values):
    """The seminar passed in so many terms."""
    return tuple(
        replace(one, term=1111 + 10 * key, **values)
        for key, one in enumerate(passed(made, *["sem"] * number))
    )


def test_A36_a_seminar_of_every_term_is_credited_every_term():
    made = seminar()
    result = audit(made, terms(made, 4))
    assert result.met
    assert (held(result), result.taken, result.courses) == ({"S": 4}, 4, 4)
    assert {row.reason for row in result.enrolments} == {Reason.COUNTS}
    assert {row.line for row in result.enrolments} == {1}


def test_A36_one_term_short_it_is_not_met_and_the_subject_would_fill_it():
    made = seminar()
    (row,) = audit(made, terms(made, 3)).areas
    assert (row.met, row.missing_credits, row.fill) == (False, 1, ((1,),))
    (row,) = audit(made, terms(made, 2)).areas
    assert row.fill == ((1, 1),)


def test_A36_a_subject_is_named_so_many_times_where_counting_rules_hold_too():
    made = replace(seminar(), counting_rules=(CountingRule("L", "", max_courses=4),))
    (row,) = audit(made, terms(made, 2)).areas
    assert row.fill == ((1, 1),)


def test_A36_what_is_passed_more_often_is_a_repeat():
    made = seminar(times=2, asks=2)
    result = audit(made, terms(made, 4))
    assert sorted(reasons(result).values()) == [Reason.COUNTS] * 2 + [Reason.REPEATED] * 2
    assert reasons(result)[4] is Reason.COUNTS


def test_A36_a_subject_that_counts_once_counts_once_as_before():
    made = seminar(times=1, asks=1)
    assert held(audit(made, terms(made, 3))) == {"S": 1}


def test_A36_failed_terms_do_not_count_and_pending_ones_are_expected():
    made = seminar()
    taken = terms(made, 4)
    taken = (
        *taken[:2],
        replace(taken[2], state=State.FAILED),
        replace(taken[3], state=State.IN_PROGRESS, score=None),
    )
    assert held(audit(made, taken)) == {"S": 3}
    assert held(audit(made, taken, reading=Reading.FINAL)) == {"S": 2}


def test_A36_caps_floors_and_decisions_hold_for_each_time():
    made = seminar(max_credits=2)
    counting = list(reasons(audit(made, terms(made, 3))).values())
    assert counting.count(Reason.IN_EXCESS) == 1
    made = seminar(min_score=90)
    assert set(reasons(audit(made, terms(made, 2))).values()) == {Reason.GRADE_FLOOR}
    made = seminar()
    refused = [Decision(DecisionKind.REFUSED, 2)]
    assert held(audit(made, terms(made, 3), refused)) == {"S": 2}


def test_A36_the_order_of_the_input_changes_nothing():
    made = seminar(times=3)
    assert audit(made, terms(made, 5)) == audit(made, terms(made, 5)[::-1])


def test_A36_the_check_before_publishing_counts_each_time():
    assert check_framework(seminar()) == ()
    assert {found.kind for found in check_framework(seminar(times=3))} >= {"AreaAsksTooMuch"}


def test_A36_no_time_at_all_is_no_number():
    with pytest.raises(BadNumber):
        prepare(seminar(times=0))


def test_A36_how_often_it_counts_is_a_difference():
    (change,) = difference(seminar(times=4), seminar(times=3))
    assert (change.field, change.before, change.after) == ("repeats", 4, 3)
