from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .common import APPLICATION, GraduationCase

WHAT = "Copy of the passport"


@tagged("post_install", "-at_install")
class TestSupplement(GraduationCase):
    """補件中 (190, D24): a message to the student and a day; no state of its own."""

    def ask(self, what=WHAT, day="2025-11-13"):
        self.way.by_assistant("action_ask_supplement", what, day)
        return self.way.record

    def test_190_the_student_is_asked_for_a_supplement_and_told_by_mail(self):
        self.way.submitted()
        before = self.env["mail.mail"].search([])
        record = self.ask()
        self.assertEqual(record.supplement_text, WHAT)
        self.assertEqual(str(record.supplement_deadline), "2025-11-13")
        self.assertEqual(str(record.supplement_requested_on), "2025-11-10")
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(mails.recipient_ids, self.student.partner_id)
        self.assertIn(WHAT, mails.body_html)
        self.assertIn("114-11-13", mails.body_html)

    def test_D24_a_supplement_leaves_every_state_as_it_was(self):
        self.way.submitted()
        self.ask()
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        self.assertEqual(self.way.record.event_ids[-1].action, "ask_supplement")
        self.assertIn(WHAT, self.way.record.event_ids[-1].reason)

    def test_190_a_supplement_that_is_overdue_is_found_at_the_desk(self):
        self.way.submitted()
        record = self.ask(day="2025-11-13").with_context(lang="en_US")
        self.assertIn("Supplement asked", record.findings)
        with freeze_time("2025-11-14 04:00:00"):
            record.invalidate_recordset(["findings"])
            self.assertIn("Supplement overdue", record.findings)

    def test_190_what_and_until_when_are_both_said(self):
        self.way.submitted()
        ids = self.way.record.ids
        for what, day, told in (
            ("  ", "2025-11-13", "Say why"),
            (WHAT, None, "Give a day"),
            (WHAT, "2025-11-09", "Give a day"),
        ):
            with self.subTest(what=what, day=day):
                sentence = self.refused(
                    self.assistant, APPLICATION, "action_ask_supplement", ids, what, day
                )
                self.assertIn(told, sentence)
        self.ask(day="2025-11-10")

    def test_190_a_supplement_that_came_lets_the_review_go_on(self):
        self.way.reviewed()
        self.ask()
        self.refused(self.assistant, APPLICATION, "action_pass_first", self.way.record.ids)
        self.way.by_assistant("action_supplement_received")
        self.assertEqual(str(self.way.record.supplement_received_on), "2025-11-10")
        self.way.pass_first()

    def test_190_a_request_is_taken_back_for_a_reason(self):
        self.way.submitted()
        self.ask()
        ids = self.way.record.ids
        self.refused(self.assistant, APPLICATION, "action_withdraw_supplement", ids, " ")
        self.way.by_assistant("action_withdraw_supplement", "It was there")
        self.assertFalse(self.way.record.supplement_text)
        self.assertEqual(self.way.record.event_ids[-1].reason, "It was there")

    def test_190_one_supplement_at_a_time(self):
        self.way.submitted()
        self.ask()
        with self.assertRaisesRegex(UserError, "still open"):
            self.ask("Another one")

    def test_D11_a_supplement_does_not_outlive_the_return(self):
        self.way.submitted()
        self.ask()
        self.way.send_back().tick("0733", "0812").submit()
        self.assertFalse(self.way.record.supplement_requested_on)
