"""What reviewers decide, and which decision holds (I6, D19; the engine's exceptions)."""

from dataclasses import replace
from decimal import Decimal

from degree_audit import Decision, DecisionKind, Origin, Reading, Reason, Remark, State, audit
from small import area, framework, held, passed, placed, reasons

MAPPED, FORCED = DecisionKind.MAPPED, DecisionKind.FORCED


def two_areas(**values):
    """A framework and an outside course, key 1, that reviewers decide about."""
    f = framework([area("A", 3, **values), area("B", 3)], {"x": (3, "A"), "y": (3, "B")})
    return f, passed(f, "other")[0]


def test_D19_a_mapped_course_counts_in_its_area_and_is_outside_no_more():
    f, course = two_areas()
    result = audit(f, [course], [Decision(MAPPED, 1, area="A", term=1141)])
    row = result.enrolments[0]
    assert (row.reason, row.areas, row.origin) == (Reason.MAPPED, ("A",), None)
    assert row.decided_term == 1141
    assert result.taken == 3


def test_D19_mapped_to_a_line_it_stands_for_that_line_and_repeats_it():
    f, course = two_areas()
    mapped = Decision(MAPPED, 1, area="A", line=1)
    assert audit(f, [course], [mapped]).enrolments[0].line == 1
    own = replace(passed(f, "x")[0], key=2)
    result = audit(f, [course, own], [mapped])
    assert sorted(reasons(result).values()) == [Reason.MAPPED, Reason.REPEATED]
    assert held(result)["A"] == 3


def test_a_substituted_course_fulfils_the_required_line_it_stands_for():
    f = framework([area("A", 3)], {"x": (3, "A!")})
    course = passed(f, "other")[0]
    assert audit(f, [course]).missing_lines == (1,)
    result = audit(f, [course], [Decision(DecisionKind.SUBSTITUTED, 1, line=1)])
    assert result.met
    assert reasons(result) == {1: Reason.MAPPED}


def test_a_refused_course_counts_nowhere_though_it_matches():
    f, _ = two_areas()
    result = audit(f, passed(f, "x"), [Decision(DecisionKind.REFUSED, 1)])
    assert reasons(result) == {1: Reason.REFUSED}
    assert result.taken == 0


def test_a_waived_line_need_not_be_taken_in_any_area_that_lists_its_course():
    f = framework([area("A"), area("B")], {"x": (3, "A!B!")})
    assert audit(f, ()).missing_lines == (1, 2)
    assert audit(f, (), [Decision(DecisionKind.WAIVED, line=1)]).met


def test_A4_a_mapped_course_stays_within_the_cap_before_others_of_equal_worth():
    f = framework([area("A", max_credits=3)], {"x": (3, "A"), "y": (3, "A")})
    result = audit(f, passed(f, "x", "y"), [Decision(MAPPED, 2, area="A")])
    assert reasons(result) == {1: Reason.IN_EXCESS, 2: Reason.MAPPED}


def test_a_forced_course_counts_whatever_the_cap_and_the_grade_floor_say():
    f = framework([area("A", max_credits=2, min_score=90)], {"x": (3, "A")})
    assert audit(f, passed(f, "x")).taken == 0
    result = audit(f, passed(f, "x"), [Decision(FORCED, 1, area="A")])
    assert held(result) == {"A": 3}


def test_a_forced_course_leaves_less_room_under_the_cap():
    f = framework([area("A", max_credits=5)], {"x": (3, "A"), "y": (3, "A"), "z": (2, "A")})
    result = audit(f, passed(f, "x", "y", "z"), [Decision(FORCED, 1, area="A")])
    assert reasons(result) == {1: Reason.MAPPED, 2: Reason.IN_EXCESS, 3: Reason.COUNTS}


def test_nothing_is_mapped_or_forced_that_was_not_passed():
    f, course = two_areas()
    failed = replace(course, state=State.FAILED, score=Decimal(50))
    assert reasons(audit(f, [failed], [Decision(FORCED, 1, area="A")])) == {1: Reason.FAILED}


def test_D28_a_mapped_course_in_progress_does_not_count_in_the_final_reading():
    f, course = two_areas()
    open_ = replace(course, state=State.IN_PROGRESS, score=None)
    mapped = [Decision(MAPPED, 1, area="A")]
    assert audit(f, [open_], mapped).in_progress == 3
    final = audit(f, [open_], mapped, reading=Reading.FINAL)
    assert final.taken == 0
    assert reasons(final) == {1: Reason.IN_PROGRESS}


def test_the_decision_of_the_latest_term_holds_in_any_order():
    f, course = two_areas()
    decisions = [
        Decision(DecisionKind.FLEXIBLE, 1, term=1132),
        Decision(MAPPED, 1, area="B", term=1141),
        Decision(DecisionKind.REFUSED, 1, term=1131),
    ]
    for ordered in (decisions, decisions[::-1]):
        assert placed(audit(f, [course], ordered)) == {1: "B"}


def test_of_one_term_a_refusal_holds_before_a_recognition():
    f, course = two_areas()
    decisions = [Decision(DecisionKind.REFUSED, 1), Decision(DecisionKind.FLEXIBLE, 1)]
    assert reasons(audit(f, [course], decisions)) == {1: Reason.REFUSED}


