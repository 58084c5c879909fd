"""Mails that students did not get: who sees them, what is to be done, and sending again."""

from odoo.addons.ntue_curriculum.tests.records import failed_mail
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..mail import reminders
from .common import GraduationCase

FAILED = "ntue.failed.mail"


@tagged("post_install", "-at_install")
class TestFailedMails(GraduationCase):
    def listed(self, user):
        """What the list has of the student for a user."""
        self.env.flush_all()
        rows = self.rpc(
            user,
            FAILED,
            "search_read",
            [("student_id", "=", self.student.id)],
            ["address", "failure", "todo", "again_at"],
        )
        self.env.invalidate_all()
        return rows

    def test_a_mail_that_came_back_is_listed_for_who_may_reach_the_student(self):
        self.way.submitted()
        before = len(self.listed(self.registrar))
        failed_mail(self.way.record._correspondence())
        for user in (self.registrar, self.assistant):
            rows = self.listed(user)
            self.assertEqual(len(rows), before + 1, user.login)
            self.assertEqual(rows[0]["failure"], "mail_bounce")
            self.assertIn("another way", rows[0]["todo"])
        for user in (self.registrar_day, self.other_assistant):
            self.assertEqual(self.listed(user), [], user.login)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.listed(self.way.account)

    def test_of_a_draft_nobody_hears_by_a_mail_that_came_back(self):
        self.way.drafted()
        place = self.way.record.sudo()._correspondence()
        failed_mail(place)
        self.assertEqual(self.listed(self.registrar), [])
        self.way.submit()
        self.assertTrue(self.listed(self.registrar))

    def test_of_a_draft_nobody_hears_by_a_reminder_that_was_not_taken(self):
        self.way.drafted()
        reminders.mail_student(self.way.record, "Not sent yet", "Until midnight")
        mail = self.env["mail.mail"].search([], limit=1, order="id desc")
        mail.write({"state": "exception", "failure_type": "mail_smtp"})
        self.assertEqual(mail.email_to, self.student.email)
        self.assertEqual(self.listed(self.registrar), [])
        mail.ntue_private = False
        self.assertTrue(self.listed(self.registrar))

    def test_a_mail_of_its_own_is_listed_by_the_address_of_the_student(self):
        mail = self.env["mail.mail"].create(
            {"email_to": self.student.email.upper(), "body_html": "Said", "state": "exception"}
        )
        mail.write({"failure_type": "mail_smtp", "failure_reason": "Connection refused"})
        (row,) = self.listed(self.registrar)
        self.assertIn("runs the server", row["todo"])

    def test_two_students_with_one_address_have_a_row_each_of_one_mail(self):
        other = self.new_student("210941002", "同系同學")
        other.sudo().email = self.student.email
        self.env["mail.mail"].create(
            {"email_to": self.student.email, "body_html": "Said", "state": "exception"}
        )
        self.env.flush_all()
        domain = [("address", "=", self.student.email)]
        found = self.rpc(self.registrar, FAILED, "search_read", domain, ["student_id"])
        self.assertEqual({row["student_id"][0] for row in found}, {self.student.id, other.id})
        self.assertEqual(len({row["id"] for row in found}), 2)
        for row in found:
            read = self.rpc(self.registrar, FAILED, "read", [row["id"]], ["student_id"])
            self.assertEqual(read[0]["student_id"], row["student_id"])

    def test_a_mail_that_is_tried_again_by_itself_asks_nothing_of_anybody(self):
        self.way.submitted()
        row = failed_mail(self.way.record._correspondence(), "mail_smtp")
        row.sudo().mail_id.write({"state": "exception"})
        row.sudo().mail_id._ntue_try_again("Connection refused")
        found = {one["id"]: one for one in self.listed(self.registrar)}[row.id]
        self.assertTrue(found["again_at"])
        self.assertIn("by itself", found["todo"])

    def test_the_registrar_sends_it_again_to_the_address_that_the_student_has_now(self):
        self.way.submitted()
        row = failed_mail(self.way.record._correspondence())
        mail = row.sudo().mail_id
        mail.write({"state": "exception", "ntue_tries": 5})
        for user in (self.assistant, self.registrar_day, self.way.account):
            with (
                self.undone(),
                mute_logger("odoo.http", "odoo.addons.base.models.ir_model"),
                self.assertRaises(AccessError),
            ):
                self.rpc(user, FAILED, "action_send_again", row.ids)
        self.rpc(self.registrar, FAILED, "action_send_again", row.ids)
        self.env.invalidate_all()
        self.assertEqual((mail.state, mail.ntue_tries), ("outgoing", 0))
        self.assertEqual(mail.recipient_ids, self.student.partner_id)
        self.assertNotIn(row.id, [one["id"] for one in self.listed(self.registrar)])

    def test_nothing_is_listed_of_a_student_whose_name_was_erased(self):
        self.way.submitted()
        failed_mail(self.way.record._correspondence())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ntue_student SET identity_erased_on = now() WHERE id = %s", [self.student.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self.listed(self.registrar), [])
