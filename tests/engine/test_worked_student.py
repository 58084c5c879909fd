"""The worked student of data/samples/ntue/README.md, figure by figure."""

from dataclasses import replace
from decimal import Decimal

from degree_audit import (
    Decision,
    DecisionKind,
    Origin,
    Reading,
    Reason,
    State,
    audit,
)
from sample import srd_e_109, student_1


def figures(result):
    return [(a.code, a.taken, a.min_credits, a.met) for a in result.areas]


def test_worked_student_1_before_any_review():
    result = audit(srd_e_109(), student_1())
    assert figures(result) == [
        ("A", 6, 6, True),
        ("B", 6, 6, True),
        ("C", 12, 9, True),
        ("D", 4, 4, True),
    ]
    assert (result.taken, result.earned, result.in_progress) == (28, 24, 4)
    assert (result.taken_required, result.taken_elective) == (10, 18)
    assert (result.expected, result.missing_credits, result.met) == (28, 4, False)
    assert result.missing_lines == ()
    rows = {row.key: row for row in result.enrolments}
    assert rows[733].reason is Reason.OUTSIDE
    assert rows[733].origin is Origin.OTHER_DEPARTMENT
    assert rows[812].reason is Reason.OUTSIDE
    assert rows[812].origin is Origin.OFF_CAMPUS
    assert [key for key, row in rows.items() if row.tickable] == [733, 812]
    assert rows[650].reason is Reason.FAILED
    assert rows[650].line is not None
    assert rows[901].in_progress
    assert rows[901].areas == ("D",)


def test_worked_student_1_expects_28_31_34_with_no_one_and_two_ticks():
    totals = [
        audit(srd_e_109(), student_1(), ticks=frozenset(ticks)).expected
        for ticks in ((), (733,), (733, 812))
    ]
    assert totals == [28, 31, 34]
    both = audit(srd_e_109(), student_1(), ticks=frozenset((733, 812)))
    assert [(u.used, u.limit, u.exceeded) for u in both.flexible] == [(6, 6, False), (3, 3, False)]
    assert both.met
    assert both.ticks_allowed
    assert both.taken == 28


def test_worked_student_1_after_both_reviews():
    accepted = [Decision(DecisionKind.FLEXIBLE, key, term=1141) for key in (733, 812)]
    first = audit(srd_e_109(), student_1(), accepted)
    assert (first.earned, first.taken, first.recognised) == (30, 34, 6)
    final = audit(srd_e_109(), student_1(), accepted, reading=Reading.FINAL)
    assert (final.taken, final.met) == (30, False)
    graded = [
        replace(e, state=State.PASSED, score=Decimal(70)) if e.key == 901 else e
        for e in student_1()
    ]
    final = audit(srd_e_109(), graded, accepted, reading=Reading.FINAL)
    assert (final.taken, final.earned, final.met) == (34, 34, True)
