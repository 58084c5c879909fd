"""Several courses that a reviewer lets stand for one subject together (A55)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import (
    Case,
    Decision,
    DecisionKind,
    Enrolment,
    Origin,
    Reason,
    Remark,
    Sharing,
    State,
    audit,
    credits_together,
    prepare,
)
from drawn import fit, on_cases
from small import area, framework, held, passed, placed, reasons

STANDS = DecisionKind.SUBSTITUTED
TAKEN = (State.PASSED, State.TRANSFERRED)


def course(key, size, **values):
    """A course of another school, credited."""
    fields = {"state": State.TRANSFERRED, "school": "S", "term": 1121} | values
    return Enrolment(key, code=f"S{key}", name=f"S{key}", credits=Decimal(size), **fields)


def accounting(**values):
    """會計學(一) of 3 credits is required; another area has a course that one may take."""
    areas = [area("A", 3, **values), area("B", 2)]
    return framework(areas, {"x": (3, "A!"), "y": (2, "B")}, graduation_credits=Decimal(5))


def stand(*keys, line=1, **values):
    return Decision(STANDS, keys[0], line=line, others=keys[1:], **{"recorded": 1, **values})


BOTH = (course(1, 2), course(2, 1))
"""會計學(一)2 and 會計學習作(一)1 (data/samples/rules/46)."""


def test_they_count_as_one_course_with_the_credits_of_the_subject():
    f = accounting()
    taken = (*BOTH, replace(passed(f, "y")[0], key=3))
    assert not audit(f, taken).met
    result = audit(f, taken, [stand(1, 2)])
    assert result.met
    assert (result.taken, held(result)) == (5, {"A": 3, "B": 2})
    assert [one.courses for one in result.areas] == [1, 1]
    first, second, _ = result.enrolments
    assert (first.reason, first.areas, first.counted_credits) == (Reason.MAPPED, ("A",), 3)
    assert (second.reason, second.areas, second.counted_credits) == (Reason.TOGETHER, (), 0)
    assert (first.line, second.line) == (1, 1)
    assert (first.origin, second.origin) == (None, None)
    assert first.remarks == (Remark.TOGETHER,)


def test_what_they_have_above_the_subject_does_not_count():
    taken = (course(1, 2), course(2, 2), course(3, 2))
    result = audit(accounting(), taken, [stand(1, 2, 3)])
    assert (result.taken, held(result)["A"]) == (3, 3)


def test_credits_that_are_too_few_stand_for_nothing_and_that_is_said():
    taken = (course(1, 1), course(2, 1))
    result = audit(accounting(), taken, [stand(1, 2)])
    assert (result.taken, result.missing_lines) == (0, (1,))
    for row in result.enrolments:
        assert (row.reason, row.origin) == (Reason.OUTSIDE, Origin.OFF_CAMPUS)
        assert row.remarks == (Remark.NOT_TOGETHER,)


@pytest.mark.parametrize("state", [one for one in State if one not in TAKEN])
def test_one_that_is_not_passed_leaves_the_others_undecided(state):
    taken = (course(1, 3), replace(BOTH[1], state=state))
    result = audit(accounting(), taken, [stand(1, 2)])
    assert result.taken == 0
    assert reasons(result)[1] is Reason.OUTSIDE
    assert Case(accounting(), taken, [stand(1, 2)]).tickable >= {1}


def test_a_later_decision_on_one_of_them_ends_it_for_all():
    later = Decision(DecisionKind.REFUSED, 2, term=1141, recorded=2)
    result = audit(accounting(), BOTH, [stand(1, 2, term=1132), later])
    assert reasons(result) == {1: Reason.OUTSIDE, 2: Reason.REFUSED}
    earlier = replace(later, term=1131)
    assert reasons(audit(accounting(), BOTH, [earlier, stand(1, 2, term=1132)])) == {
        1: Reason.MAPPED,
        2: Reason.TOGETHER,
    }


def test_where_the_subject_is_gone_it_is_void_for_all():
    result = audit(accounting(), BOTH, [stand(1, 2, line=99)])
    assert {row.remarks for row in result.enrolments} == {(Remark.DECISION_VOID,)}
    assert not result.taken


def test_beside_an_attempt_at_the_subject_itself_one_counts_and_all_are_told():
    f = accounting()
    own = replace(passed(f, "x")[0], key=3, term=1141)
    result = audit(f, (*BOTH, own), [stand(1, 2)])
    assert result.taken == 3
    assert sorted(reasons(result).values()) in (
        [Reason.COUNTS, Reason.REPEATED, Reason.REPEATED],
        [Reason.MAPPED, Reason.REPEATED, Reason.TOGETHER],
    )


def test_the_lowest_score_is_asked_of_a_grade_floor():
    f = accounting(min_score=70)
    for lowest, counted in ((75, 3), (65, 0)):
        scores = (Decimal(90), Decimal(lowest))
        taken = [
            replace(one, state=State.PASSED, school="", score=score)
            for one, score in zip(BOTH, scores, strict=True)
        ]
        assert audit(f, taken, [stand(1, 2)]).taken == counted


def test_none_of_them_may_be_ticked_besides():
    assert Case(accounting(), BOTH).tickable == {1, 2}
    assert Case(accounting(), BOTH, [stand(1, 2)]).tickable == frozenset()


def test_what_an_earlier_degree_counted_stands_for_nothing():
    result = audit(accounting(), (BOTH[0], replace(BOTH[1], used=True)), [stand(1, 2)])
    assert reasons(result) == {1: Reason.OUTSIDE, 2: Reason.USED}


def test_a_further_program_that_counts_one_of_them_shares_it():
    f, own = accounting(), replace(BOTH[1], school="", code="z", name="z")
    further = framework([area("Z", 1)], {"z": (1, "Z")}, graduation_credits=Decimal(1))
    case = Case(f, (BOTH[0], own), [stand(1, 2)])
    assert case.beside(further, Sharing()).shared == 1
    (alone,) = case.together([(prepare(further), Sharing(min_exclusive=Decimal(1)))])
    assert (alone.main.taken, alone.met) == (3, False)


def test_the_sum_is_worked_out_in_one_place():
    assert credits_together([Decimal(2), Decimal(1)], Decimal(3)) == 3
    assert credits_together([Decimal(2), Decimal(2)], Decimal(3)) == 3
    assert credits_together([Decimal("1.5"), Decimal(1)], Decimal(3)) is None


@on_cases()
def test_it_is_as_if_one_course_of_the_subjects_credits_stood_for_it(case, reading, rng):
    own = [one for one in case.enrolments if one.state in TAKEN]
    fit(len(own) > 1)
    parts = rng.sample(own, rng.randint(2, min(3, len(own))))
    line = rng.choice(case.framework.lines)
    fit(sum(one.credits for one in parts) >= line.credits)
    keys = tuple(one.key for one in parts)
    last = stand(*keys, line=line.key, term=9999)
    decisions = (*case.decisions, last)
    first = parts[0]
    one = replace(
        first,
        credits=line.credits,
        term=max(part.term for part in parts),
        score=min((part.score for part in parts if part.score is not None), default=None),
        state=State.TRANSFERRED
        if any(part.state is State.TRANSFERRED for part in parts)
        else State.PASSED,
        school=next((part.school for part in parts if part.school), ""),
    )
    others = [row for row in case.enrolments if row.key not in keys]
    single = replace(last, others=())
    found = audit(case.framework, case.enrolments, decisions, reading=reading)
    asked = audit(case.framework, (*others, one), (*case.decisions, single), reading=reading)
    assert (found.taken, found.met, held(found)) == (asked.taken, asked.met, held(asked))
    where, there = placed(found), placed(asked)
    assert {key: where[key] for key in there} == there
    told = sum(row.counted_credits for row in found.enrolments)
    assert told == sum(row.counted_credits for row in asked.enrolments)
