"""The period of a window is extended in one action, and all whom it concerns are told."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from . import test_reminders
from .common import APPLICATION, GraduationCase
from .test_reminders import REMINDER

EXTEND = "ntue.graduation.window.extend"
DOWN = "The service was down from 22:10 to 23:40."


@tagged("post_install", "-at_install")
class TestExtension(GraduationCase):
    uncommitted = test_reminders.TestReminders.uncommitted

    def extend(self, user, **vals):
        vals = {"window_id": self.window.id, "date_close": "2025-11-23", "reason": DOWN, **vals}
        number = self.rpc(user, EXTEND, "create", vals)
        self.rpc(user, EXTEND, "action_extend", [number])
        self.env.invalidate_all()

    def mailed(self, work):
        """Addresses of the mails that ``work`` queues."""
        before = self.env["mail.mail"].search([])
        work()
        return sorted((self.env["mail.mail"].search([]) - before).mapped("email_to"))

    def remind(self):
        with self.uncommitted():
            self.env[APPLICATION]._send_reminders()

    def test_a_student_submits_after_the_announced_close_when_the_period_was_extended(self):
        self.way.drafted()
        with freeze_time("2025-11-22 04:00:00"):
            with self.assertRaises(UserError), self.undone():
                self.way.submit()
            self.extend(self.registrar)
            self.way.submit()
            self.assertEqual(self.way.record.state, "submitted")
        with freeze_time("2025-11-23 16:01:00"):
            self.assertFalse(self.window.is_open)

    def test_who_began_and_did_not_submit_is_mailed_once_and_no_other_student(self):
        self.way.drafted()
        submitted = self.way_of(self.new_student("210941002", "同系同學"))
        submitted.submitted()
        other = self.new_student("210941003", "未申請")
        for student in (self.student, submitted.student, other):
            student.sudo().email = f"{student.student_no}@example.com"
        with freeze_time("2025-11-21 15:00:00"):
            self.extend(self.registrar)
            mails = self.mailed(self.remind)
            self.assertEqual(mails.count(self.student.email), 1)
            self.assertNotIn(other.email, mails)
            told = self.env[REMINDER].search([("kind", "=", "extended")])
            self.assertEqual(told.student_id, self.student)
            self.mailed(self.remind)
            self.assertEqual(self.env[REMINDER].search([("kind", "=", "extended")]), told)
        with freeze_time("2025-11-22 16:30:00"):  # the new last day has begun in Taipei
            self.assertIn(self.student.email, self.mailed(self.remind), "the usual reminder")

    def test_the_offices_are_mailed_and_nobody_learns_who_keeps_a_draft(self):
        self.way.drafted()
        self.student.sudo().email = "student@example.com"
        self.assistant.sudo().email = "assistant@example.com"
        mails = self.mailed(lambda: self.extend(self.registrar))
        self.assertIn("assistant@example.com", mails)
        self.assertNotIn("student@example.com", mails)

    def test_the_notice_says_until_when_and_why_and_the_register_has_it(self):
        before = self.window._state_sentence()
        self.assertNotIn(DOWN, before)
        self.extend(self.registrar)
        self.assertIn(DOWN, self.window._state_sentence())
        entry = self.env["ntue.register.entry"].search([], limit=1)
        self.assertEqual((entry.model, entry.reason), (self.window._name, DOWN))
        self.extend(self.registrar, date_close="2025-11-25", reason="Again")
        self.assertEqual(str(self.window.extended_from), "2025-11-21", "as announced first")

    def test_an_extension_says_why_ends_later_and_before_the_leaving_date(self):
        for vals in (
            {"reason": "  "},
            {"reason": False},
            {"date_close": "2025-11-21"},
            {"date_close": "2025-11-20"},
            {"date_close": "2026-02-14"},
        ):
            with self.subTest(vals), self.undone(), self.assertRaises(UserError):
                self.extend(self.registrar, **vals)
        with freeze_time("2025-12-10 04:00:00"), self.undone(), self.assertRaises(UserError):
            self.extend(self.registrar, date_close="2025-12-01")

    def dues(self):
        window = self.window
        return str(window.first_review_due), str(window.second_review_due)

    def test_reviews_that_were_planned_before_the_new_last_day_move_with_it(self):
        self.way.submitted()
        self.window.write({"first_review_due": "2025-12-05", "second_review_due": "2025-12-12"})
        with freeze_time("2025-12-09 04:00:00"):
            self.extend(self.registrar, date_close="2025-12-10")
        self.assertEqual(self.dues(), ("2025-12-24", "2025-12-31"))
        record = self.way.record
        self.assertEqual(str(record.review_due), "2025-12-24")
        self.assertEqual(str(record.activity_ids.date_deadline), "2025-12-24")

    def test_reviews_that_are_planned_after_the_new_last_day_stay_as_announced(self):
        self.window.write({"first_review_due": "2025-12-05", "second_review_due": "2025-12-12"})
        self.extend(self.registrar)
        self.assertEqual(self.dues(), ("2025-12-05", "2025-12-12"))

    def test_no_review_is_planned_after_the_final_leaving_date_nor_before_the_one_before(self):
        self.window.write({"first_review_due": "2025-12-05", "second_review_due": "2025-12-05"})
        self.extend(self.registrar, date_close="2026-02-10")
        self.assertEqual(self.dues(), ("2026-02-13", "2026-02-13"))

    def test_a_second_review_alone_is_not_planned_before_applications_end(self):
        self.window.write({"first_review_due": False, "second_review_due": "2025-11-10"})
        self.extend(self.registrar)
        self.assertEqual(str(self.window.second_review_due), "2025-11-23")

    def test_nobody_but_a_registrar_of_the_division_extends(self):
        people = (self.way.account, self.assistant, self.registrar_day, self.operator)
        for user in people:
            with self.subTest(user.login), self.undone(), self.assertRaises(AccessError):
                self.extend(user)
        self.assertEqual(str(self.window.date_close), "2025-11-21")
