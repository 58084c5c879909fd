"""What was counted for an earlier degree counts no more (A46)."""

from dataclasses import replace

import pytest
from degree_audit import Background, Case, CountingRule, Reading, Reason, RuleKind, audit
from small import area, framework, passed, reasons

ASKED = framework([area("M", 6)], {"a": (3, "M"), "b": (3, "M")})
TAKEN = passed(ASKED, "a", "b")


def test_who_took_both_courses_for_this_degree_has_what_is_asked():
    assert audit(ASKED, TAKEN).areas[0].met


def test_what_an_earlier_degree_counted_does_not_count_again():
    result = audit(ASKED, (TAKEN[0], replace(TAKEN[1], used=True)))
    assert not result.areas[0].met
    assert [row.reason for row in result.enrolments] == [Reason.COUNTS, Reason.USED]


@pytest.mark.parametrize(
    "other",
    [{"code": "b", "name": "again"}, {"code": "x", "name": "b"}, {"code": "B", "name": "again"}],
)
def test_the_same_course_taken_again_does_not_count_either(other):
    earlier = replace(TAKEN[1], key=9, term=1101, used=True, **other)
    result = audit(ASKED, (*TAKEN, earlier))
    assert not result.areas[0].met
    assert {row.key: row.reason for row in result.enrolments}[2] is Reason.USED


def test_an_equivalent_of_it_does_not_count_and_another_schools_course_does():
    made = replace(ASKED, equivalents={"b": frozenset({"old"})})
    earlier = replace(TAKEN[1], key=9, code="old", name="old", used=True)
    assert not audit(made, (*TAKEN, earlier)).areas[0].met
    elsewhere = replace(earlier, code="b", name="b", school="S")
    assert audit(ASKED, (*TAKEN, elsewhere)).areas[0].met


def test_nothing_of_it_may_be_ticked_and_every_question_still_has_an_answer():
    case = Case(ASKED, (*TAKEN, replace(TAKEN[0], key=9, code="z", name="z", used=True)))
    assert case.tickable == frozenset()
    assert case.suggestion == frozenset()
    assert case.outlook()[-1].code is None
    assert len(case.audit(reading=Reading.FINAL).enrolments) == 3
    assert case.background == Background()
    assert reasons(case.audit())


def test_what_an_earlier_degree_counted_was_taken_before_all_the_same():
    order = CountingRule("O", "order", RuleKind.IN_ORDER, courses=("a", "b"))
    made = replace(ASKED, counting_rules=(order,))
    first, second = TAKEN
    taken = (replace(first, term=1091, used=True), replace(second, term=1111))
    assert [row.reason for row in audit(made, taken).enrolments] == [Reason.USED, Reason.COUNTS]
