"""Courses that are in several areas: which area gets them, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest
from degree_audit import Decision, DecisionKind, Reading, Reason, Remark, State, audit
from small import area, framework, held, passed, placed, reasons


def test_A3_the_earlier_area_is_filled_with_more_credits():
    f = framework([area("A", 2), area("B", 2)], {"x": (3, "AB"), "y": (3, "AB"), "z": (3, "AB")})
    assert held(audit(f, passed(f, "x", "y", "z"))) == {"A": 6, "B": 3}


def test_A3_framework_order_is_that_of_the_areas_and_not_of_the_lines():
    f = framework([area("A"), area("B")], {"x": (3, "BA")})
    assert placed(audit(f, passed(f, "x"))) == {1: "A"}


def test_A3_a_reviewers_mapping_goes_before_framework_order():
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "AB"), "y": (3, "AB")})
    mapped = Decision(DecisionKind.MAPPED, 1, area="B")
    result = audit(f, passed(f, "x", "y"), [mapped])
    assert placed(result) == {1: "B", 2: "A"}
    assert reasons(result)[1] is Reason.MAPPED


def test_A4_as_many_credits_as_fit_without_passing_the_cap():
    f = framework([area("A", max_credits=7)], {"x": (4, "A"), "y": (3, "A"), "z": (2, "A")})
    assert held(audit(f, passed(f, "x", "y", "z"))) == {"A": 7}


def test_A5_credits_above_a_cap_go_to_another_area_that_lists_the_course():
    f = framework([area("A", max_credits=3), area("B")], {"x": (3, "A"), "y": (3, "AB")})
    result = audit(f, passed(f, "x", "y"))
    assert placed(result) == {1: "A", 2: "B"}
    assert result.taken == 6


def test_A5_credits_that_fit_nowhere_count_nowhere_and_say_in_excess():
    f = framework([area("A", max_credits=3)], {"x": (3, "A"), "y": (3, "A")})
    result = audit(f, passed(f, "x", "y"))
    assert sorted(reasons(result).values()) == [Reason.COUNTS, Reason.IN_EXCESS]
    assert result.taken == 3


def test_A6_the_cap_of_a_parent_is_on_the_sum_of_its_subtree():
    areas = [area("P", max_credits=5), area("A", 2, parent="P"), area("B", 2, parent="P")]
    f = framework(areas, {"x": (3, "A"), "y": (2, "A"), "z": (2, "B")})
    result = audit(f, passed(f, "x", "y", "z"))
    assert held(result) == {"P": 5, "A": 3, "B": 2}
    assert all(row.met for row in result.areas)


def test_A8_as_many_areas_as_possible_are_met_before_any_is_filled():
    f = framework([area("A", 6), area("B", 3)], {"x": (3, "AB"), "y": (2, "A")})
    result = audit(f, passed(f, "x", "y"))
    assert [row.met for row in result.areas] == [False, True]


def test_A8_where_no_more_can_be_met_the_least_credits_are_missing():
    f = framework([area("A", 9), area("B", 2)], {"x": (3, "AB"), "y": (2, "AB"), "z": (2, "A")})
    result = audit(f, passed(f, "x", "y", "z"))
    assert held(result) == {"A": 5, "B": 2}


def test_A8_a_course_is_never_split_to_meet_an_area():
    f = framework([area("A", 4), area("B", 2)], {"x": (3, "AB"), "y": (3, "AB")})
    result = audit(f, passed(f, "x", "y"))
    assert sum(row.met for row in result.areas) == 1
    assert all(row.taken in (0, 3, 6) for row in result.areas)


def test_A8_a_number_of_courses_is_asked_like_credits():
    areas = [area("A", min_courses=2), area("B", min_courses=1)]
    f = framework(areas, {"x": (3, "AB"), "y": (3, "AB"), "z": (3, "B")})
    assert audit(f, passed(f, "x", "y", "z")).met


def test_A11_among_equal_placements_the_one_with_more_credits_in_the_total_is_taken():
    f = framework([area("A"), area("B")], {"x": (3, "A~B")})
    result = audit(f, passed(f, "x"))
    assert placed(result) == {1: "B"}
    assert result.taken == 3


def test_A12_a_line_without_an_area_is_the_last_place_of_a_course_that_has_others():
    f = framework([area("A", max_credits=3)], {"x": (3, "A"), "y": (3, "A-")})
    result = audit(f, passed(f, "x", "y"))
    assert placed(result) == {1: "A", 2: ""}
    assert reasons(result)[2] is Reason.COUNTS
    assert result.taken == 6


def test_A17_a_name_that_several_lines_share_makes_all_of_them_candidates():
    f = framework([area("A"), area("B", 3)], {"x": (3, "A"), "y": (3, "B")})
    f = replace(f, lines=tuple(replace(line, name="專題研究") for line in f.lines))
    old = replace(passed(f, "old")[0], name="專題 研究")
    result = audit(f, [old])
    assert placed(result) == {1: "B"}
    assert result.enrolments[0].remarks == (Remark.MATCHED_BY_NAME,)


def test_A17_two_enrolments_of_a_shared_name_take_one_line_each():
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "A"), "y": (3, "B")})
    f = replace(f, lines=tuple(replace(line, name="專題研究") for line in f.lines))
    taken = [replace(e, name="專題研究") for e in passed(f, "old", "older", "oldest")]
    result = audit(f, taken)
    assert result.met
    assert sorted(reasons(result).values()) == [Reason.COUNTS, Reason.COUNTS, Reason.REPEATED]


def test_A17_who_has_the_code_keeps_the_line_from_who_has_the_name_only():
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "A"), "y": (3, "B")})
    f = replace(f, lines=tuple(replace(line, name="專題研究") for line in f.lines))
    taken = [replace(e, name="專題研究") for e in passed(f, "x", "old")]
    assert placed(audit(f, taken)) == {1: "A", 2: "B"}


def test_a_shareable_course_counts_in_every_area_that_shares_it_and_once_in_the_total():
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "A*B")})
    result = audit(f, passed(f, "x"))
    assert held(result) == {"A": 3, "B": 3}
    assert (result.taken, result.courses) == (3, 1)


def test_A6_a_shared_course_counts_once_in_a_parent_of_both_areas():
    areas = [area("P"), area("A", 3, parent="P"), area("B", 3, parent="P")]
    f = framework(areas, {"x": (3, "A*B*")})
    assert held(audit(f, passed(f, "x"))) == {"P": 3, "A": 3, "B": 3}


def test_a_course_that_only_one_area_lists_is_not_shared_with_anything():
    f = framework([area("A", max_credits=3)], {"x": (3, "A*"), "y": (3, "A*")})
    assert audit(f, passed(f, "x", "y")).taken == 3


def test_a_shared_course_makes_room_under_a_cap_for_one_that_has_no_other_place():
    areas = [area("A", 3, max_credits=3), area("B", 3)]
    f = framework(areas, {"x": (3, "A*B"), "y": (3, "A")})
    result = audit(f, passed(f, "x", "y"))
    assert result.met
    assert result.taken == 6


def test_a_grade_floor_sends_a_course_to_the_area_that_has_none():
    areas = [area("A", 3, min_score=90), area("B")]
    f = framework(areas, {"x": (3, "AB")})
    result = audit(f, passed(f, "x"))
    assert placed(result) == {1: "B"}


def test_a_grade_floor_of_a_parent_holds_in_its_children():
    areas = [area("P", min_score=90), area("A", 3, parent="P")]
    f = framework(areas, {"x": (3, "A")})
    assert reasons(audit(f, passed(f, "x"))) == {1: Reason.GRADE_FLOOR}


def test_A18_a_repeat_below_the_grade_floor_does_not_displace_the_pass_that_reached_it():
    f = framework([area("A", 3, min_score=80)], {"x": (3, "A")})
    good, bad = passed(f, "x", "x")
    bad = replace(bad, term=1141, score=Decimal(72))
    result = audit(f, [good, bad])
    assert reasons(result) == {1: Reason.COUNTS, 2: Reason.REPEATED}


def test_A10_the_final_reading_places_anew_what_is_passed():
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "AB"), "y": (3, "A")})
    done, open_ = passed(f, "x", "y")
    open_ = replace(open_, state=State.IN_PROGRESS, score=None)
    assert held(audit(f, [done, open_])) == {"A": 3, "B": 3}
    final = audit(f, [done, open_], reading=Reading.FINAL)
    assert held(final) == {"A": 3, "B": 0}
    assert reasons(final)[2] is Reason.IN_PROGRESS


def test_credits_finer_than_the_frameworks_are_counted_exactly():
    f = framework([area("A", 3), area("B", 3)], {"x": (3, "AB"), "y": (3, "AB")})
    taken = [replace(e, credits=Decimal("2.75")) for e in passed(f, "x", "y")]
    result = audit(f, taken)
    assert held(result) == {"A": Decimal("5.50"), "B": 0}
    assert str(result.taken) == "5.5"


@pytest.mark.parametrize("order", [1, -1])
def test_equal_courses_take_their_places_in_the_order_of_their_lines(order):
    f = framework([area("A"), area("B", 3)], {"x": (3, "AB"), "y": (3, "AB")})
    result = audit(f, passed(f, "x", "y")[::order])
    assert placed(result) == {1: "A", 2: "B"}