def test_a_decision_for_another_framework_is_void_here_and_says_so():
    f, course = two_areas()
    for decision in (Decision(MAPPED, 1, area="Z"), Decision(MAPPED, 1, line=99)):
        row = audit(f, [course], [decision]).enrolments[0]
        assert (row.reason, row.origin) == (Reason.OUTSIDE, Origin.OTHER_ENTRY_YEAR)
        assert row.remarks == (Remark.DECISION_VOID,)


def test_a_parent_takes_no_mapped_course_since_lines_stand_in_leaves():
    f = framework([area("P"), area("A", parent="P")], {"x": (3, "A")})
    row = audit(f, passed(f, "other"), [Decision(MAPPED, 1, area="P")]).enrolments[0]
    assert row.remarks == (Remark.DECISION_VOID,)


def test_D40_without_areas_a_mapped_course_counts_in_the_total():
    f = framework([], {"x": (3, "-")})
    result = audit(f, passed(f, "other"), [Decision(MAPPED, 1)])
    assert result.taken == 3
    assert reasons(result) == {1: Reason.MAPPED}


def test_D3_a_matched_course_recognised_as_flexible_does_not_count_in_its_area_too():
    f, _ = two_areas()
    result = audit(f, passed(f, "x"), [Decision(DecisionKind.FLEXIBLE, 1)])
    assert (held(result)["A"], result.recognised, result.taken) == (0, 3, 3)


def test_D3_an_outside_course_taken_twice_is_recognised_once():
    f, course = two_areas()
    again = replace(course, key=2, term=1132)
    accepted = [Decision(DecisionKind.FLEXIBLE, key) for key in (1, 2)]
    result = audit(f, [course, again], accepted)
    assert result.recognised == 3
    assert sorted(reasons(result).values()) == [Reason.FLEXIBLE, Reason.REPEATED]


def test_A18_a_recognised_repeat_costs_the_pass_before_it_no_place_and_counts_no_second_time():
    f, _ = two_areas()
    first = passed(f, "x")[0]
    again = replace(first, key=2, term=1141)
    accepted = [Decision(DecisionKind.FLEXIBLE, 2)]
    result = audit(f, [first, again], accepted)
    assert reasons(result) == {1: Reason.COUNTS, 2: Reason.REPEATED}
    assert (held(result)["A"], result.recognised, result.taken) == (3, 0, 3)
    alone = audit(f, [replace(first, state=State.FAILED), again], accepted)
    assert reasons(alone) == {1: Reason.FAILED, 2: Reason.FLEXIBLE}


def test_A18_the_same_of_an_equivalent_course():
    f, course = two_areas()
    f = replace(f, equivalents={"x": frozenset({"other"})})
    taken = [replace(course, key=2, term=1141), *passed(f, "x")]
    result = audit(f, taken, [Decision(DecisionKind.FLEXIBLE, 2)])
    assert reasons(result) == {1: Reason.COUNTS, 2: Reason.REPEATED}


def test_D2_a_recognised_pass_leaves_the_place_to_an_attempt_in_progress_until_it_fails():
    f, _ = two_areas()
    first = passed(f, "x")[0]
    again = replace(first, key=2, term=1141, state=State.IN_PROGRESS, score=None)
    accepted = [Decision(DecisionKind.FLEXIBLE, 1)]
    assert held(audit(f, [first, again], accepted))["A"] == 3
    final = audit(f, [first, again], accepted, reading=Reading.FINAL)
    assert (held(final)["A"], final.recognised) == (0, 3)


def test_A17_what_is_recognised_counts_in_no_area_though_several_subjects_carry_its_name():
    f, course = two_areas()
    f = replace(f, lines=tuple(replace(line, name="專題研究") for line in f.lines))
    old = replace(course, name="專題研究")
    result = audit(f, [old], [Decision(DecisionKind.FLEXIBLE, 1)])
    assert reasons(result) == {1: Reason.FLEXIBLE}
    assert (held(result)["A"], result.recognised) == (0, 3)


def test_A18_a_substitute_below_the_grade_floor_does_not_displace_the_pass_that_reached_it():
    f, course = two_areas(min_score=80)
    below = replace(course, key=2, score=Decimal(75))
    result = audit(f, [*passed(f, "x"), below], [Decision(DecisionKind.SUBSTITUTED, 2, line=1)])
    assert reasons(result) == {1: Reason.COUNTS, 2: Reason.REPEATED}


def test_A18_of_one_name_a_pass_goes_before_what_a_reviewer_mapped_but_nobody_graded():
    f = framework([area("A"), area("B")], {"x": (3, "A"), "y": (3, "A")})
    f = replace(f, lines=tuple(replace(line, name="專題研究") for line in f.lines))
    done = [replace(e, name="專題研究") for e in passed(f, "old", "older")]
    open_ = replace(done[0], key=3, state=State.IN_PROGRESS, score=None)
    result = audit(f, [*done, open_], [Decision(MAPPED, 3, area="B")])
    assert reasons(result) == {1: Reason.COUNTS, 2: Reason.COUNTS, 3: Reason.REPEATED}
