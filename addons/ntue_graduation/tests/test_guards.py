from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .. import workflow
from .common import APPLICATION, GraduationCase


def wrong_credits(way):
    """The registrar corrects the credits of a ticked course upwards: 6 become 7."""
    school_of.enrolment(way.student, "0733").credits = 4


def own_review(way):
    """The assistant studies here and the application is her own."""
    way.student.partner_id = way.case.assistant.partner_id


def ask_a_reviewer(way):
    """The framework asks for what no machine can check."""
    asked = {"name": "作品展演", "way": "展演", "measure": "reviewer", "amount": 0}
    school_of.milestone(way.student.curriculum_id, "ART", **asked)


def study_what_is_needed(way):
    """She studies a double major, too, which one graduates with only, and lacks credits of it."""
    values = {"kind": "double_major", "graduation_credits": 25, "min_exclusive": 6}
    values |= {"needed_to_graduate": True, "class_name": "雙主修"}
    framework = school_of.minor(way.case.school, "SRD-D-109", way.case.program, **values)
    owner = {"student_id": way.student.id, "curriculum_id": framework.id}
    way.case.env["ntue.student.programme"].create(owner)


# Guard → (who calls what, where it is, the one thing changed, what the sentence says).
# Without the change every one of these calls succeeds.
CASES = {
    "draft_saved": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        lambda way: way.record._set({"saved_at": False}),
        "Save the draft and look at its slip first",
    ),
    "profile_complete": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        lambda way: way.student.write({"english_name": False}),
        "Your English name is blank",
    ),
    "ticks_allowed": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        lambda way: way.grade(60, "0733"),
        "A ticked course cannot count as flexible credits",
    ),
    "flexible_rules_hold": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        wrong_credits,
        "7 credits are ticked (All origins), and at most 6 credits may be",
    ),
    "shortfall_acknowledged": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        lambda way: way.tick("0733"),
        "Something is still missing",
    ),
    "teacher_ed_answered": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        lambda way: way.student.write({"is_teacher_ed": True}),
        "You are in teacher education. Answer the question about it",
    ),
    "paper_received": (
        "by_assistant",
        "action_pass_first",
        lambda way: way.reviewed(),
        lambda way: way.by_assistant("write", {"paper_received_on": False}),
        "Record the day on which the signed slip was handed in",
    ),
    "rows_decided": (
        "by_assistant",
        "action_pass_first",
        lambda way: way.reviewed(),
        lambda way: way.decide(no_0733={"decision": "pending"}),
        "Decide on: 課程理論研究.",
    ),
    "checked_by_hand": (
        "by_assistant",
        "action_pass_first",
        lambda way: way.reviewed(),
        lambda way: way.student.write({"entry_year": 98}),
        "for reference only",
    ),
    "not_own": (
        "by_assistant",
        "action_pass_first",
        lambda way: way.reviewed(),
        own_review,
        "Nobody reviews their own application",
    ),
    "reason_given": (
        "by_assistant",
        "action_fail_first",
        lambda way: way.reviewed().by_assistant("write", {"review_reason": "Seen"}),
        lambda way: way.by_assistant("write", {"review_reason": "  "}),
        "Give a reason; the student will read it",
    ),
    "return_deadline_given": (
        "by_assistant",
        "action_return",
        lambda way: way.reviewed().by_assistant(
            "write", {"review_reason": "Seen", "return_deadline": "2025-12-05"}
        ),
        lambda way: way.by_assistant("write", {"return_deadline": "2025-11-09"}),
        "Give a day until which the student may submit again",
    ),
    "hand_back_reason_given": (
        "by_registrar",
        "action_hand_back",
        lambda way: way.first_passed().by_registrar("write", {"review_reason": "Seen"}),
        lambda way: way.by_registrar("write", {"review_reason": "  "}),
        "the department reads it, and the student does not",
    ),
    "nothing_in_progress": (
        "by_registrar",
        "action_pass_second",
        lambda way: way.first_passed().grade(85),
        lambda way: school_of.enrolment(way.student, "0901").write(
            {"state": "in_progress", "is_graded": False}
        ),
        "Not graded yet: 碩士論文.",
    ),
    "final_audit_met": (
        "by_registrar",
        "action_pass_second",
        lambda way: way.first_passed().grade(85),
        lambda way: way.grade(60),
        "2 credits are missing to the graduation credits. Areas not met: D. "
        "Required subjects not passed: 碩士論文. Hand it back, or give an override reason",
    ),
    "milestones_decided": (
        "by_registrar",
        "action_pass_second",
        lambda way: way.first_passed().grade(85),
        ask_a_reviewer,
        "Decide on the milestones first: 作品展演",
    ),
    "further_programs_met": (
        "by_registrar",
        "action_pass_second",
        lambda way: way.first_passed().grade(85),
        study_what_is_needed,
        "Double major 雙主修 is needed to graduate and not met: 6 credits are missing that count "
        "in no program before it. Hand it back, or give an override reason",
    ),
    "not_deferred": (
        "by_registrar",
        "action_complete",
        lambda way: way.second_passed(),
        lambda way: way.case.env["ntue.graduation.deferral"].create(
            {
                "student_id": way.student.id,
                "term_id": way.record.term_id.id,
                "reason": "Thesis not finished",
            }
        ),
        "Who has deferred the term does not complete in it: revoke the deferral first",
    ),
    "left_by_today": (
        "by_registrar",
        "action_complete",
        lambda way: way.second_passed(),
        # Nobody can write a day to come; one that was written before the clock was put right.
        lambda way: way.record.sudo()._set({"left_on": "2025-11-11"}),
        "The day of leaving is not in the future",
    ),
    "no_supplement_open": (
        "by_assistant",
        "action_pass_first",
        lambda way: way.reviewed(),
        lambda way: way.by_assistant("action_ask_supplement", "Passport copy", "2025-12-05"),
        "The supplement asked for on 114-11-10 is still open",
    ),
}
SAID = {"step_reason_given", "step_deadline_given", "supplement_open", "short_as_seen"}
"""Guards of what is said with the call: tests of supplements, of taking back, of two reviewers."""

