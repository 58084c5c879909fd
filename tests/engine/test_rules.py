"""The rules one by one: a student who may graduate, and one thing changed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import (
    Area,
    Decision,
    DecisionKind,
    Enrolment,
    FlexibleRule,
    Line,
    LineInParent,
    Origin,
    Reading,
    Reason,
    Remark,
    State,
    TickNotAllowed,
    Unit,
    audit,
    check_framework,
    prepare,
)
from sample import CODES, srd_e_109, student_1

OUTSIDE = (733, 812)
FLEXIBLE = tuple(Decision(DecisionKind.FLEXIBLE, key, term=1141) for key in OUTSIDE)


def graduate():
    """Worked student 1 with the thesis passed: graded, and both courses recognised."""
    return tuple(
        replace(row, state=State.PASSED, score=Decimal(80)) if row.key == 901 else row
        for row in student_1()
    )


def changed(key, **values):
    """The graduate with one enrolment changed."""
    return tuple(replace(row, **values) if row.key == key else row for row in graduate())


def without(key):
    return tuple(row for row in graduate() if row.key != key)


def row(result, key):
    return next(found for found in result.enrolments if found.key == key)


def area(result, code):
    return next(found for found in result.areas if found.code == code)


def taken(subject, key=999, **values):
    """One more passed enrolment of the framework's own department."""
    return (
        Enrolment(
            key, 1132, CODES.get(subject, "Z1"), subject, Decimal(3), State.PASSED, Decimal(80)
        )
        if not values
        else replace(taken(subject, key), **values)
    )


def with_areas(**areas):
    """The framework with some areas changed, by code."""
    framework = srd_e_109()
    changed_areas = tuple(
        replace(found, **areas[found.code]) if found.code in areas else found
        for found in framework.areas
    )
    return replace(framework, areas=changed_areas)


def test_the_graduate_may_graduate():
    for reading in Reading:
        result = audit(srd_e_109(), graduate(), FLEXIBLE, reading=reading)
        assert result.met
        assert (result.taken, result.earned, result.missing_credits) == (34, 34, 0)


def test_A1_short_of_the_graduation_credits_the_whole_is_not_ticked():
    result = audit(srd_e_109(), graduate())
    assert all(found.met for found in result.areas)
    assert not result.met
    assert result.missing_credits == 4


def test_A1_an_area_without_its_tick_leaves_the_whole_without_one():
    result = audit(srd_e_109(), without(649), FLEXIBLE)
    assert not area(result, "A").met
    assert not result.met


def test_A2_a_missing_required_line_unticks_the_whole_but_not_its_area():
    framework = srd_e_109()
    extra = taken("社會統計與資料分析")
    result = audit(framework, (*without(501), extra), FLEXIBLE)
    assert area(result, "A").met
    assert not result.met
    assert [framework.lines[key - 1].name for key in result.missing_lines] == ["社會科學研究法"]


def test_A2_a_waived_required_line_is_not_missing_and_gives_no_credits():
    framework = srd_e_109()
    line = next(line.key for line in framework.lines if line.name == "社會科學研究法")
    extra = taken("社會統計與資料分析")
    waived = Decision(DecisionKind.WAIVED, line=line)
    result = audit(framework, (*without(501), extra), (*FLEXIBLE, waived))
    assert result.missing_lines == ()
    assert result.met
    assert result.taken == 34


def test_A4_a_cap_takes_whole_courses_and_no_more_than_fit():
    result = audit(with_areas(C={"max_credits": Decimal(10)}), graduate(), FLEXIBLE)
    assert area(result, "C").taken == 9
    excess = [found for found in result.enrolments if found.reason is Reason.IN_EXCESS]
    assert len(excess) == 1
    assert excess[0].counted_credits == 0


def test_A6_a_line_in_a_parent_is_refused_with_its_path():
    framework = srd_e_109()
    areas = (*framework.areas, Area("A1", "內", parent="A"))
    with pytest.raises(LineInParent, match="SRD-E-109/A/"):
        prepare(replace(framework, areas=areas))
    assert {found.kind for found in check_framework(replace(framework, areas=areas))} == {
        "LineInParent"
    }


def test_A6_A7_a_parent_sums_its_children_and_needs_all_of_them_unless_it_says_how_many():
    framework = srd_e_109()
    root = Area("P", "全部", min_credits=Decimal(25))
    areas = (root, *(replace(found, parent="P") for found in framework.areas))
    whole = audit(replace(framework, areas=areas), graduate(), FLEXIBLE)
    assert area(whole, "P").taken == 28
    assert area(whole, "P").met
    short = audit(replace(framework, areas=areas), without(649), FLEXIBLE)
    assert area(short, "P").missing_children == 1
    assert not area(short, "P").met
    enough = (replace(root, min_children=3), *areas[1:])
    assert area(audit(replace(framework, areas=enough), without(649), FLEXIBLE), "P").met


