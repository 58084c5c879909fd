"""Two audits of one student held beside each other: worked student 1, and one thing changed."""

from dataclasses import replace
from decimal import Decimal

from degree_audit import Decision, DecisionKind, Reason, audit, compare
from sample import srd_e_109, student_1

FRAMEWORK = srd_e_109()
NOW = audit(FRAMEWORK, student_1())
CODES = {line.key: line.code for line in FRAMEWORK.lines}


def with_line(name, **values):
    """The framework with one of its subjects changed."""
    lines = (replace(row, **values) if row.name == name else row for row in FRAMEWORK.lines)
    return replace(FRAMEWORK, lines=tuple(lines))


def without_line(name):
    return replace(FRAMEWORK, lines=tuple(row for row in FRAMEWORK.lines if row.name != name))


def with_area(code, **values):
    areas = (replace(row, **values) if row.code == code else row for row in FRAMEWORK.areas)
    return replace(FRAMEWORK, areas=tuple(areas))


def renumbered(framework):
    """As a revision of it is kept: every line under another key."""
    lines = (replace(row, key=row.key + 100) for row in framework.lines)
    return replace(framework, lines=tuple(lines))


def against(framework, enrolments=None, decisions=(), **values):
    """What changes when ``framework`` is asked instead; ``subjects`` of both."""
    taken = student_1() if enrolments is None else enrolments
    codes = CODES | {line.key: line.code for line in framework.lines}
    before = audit(FRAMEWORK, taken, decisions)
    return compare(before, audit(framework, taken, decisions, **values), codes)


def test_an_audit_does_not_differ_from_itself():
    found = compare(NOW, NOW)
    assert found.same
    assert not found.worse


def test_a_true_copy_with_other_keys_does_not_differ():
    taken = tuple(row for row in student_1() if row.key != 501)
    assert against(renumbered(FRAMEWORK), taken).same


def test_more_credits_to_graduate_are_missing_credits_and_no_area():
    found = against(replace(FRAMEWORK, graduation_credits=Decimal(34)))
    assert (found.before.graduation_credits, found.after.graduation_credits) == (32, 34)
    assert (found.before.missing_credits, found.after.missing_credits) == (4, 6)
    assert found.areas == found.courses == ()
    assert found.worse
    assert not found.same


def test_fewer_credits_to_graduate_are_no_worsening():
    found = against(replace(FRAMEWORK, graduation_credits=Decimal(28)))
    assert (found.before.met, found.after.met) == (False, True)
    assert not found.worse


def test_an_area_that_asks_more_becomes_unmet_and_the_other_way_met():
    harder = with_area("B", min_credits=Decimal(9))
    (area,) = against(harder).areas
    assert (area.code, area.before.missing_credits, area.after.missing_credits) == ("B", 0, 3)
    assert (area.becomes_unmet, area.becomes_met) == (True, False)
    (back,) = compare(audit(harder, student_1()), NOW).areas
    assert (back.becomes_unmet, back.becomes_met) == (False, True)


def test_an_area_that_asks_more_and_stays_met_differs_in_what_it_asks():
    (area,) = against(with_area("C", min_credits=Decimal(12))).areas
    assert (area.before.met, area.after.met, area.asks_otherwise) == (True, True, True)
    fewer = tuple(row for row in student_1() if row.key != 655)
    (area,) = compare(NOW, audit(FRAMEWORK, fewer)).areas
    assert (area.after.met, area.asks_otherwise) == (True, False)


def test_a_new_area_that_is_not_met_is_one_that_becomes_unmet():
    extra = replace(FRAMEWORK.areas[0], code="E", name="E", min_credits=Decimal(3), min_courses=1)
    (area,) = against(replace(FRAMEWORK, areas=(*FRAMEWORK.areas, extra))).areas
    assert (area.code, area.before, area.becomes_unmet) == ("E", None, True)


def test_a_dropped_area_stands_on_the_first_side_only():
    framework = replace(
        FRAMEWORK,
        areas=FRAMEWORK.areas[:3],
        lines=tuple(row for row in FRAMEWORK.lines if row.area != "D"),
    )
    (area,) = against(framework).areas
    assert (area.code, area.after, area.becomes_met, area.becomes_unmet) == (
        "D",
        None,
        False,
        False,
    )


def test_a_dropped_subject_loses_its_place():
    found = against(without_line("觀光與地方創生"))
    (course,) = found.courses
    assert (course.key, course.before.areas, course.after.areas) == (655, ("C",), ())
    assert course.after.reason is Reason.OUTSIDE
    assert course.loses_place
    assert found.worse


def test_a_subject_moved_to_another_area_keeps_counting():
    found = against(with_line("觀光與地方創生", area="B"))
    (course,) = found.courses
    assert (course.before.areas, course.after.areas) == (("C",), ("B",))
    assert not course.loses_place
    assert {area.code for area in found.areas} == {"B", "C"}
    assert not found.worse


def test_a_subject_made_required_is_missing_for_somebody_who_did_not_take_it():
    framework = renumbered(with_line("社會統計與資料分析", required=True))
    found = against(framework)
    (key,) = found.required_now_missing
    assert {line.key: line.name for line in framework.lines}[key] == "社會統計與資料分析"
    assert found.required_no_longer_missing == ()
    assert found.worse


def test_a_missing_required_subject_made_elective_is_missing_no_longer():
    taken = tuple(row for row in student_1() if row.key != 501)
    found = against(with_line("社會科學研究法", required=False), taken)
    assert found.required_now_missing == ()
    assert found.required_no_longer_missing == (1,)


def test_a_decision_that_names_a_line_that_is_gone_is_told():
    decision = Decision(DecisionKind.SUBSTITUTED, 733, line=3)
    found = against(without_line("社會統計與資料分析"), decisions=(decision,))
    course = next(row for row in found.courses if row.key == 733)
    assert course.loses_decision
    assert course.loses_place
    assert found.worse


def test_a_tick_is_a_change_of_its_course_and_of_what_is_expected():
    found = against(FRAMEWORK, ticks=frozenset({733}))
    (course,) = found.courses
    assert (course.before.reason, course.after.reason) == (Reason.OUTSIDE, Reason.TICKED)
    assert (found.before.expected, found.after.expected) == (28, 31)
    assert not found.worse


def test_a_course_that_one_side_does_not_have_has_no_standing_there():
    """A what-if with a planned course more."""
    planned = replace(student_1()[0], key=999, code="SRD003", name="社會統計與資料分析")
    found = compare(NOW, audit(FRAMEWORK, (*student_1(), planned)))
    (course,) = found.courses
    assert (course.key, course.before, course.after.areas) == (999, None, ("A",))
    assert not course.loses_place
