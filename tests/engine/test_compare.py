"""Two audits of one student held beside each other: worked student 1, and one thing changed."""

from dataclasses import replace
from decimal import Decimal

from degree_audit import (
    Background,
    Case,
    CountingRule,
    Decision,
    DecisionKind,
    Evidence,
    Measure,
    Milestone,
    Reached,
    Reason,
    Verdict,
    Way,
    audit,
    compare,
)
from sample import srd_e_109, student_1

FRAMEWORK = srd_e_109()
NOW = audit(FRAMEWORK, student_1())
CODES = {line.key: line.code for line in FRAMEWORK.lines}


ENGLISH = Milestone("ENG", "外語能力", (Way("TOEIC", Measure.SCORE, Decimal(600)),))


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


# Milestones and rules across areas


def asking(*milestones, shown=(), **values):
    """An audit of student 1 before the framework with these milestones."""
    framework = replace(FRAMEWORK, milestones=milestones, **values)
    return Case(framework, student_1(), background=Background("", shown)).audit()


def score(points, verdict=Verdict.ACCEPTED):
    return (Evidence("ENG", "TOEIC", Decimal(points), verdict),)


def rule(**values):
    return CountingRule("LAB", "實驗課程", courses=("NO1", "NO2"), **values)


def test_a_milestone_that_a_revision_adds_is_missing_for_who_has_nothing_to_show():
    found = compare(NOW, asking(ENGLISH))
    (change,) = found.milestones
    assert (change.code, change.before, change.after.reached) == ("ENG", None, Reached.MISSING)
    assert (change.falls_back, change.becomes_met) == (True, False)
    assert (found.same, found.worse, found.better) == (False, True, False)
    assert found.after.milestones_missing == 1


def test_a_milestone_that_a_revision_adds_and_that_is_met_already_is_a_change_and_no_loss():
    found = compare(NOW, asking(ENGLISH, shown=score(600)))
    (change,) = found.milestones
    assert not change.falls_back
    assert (found.same, found.worse, found.better) == (False, False, False)


def test_a_milestone_that_is_dropped_is_a_gain_for_who_lacks_it():
    found = compare(asking(ENGLISH), NOW)
    (change,) = found.milestones
    assert change.after is None
    assert (found.worse, found.better) == (False, True)


def test_a_milestone_that_asks_more_falls_back_for_who_had_just_enough():
    harder = replace(ENGLISH, ways=(replace(ENGLISH.ways[0], amount=Decimal(700)),))
    found = compare(asking(ENGLISH, shown=score(600)), asking(harder, shown=score(600)))
    (change,) = found.milestones
    assert (change.before.reached, change.after.reached) == (Reached.MET, Reached.MISSING)
    assert found.worse
    stays = compare(asking(ENGLISH, shown=score(700)), asking(harder, shown=score(700)))
    assert (stays.same, stays.worse) == (False, False)


def test_a_milestone_that_waits_is_further_than_one_that_is_missing_and_less_than_one_met():
    waits = asking(ENGLISH, shown=score(600, Verdict.UNCHECKED))
    assert not compare(asking(ENGLISH), waits).worse
    met = asking(ENGLISH, shown=score(600))
    assert compare(met, waits).worse
    (change,) = compare(waits, met).milestones
    assert (change.becomes_met, change.falls_back) == (True, False)


def test_only_another_name_of_a_milestone_or_a_rule_changes_nothing():
    named = replace(ENGLISH, name="英文")
    assert compare(asking(ENGLISH), asking(named)).same
    rules = (rule(min_courses=2),)
    before = asking(counting_rules=rules)
    after = asking(counting_rules=(replace(rules[0], name="實作課程"),))
    assert compare(before, after).same


def test_a_rule_that_a_revision_adds_is_not_met_by_who_lacks_its_courses():
    found = compare(NOW, asking(counting_rules=(rule(min_courses=2),)))
    (change,) = found.rules
    assert (change.code, change.name, change.before) == ("LAB", "實驗課程", None)
    assert (change.becomes_unmet, change.after.missing_courses) == (True, 2)
    assert (found.same, found.worse, found.after.rules_missing) == (False, True, 1)


def test_a_rule_that_is_dropped_is_a_gain_for_who_lacked_its_courses():
    found = compare(asking(counting_rules=(rule(min_courses=2),)), NOW)
    (change,) = found.rules
    assert (change.after, found.worse, found.better) == (None, False, True)


def test_a_rule_that_only_limits_is_told_of_the_courses_and_changes_nothing_else():
    assert compare(NOW, asking(counting_rules=(rule(max_courses=2),))).same