@pytest.mark.parametrize("reading", Reading)
def test_A10_taken_is_earned_and_in_progress_in_every_row(reading):
    result = audit(srd_e_109(), student_1(), FLEXIBLE, reading=reading)
    for found in (*result.areas, result):
        assert found.taken == found.earned + found.in_progress


def test_A11_a_line_that_does_not_count_in_the_total_counts_in_its_area():
    framework = srd_e_109()
    lines = tuple(
        replace(line, counts_in_total=line.name != "質性研究與田野調查") for line in framework.lines
    )
    result = audit(replace(framework, lines=lines), graduate(), FLEXIBLE)
    assert area(result, "A").taken == 6
    assert result.taken == 31
    assert result.courses == 11


def test_A12_a_line_without_an_area_counts_in_the_total_only():
    framework = srd_e_109()
    free = Line(99, "Z1", "自由選修", Decimal(3))
    result = audit(
        replace(framework, lines=(*framework.lines, free)), (*graduate(), taken("自由選修"))
    )
    assert row(result, 999).areas == ()
    assert row(result, 999).reason is Reason.COUNTS
    assert result.taken == 31


def test_A13_an_area_that_asks_nothing_is_ticked():
    framework = srd_e_109()
    empty = replace(framework, areas=(*framework.areas, Area("E", "其他")))
    assert area(audit(empty, ()), "E").met


def test_A14_credits_that_differ_from_the_line_count_as_taken_with_a_remark():
    result = audit(srd_e_109(), changed(501, credits=Decimal(2)), FLEXIBLE)
    assert area(result, "A").taken == 5
    assert row(result, 501).remarks == (Remark.CREDITS_DIFFER,)


def test_A15_what_another_school_taught_is_off_campus_whatever_its_code():
    result = audit(srd_e_109(), changed(501, school="某大學"), FLEXIBLE)
    assert row(result, 501).origin is Origin.OFF_CAMPUS
    assert area(result, "A").taken == 3


def test_A16_names_are_compared_without_blanks_width_and_case():
    written = changed(501, code="OLD", name=" 社會 科學研究法 ")
    result = audit(srd_e_109(), written, FLEXIBLE)
    assert row(result, 501).areas == ("A",)
    assert row(result, 501).remarks == (Remark.MATCHED_BY_NAME,)
    numerals = changed(501, code="OLD", name="社會科學研究法(一)")
    assert row(audit(srd_e_109(), numerals, FLEXIBLE), 501).origin is Origin.OTHER_ENTRY_YEAR


def test_a_name_matches_only_what_the_own_department_offered_with_equal_credits():
    for values in ({"department": "CICT"}, {"credits": Decimal(2)}):
        result = audit(srd_e_109(), changed(501, code="OLD", **values), FLEXIBLE)
        assert row(result, 501).reason is Reason.OUTSIDE


def test_A29_an_equivalent_code_matches_through_chains():
    framework = replace(
        srd_e_109(),
        equivalents={"OLD": frozenset({"OLDER"}), CODES["碩士論文"]: frozenset({"OLD"})},
    )
    result = audit(framework, changed(901, code="OLDER", name="論文"), FLEXIBLE)
    assert row(result, 901).areas == ("D",)
    assert result.met


@pytest.mark.parametrize(("decided", "in_all"), [(FLEXIBLE, 34), ((), 28)])
def test_A18_a_repeat_counts_once_and_the_best_state_wins_then_the_latest_term(decided, in_all):
    again = replace(taken("社會科學研究法"), term=1131)
    result = audit(srd_e_109(), (*graduate(), again), decided)
    assert row(result, 999).reason is Reason.COUNTS
    assert row(result, 501).reason is Reason.REPEATED
    failed = replace(again, state=State.FAILED, score=Decimal(50))
    result = audit(srd_e_109(), (*graduate(), failed), decided)
    assert row(result, 501).reason is Reason.COUNTS
    assert row(result, 999).reason is Reason.FAILED
    assert result.taken == in_all


@pytest.mark.parametrize(("decided", "in_all"), [(FLEXIBLE, 34), ((), 28)])
def test_A19_what_was_passed_and_is_taken_again_is_not_in_progress(decided, in_all):
    again = replace(taken("社會科學研究法"), term=1141, state=State.IN_PROGRESS, score=None)
    result = audit(srd_e_109(), (*graduate(), again), decided)
    assert result.in_progress == 0
    assert result.taken == in_all


def test_A24_a_blank_score_of_a_term_that_is_over_is_a_finding():
    rows = tuple(replace(found, term_over=found.key == 901) for found in student_1())
    result = audit(srd_e_109(), rows)
    assert row(result, 901).remarks == (Remark.MISSING_SCORE,)
    assert result.in_progress == 4


def test_D2_in_progress_counts_as_expected_and_not_as_final():
    expected = audit(srd_e_109(), student_1(), FLEXIBLE)
    final = audit(srd_e_109(), student_1(), FLEXIBLE, reading=Reading.FINAL)
    assert expected.met
    assert not final.met
    assert not area(final, "D").met