ELSEWHERE = {"window_open", "leave_passed", "diploma_list_open", "leave_to_come"}
"""Guards of the calendar; their own tests are below, and in tests/test_mass_steps.py."""


@tagged("post_install", "-at_install")
class TestGuards(GraduationCase):
    """One thing is changed of an application that may pass: the first sentence is about it."""

    def assert_refused(self, guard):
        by, method, stand, change, sentence = CASES[guard]
        with self.undone():
            stand(self.way)
            getattr(self.way, by)(method)
        with self.undone():
            stand(self.way)
            change(self.way)
            user = {
                "by_student": self.way.account,
                "by_assistant": self.assistant,
                "by_registrar": self.registrar,
            }[by]
            before = self.way.position()
            told = self.refused(user, APPLICATION, method, self.way.record.ids)
            self.assertIn(sentence, told.splitlines()[0])
            self.assertEqual(self.way.position(), before)

    def test_every_guard_of_the_table_is_tried(self):
        steps = (*workflow.TRANSITIONS, *workflow.IN_PLACE)
        named = {guard for row in steps for guard in row.guards}
        self.assertEqual(named, set(CASES) | ELSEWHERE | SAID)

    def test_D10_what_was_not_saved_is_not_submitted(self):
        self.assert_refused("draft_saved")

    def test_D7_a_blank_english_name_keeps_from_submitting(self):
        self.assert_refused("profile_complete")

    def test_D18_a_tick_that_is_no_longer_allowed_keeps_from_submitting(self):
        self.assert_refused("ticks_allowed")

    def test_138_ticks_beyond_the_cap_keep_from_submitting(self):
        self.assert_refused("flexible_rules_hold")

    def test_D16_a_shortfall_is_acknowledged_before_submitting(self):
        self.assert_refused("shortfall_acknowledged")

    def test_D35_a_student_of_teacher_education_answers_before_submitting(self):
        self.assert_refused("teacher_ed_answered")

    def test_D27_the_first_review_passes_with_the_paper_in_hand_only(self):
        self.assert_refused("paper_received")

    def test_140_every_ticked_course_is_decided_before_the_first_review_passes(self):
        self.assert_refused("rows_decided")

    def test_I17_early_entry_years_are_checked_by_hand(self):
        self.assert_refused("checked_by_hand")

    def test_nobody_reviews_their_own_application(self):
        self.assert_refused("not_own")

    def test_D11_a_refusal_has_a_reason(self):
        self.assert_refused("reason_given")

    def test_D11_a_hand_back_has_a_reason_that_the_department_reads(self):
        self.assert_refused("hand_back_reason_given")

    def test_D12_a_return_has_a_deadline_that_is_not_past(self):
        self.assert_refused("return_deadline_given")

    def test_D28_what_is_not_graded_yet_keeps_the_second_review_waiting(self):
        self.assert_refused("nothing_in_progress")

    def test_184_nobody_has_left_tomorrow(self):
        self.assert_refused("left_by_today")

    def test_D36_nobody_completes_in_a_term_that_is_deferred(self):
        self.assert_refused("not_deferred")

    def test_190_the_first_review_waits_for_a_supplement(self):
        self.assert_refused("no_supplement_open")

    def test_A41_what_a_reviewer_has_to_decide_keeps_the_second_review_waiting(self):
        self.assert_refused("milestones_decided")

    def test_A53_a_further_program_that_is_needed_keeps_the_second_review_waiting(self):
        self.assert_refused("further_programs_met")

    def test_A41_no_override_stands_for_a_decision_and_a_decision_is_enough(self):
        self.way.first_passed().grade(85)
        ask_a_reviewer(self.way)
        self.way.by_registrar("write", {"override_reason": "In a hurry"})
        told = self.refused(self.registrar, APPLICATION, "action_pass_second", self.way.record.ids)
        self.assertIn("Decide on the milestones first", told)
        asked = self.student.curriculum_id.milestone_ids
        decided = {"verdict": "accepted", "reason": "Seen by the jury"}
        school_of.evidence(self.student, asked, **decided)
        self.way.pass_second()

    def test_A41_a_course_on_which_a_milestone_rests_is_waited_for_and_not_handed_back(self):
        self.way.first_passed().grade(85)
        asked = {"measure": "courses", "amount": 1, "select_prefixes": "EN"}
        school_of.milestone(self.student.curriculum_id, "ENG", way="英語課程", **asked)
        english = school_of.enrol(
            self.school, self.student, "1141", "0950", "EN101", "英語", 2, None
        )
        ids = self.way.record.ids
        told = self.refused(self.registrar, APPLICATION, "action_pass_second", ids)
        self.assertEqual(told, "Not graded yet: 英語.")
        english.write({"state": "failed", "is_graded": True, "score": 40})
        told = self.refused(self.registrar, APPLICATION, "action_pass_second", ids)
        self.assertIn("Milestone 外語能力 is still missing", told)
        self.assertIn("Hand it back", told)

    def test_D28_the_second_review_passes_with_the_final_audit_only(self):
        self.assert_refused("final_audit_met")
