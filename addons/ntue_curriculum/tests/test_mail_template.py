"""Mails made of a template: Odoo makes them with all rights, of whatever a client says."""

from odoo.tests import tagged

from . import school as school_of
from .common import SchoolCase

TEMPLATE, OFFICE = "mail.template", "office@school.example.com"


@tagged("post_install", "-at_install")
class TestMailTemplate(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.employee = school_of.user(cls.env, "employee@staff.example.com", school_of.STAFF)

    def template(self, user, model="res.partner"):
        vals = {
            "name": "Mine",
            "model_id": self.env["ir.model"]._get(model).id,
            "subject": "News",
            "body_html": "<p>News</p>",
            "email_from": f"Office <{OFFICE}>",
            "email_to": "somebody@example.com",
        }
        return self.rpc(user, TEMPLATE, "create", vals)

    def test_a_mail_of_a_template_comes_from_the_person_who_sends_it(self):
        forged = {
            "author_id": self.registrar.partner_id.id,
            "email_from": f"Office <{OFFICE}>",
            "reply_to": OFFICE,
        }
        for user in (self.employee, self.assistant, self.registrar):
            number = self.template(user)
            for values in (None, forged):
                args = [[number], user.partner_id.id]
                made = self.rpc(user, TEMPLATE, "send_mail", *args, email_values=values)
                mail = self.env["mail.mail"].browse(made)
                with self.subTest(user=user.login, values=values):
                    self.assertEqual(mail.author_id, user.partner_id)
                    self.assertEqual(mail.email_from, user.email_formatted)
                    self.assertEqual(mail.reply_to, user.email_formatted)

    def test_no_file_is_mailed_by_its_number(self):
        """Anyone who names a file in the values of a mail gets it, whosever it is."""
        secret = self.env["ir.attachment"].create({"name": "secret.txt", "raw": b"secret"})
        self.refused(self.assistant, "ir.attachment", "read", secret.ids, ["raw"])
        number = self.template(self.assistant)
        made = self.rpc(
            self.assistant,
            TEMPLATE,
            "send_mail",
            [number],
            self.assistant.partner_id.id,
            email_values={"attachment_ids": [(4, secret.id)]},
        )
        self.assertFalse(self.env["mail.mail"].browse(made).attachment_ids)

    def test_no_template_mails_a_student_past_the_correspondence(self):
        number = self.template(self.assistant, "ntue.student")
        for method, to in (("send_mail", self.student.id), ("send_mail_batch", self.student.ids)):
            self.refused(self.assistant, TEMPLATE, method, [number], to)
