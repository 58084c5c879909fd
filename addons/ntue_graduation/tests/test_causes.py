from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import CHANGED
from odoo.tests import freeze_time, tagged

from .common import APPLICATION, GraduationCase


@tagged("post_install", "-at_install")
class TestCauses(GraduationCase):
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
        rule = self.framework.flexible_rule_ids[0]
        self.env.cr.execute(
            "UPDATE ntue_flexible_rule SET prior_approval = TRUE WHERE id = %s", rule.ids
        )
        rule.invalidate_recordset()
        self.env.registry.clear_cache()  # the model would have refused, and cleared nothing
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
        told = self.refused(self.registrar, APPLICATION, "action_pass_second", self.way.record.ids)
        self.assertIn("Not graded yet", told)

    def test_D28_an_unused_course_in_progress_does_not_hold_the_second_review_up(self):
        """Outside the framework and not ticked: its grade decides nothing."""
        school_of.enrol(self.school, self.student, "1141", "0950", "X950", "旁聽", 2, None)
        self.way.first_passed().grade(85).pass_second()
        self.assertEqual(self.way.position(), "submitted/passed/passed")

    def test_what_is_completed_still_holds_on_the_day_of_leaving(self):
        self.way.second_passed().grade(60)
        told = self.refused(self.registrar, APPLICATION, "action_complete", self.way.record.ids)
        self.assertIn("Areas not met: D", told)
        thesis = school_of.enrolment(self.student, "0901")
        thesis.write({"state": "in_progress", "is_graded": False})
        told = self.refused(self.registrar, APPLICATION, "action_complete", self.way.record.ids)
        self.assertIn("Not graded yet", told)

    def test_nobody_reviews_their_own_application_in_any_step(self):
        """Staff may study here: whatever their role, it is theirs."""
        for stand, user, calls in (
            (self.way.reviewed, self.assistant, ("pass_first", "fail_first", "return")),
            (self.way.first_passed, self.registrar, ("pass_second", "fail_second", "hand_back")),
        ):
            with self.undone():
                stand()
                self.student.partner_id = user.partner_id
                for call in calls:
                    told = self.refused(user, APPLICATION, f"action_{call}", self.way.record.ids)
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
