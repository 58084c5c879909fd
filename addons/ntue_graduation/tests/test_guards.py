from odoo.tests import freeze_time, tagged

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED

from .. import workflow
from .common import APPLICATION, GraduationCase


def wrong_credits(way):
    """The registrar corrects the credits of a ticked course upwards: 6 become 7."""
    school_of.enrolment(way.student, "0733").credits = 4


def own_review(way):
    """The assistant studies here and the application is her own."""
    way.student.partner_id = way.case.assistant.partner_id


def own_second_review(way):
    way.student.partner_id = way.case.registrar.partner_id


def unapproved(way):
    """The department begins to ask for prior approvals after the draft was saved."""
    rule = way.case.framework.flexible_rule_ids[0]
    way.case.env.cr.execute(
        "UPDATE ntue_flexible_rule SET prior_approval = TRUE WHERE id = %s", rule.ids
    )
    rule.invalidate_recordset()


# Guard → (who calls what, where it stands, the one thing changed, what the sentence says).
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
        "7 credits are ticked (All origins), and at most 6 may be",
    ),
    "shortfall_acknowledged": (
        "by_student",
        "action_submit",
        lambda way: way.drafted(),
        lambda way: way.tick("0733"),
        "Something is still missing",
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
}
ELSEWHERE = {"window_open", "leave_passed"}
"""Guards of the calendar; their own tests are below."""


@tagged("post_install", "-at_install")
class TestGuards(GraduationCase):
    """From an application that may pass, one thing is changed: the first sentence says what to do."""

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
        named = {guard for row in workflow.TRANSITIONS for guard in row.guards}
        self.assertEqual(named, set(CASES) | ELSEWHERE)

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

    def test_D12_a_return_has_a_deadline_that_is_not_past(self):
        self.assert_refused("return_deadline_given")

    def test_D28_what_is_not_graded_yet_keeps_the_second_review_waiting(self):
        self.assert_refused("nothing_in_progress")

    def test_D28_the_second_review_passes_with_the_final_audit_only(self):
        self.assert_refused("final_audit_met")


@tagged("post_install", "-at_install")
class TestMoreGuards(GraduationCase):
    """The same sentences by another cause."""

    def submit_refused(self):
        return self.refused(self.way.account, APPLICATION, "action_submit", self.way.record.ids)

    def test_49_each_of_english_name_email_and_mobile_is_asked_for(self):
        self.way.drafted()
        self.student.write({"english_name": False, "email": False, "mobile": False})
        told = self.submit_refused()
        for text in ("English name is blank", "e-mail is blank", "mobile number is blank"):
            self.assertIn(text, told)
        for field, value, text in (
            ("email", "not an address", "Write one e-mail address"),
            ("mobile", "call me", "Write the number with digits"),
        ):
            with self.undone():
                self.student.write({"english_name": "WANG, TA-MING"})
                self.student.write({"email": "a@mail.example.com", "mobile": "0900-000-000"})
                self.student[field] = value
                self.assertIn(text, self.submit_refused())

    def test_several_reasons_are_told_at_once(self):
        self.way.drafted()
        self.student.write({"english_name": False})
        self.way.tick("0733")
        with freeze_time("2025-11-25 04:00:00"):
            told = self.submit_refused()
        for text in ("Applications were taken", "English name is blank", "still missing"):
            self.assertIn(text, told)

    def test_D16_a_program_may_refuse_a_shortfall_altogether(self):
        self.program.shortfall_policy = "block"
        self.way.drafted().tick("0733")
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.assertIn("only when the requirements are met", self.submit_refused())
        self.way.tick("0733", "0812").submit()

    def test_D16_an_acknowledged_shortfall_is_submitted(self):
        self.way.start().tick()
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        self.assertEqual(self.way.position(), "submitted/pending/pending")

    def test_114_a_course_without_the_departments_approval_is_not_submitted(self):
        self.way.drafted()
        unapproved(self.way)
        self.assertIn("has not approved", self.submit_refused())
        for number in ("0733", "0812"):
            self.env["ntue.recognition"].create(
                {
                    "student_id": self.student.id,
                    "enrollment_id": school_of.enrolment(self.student, number).id,
                    "kind": "prior_approval",
                }
            )
        self.way.submit()

    def test_D7_the_registrar_overrides_with_a_reason_that_the_log_keeps(self):
        self.way.first_passed().grade(60)
        ids = self.way.record.ids
        self.refused(self.registrar, APPLICATION, "action_pass_second", ids)
        self.way.by_registrar("write", {"override_reason": "Senate, case 12"})
        self.way.pass_second().by_registrar("action_complete")
        self.assertEqual(self.way.position(), "completed/passed/passed")
        told = self.way.record.event_ids.filtered(lambda row: row.action == "override")
        self.assertEqual((told.reason, told.user_id), ("Senate, case 12", self.registrar))

    def test_an_override_does_not_hurry_what_is_not_graded_yet(self):
        self.way.first_passed()
        self.way.by_registrar("write", {"override_reason": "In a hurry"})
        told = self.refused(
            self.registrar, APPLICATION, "action_pass_second", self.way.record.ids
        )
        self.assertIn("Not graded yet", told)

    def test_D28_an_unused_course_in_progress_does_not_hold_the_second_review_up(self):
        """Outside the framework and not ticked: its grade decides nothing."""
        school_of.enrol(self.school, self.student, "1141", "0950", "X950", "旁聽", 2, None)
        self.way.first_passed().grade(85).pass_second()
        self.assertEqual(self.way.position(), "submitted/passed/passed")

    def test_what_is_completed_still_holds_on_the_day_of_leaving(self):
        self.way.second_passed().grade(60)
        told = self.refused(
            self.registrar, APPLICATION, "action_complete", self.way.record.ids
        )
        self.assertIn("Areas not met: D", told)

    def test_nobody_reviews_their_own_application_in_any_step(self):
        """Staff may study here: whoever they are to the application, it is theirs."""
        for stand, user, calls in (
            (self.way.reviewed, self.assistant, ("pass_first", "fail_first", "return")),
            (self.way.first_passed, self.registrar, ("pass_second", "fail_second", "hand_back")),
        ):
            with self.undone():
                stand()
                self.student.partner_id = user.partner_id
                for call in calls:
                    told = self.refused(
                        user, APPLICATION, f"action_{call}", self.way.record.ids
                    )
                    self.assertIn("Nobody reviews their own application", told)

    def test_an_assistant_records_nothing_on_her_own_application(self):
        self.way.submitted()
        self.student.partner_id = self.assistant.partner_id
        row = self.way.record.outside_line_ids[:1]
        for model, ids, vals in (
            (APPLICATION, self.way.record.ids, {"paper_received_on": "2025-11-10"}),
            (APPLICATION, self.way.record.ids, {"hand_checked": True}),
            (row._name, row.ids, {"decision": "accepted"}),
        ):
            with self.subTest(vals=vals):
                found = self.outcome(self.assistant, model, "write", ids, vals)
                self.assertNotEqual(found, CHANGED)

    def test_a_reason_is_given_anew_for_each_decision(self):
        """An old reason is not sent to the student a second time."""
        self.way.returned().tick("0733", "0812").submit()
        for method in ("action_fail_first", "action_return"):
            told = self.refused(self.assistant, APPLICATION, method, self.way.record.ids)
            self.assertIn("Give a reason", told)