@pytest.mark.parametrize("state", [State.FAILED, State.WITHDRAWN])
def test_D3_failed_and_withdrawn_courses_count_nowhere(state):
    result = audit(srd_e_109(), changed(501, state=state), FLEXIBLE)
    assert row(result, 501).counted_credits == 0
    assert area(result, "A").taken == 3


def test_D17_a_limit_counts_credits_courses_or_a_share_and_origins_of_their_own():
    framework = srd_e_109()
    cases = {
        FlexibleRule(limit=Decimal(6)): True,
        FlexibleRule(limit=Decimal(5)): False,
        FlexibleRule(unit=Unit.COURSES, limit=Decimal(2)): True,
        FlexibleRule(unit=Unit.COURSES, limit=Decimal(1)): False,
        FlexibleRule(unit=Unit.SHARE, limit=Decimal("0.1875")): True,
        FlexibleRule(unit=Unit.SHARE, limit=Decimal("0.18")): False,
        FlexibleRule(origin=Origin.OFF_CAMPUS, limit=Decimal(2)): False,
        FlexibleRule(origin=Origin.OTHER_ENTRY_YEAR, limit=Decimal(0)): True,
    }
    for rule, allowed in cases.items():
        limited = replace(framework, flexible_rules=(rule,))
        assert audit(limited, graduate(), ticks=frozenset(OUTSIDE)).ticks_allowed is allowed, rule


def test_D17_an_exempt_origin_uses_up_no_limit():
    framework = replace(
        srd_e_109(),
        flexible_rules=(
            FlexibleRule(limit=Decimal(3)),
            FlexibleRule(origin=Origin.OFF_CAMPUS, exempt=True),
        ),
    )
    assert audit(framework, graduate(), ticks=frozenset(OUTSIDE)).ticks_allowed


def test_114_a_tick_without_its_prior_approval_is_named():
    framework = replace(srd_e_109(), flexible_rules=(FlexibleRule(prior_approval=True),))
    approved = Decision(DecisionKind.PRIOR_APPROVAL, 733)
    result = audit(framework, graduate(), (approved,), frozenset(OUTSIDE))
    assert result.ticks_without_approval == (812,)
    assert not result.ticks_allowed


def test_D18_only_counting_courses_outside_the_framework_may_be_ticked():
    for key in (501, 650, 4711):
        with pytest.raises(TickNotAllowed):
            audit(srd_e_109(), graduate(), ticks=frozenset({key}))
    refused = Decision(DecisionKind.REFUSED, 733)
    with pytest.raises(TickNotAllowed):
        audit(srd_e_109(), graduate(), (refused,), frozenset({733}))


def test_D19_a_mapped_course_counts_in_its_area_and_outside_the_cap():
    framework = replace(srd_e_109(), flexible_rules=(FlexibleRule(limit=Decimal(3)),))
    mapped = Decision(DecisionKind.MAPPED, 733, area="C")
    result = audit(framework, graduate(), (mapped,), frozenset({812}))
    assert area(result, "C").taken == 15
    assert result.ticks_allowed
    assert result.met


def test_D22_flexible_credits_help_the_total_and_no_area():
    result = audit(srd_e_109(), without(649), FLEXIBLE)
    assert area(result, "A").taken == 3
    assert result.recognised == 6


def test_D40_a_framework_without_areas_still_asks_its_required_lines():
    framework = srd_e_109()
    single = replace(
        framework, areas=(), lines=tuple(replace(line, area=None) for line in framework.lines)
    )
    assert audit(single, graduate(), FLEXIBLE).met
    short = audit(single, without(501), FLEXIBLE)
    assert not short.met
    assert len(short.missing_lines) == 1


def test_D42_transferred_credit_counts_as_passed_without_a_score():
    result = audit(srd_e_109(), changed(501, state=State.TRANSFERRED, score=None), FLEXIBLE)
    assert result.met
    assert result.earned == 34


def test_a_grade_floor_leaves_a_lower_pass_without_effect():
    result = audit(with_areas(A={"min_score": Decimal(84)}), graduate(), FLEXIBLE)
    assert row(result, 649).reason is Reason.GRADE_FLOOR
    assert area(result, "A").taken == 3


def test_a_gap_names_the_smallest_sets_that_fill_it():
    framework = srd_e_109()
    result = audit(framework, without(649), FLEXIBLE)
    names = {line.key: line.name for line in framework.lines}
    assert [[names[key] for key in keys] for keys in area(result, "A").fill] == [
        ["質性研究與田野調查"],
        ["社會統計與資料分析"],
    ]
    assert area(result, "B").fill == ()


def test_the_order_of_the_input_changes_nothing():
    forwards = audit(srd_e_109(), graduate(), FLEXIBLE)
    backwards = audit(srd_e_109(), graduate()[::-1], FLEXIBLE[::-1])
    assert forwards == backwards
