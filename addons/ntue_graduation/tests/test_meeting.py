"""Two reviewers at one application: one wins, the other is told who did what when."""

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.tests import tagged

from .common import APPLICATION, GraduationCase


@tagged("post_install", "-at_install")
class TestMeeting(GraduationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = school_of.GROUPS["assistant"]
        cls.colleague = school_of.user(cls.env, "colleague@staff.example.com", groups)
        cls.srd.assistant_ids += cls.colleague

    def test_who_comes_second_is_told_who_did_what_when(self):
        self.way.reviewed().pass_first()
        ids = self.way.record.ids
        told = self.refused(self.colleague, APPLICATION, "action_pass_first", ids)
        self.assertIn("First review passed: assistant, 114-11-10 12:00.", told)

    def test_who_comes_after_a_return_is_told_so_and_nothing_of_the_draft(self):
        self.way.reviewed().send_back()
        ids = self.way.record.ids
        told = self.refused(self.colleague, APPLICATION, "action_pass_first", ids)
        self.assertIn("Returned for correction: assistant, 114-11-10 12:00.", told)
        self.assertNotIn("王大明", told)
        told = self.refused(self.other_assistant, APPLICATION, "action_pass_first", ids)
        self.assertNotIn("Returned for correction", told)

    def test_a_row_decided_too_late_is_told_as_well(self):
        self.way.reviewed()
        row = self.way.record.line_ids.filtered("ticked")[:1]
        self.way.pass_first()
        told = self.refused(
            self.colleague,
            "ntue.graduation.application.line",
            "write",
            row.ids,
            {"decision": "refused", "decision_reason": "No"},
        )
        self.assertIn("First review passed: assistant", told)

    def test_a_student_is_not_told_who_reviews(self):
        self.way.reviewed().pass_first()
        ids = self.way.record.ids
        told = self.refused(self.way.account, APPLICATION, "write", ids, {"state": "draft"})
        self.assertNotIn("assistant, 114", told)
