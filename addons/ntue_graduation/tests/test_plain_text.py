"""A mail in a reader of plain text: marks in pairs, a line for each row, a way to its subject."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import html2plaintext

from .. import tasks
from ..mail.answers import tell_office, written
from ..mail.texts import whole_text
from .common import APPLICATION, GraduationCase

LANGUAGES = ("en_US", "zh_TW")


@tagged("post_install", "-at_install")
class TestPlainText(GraduationCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("en_US")

    def lines(self, body):
        return [line.strip() for line in html2plaintext(body).splitlines() if line.strip()]

    def assert_marks_in_pairs(self, body):
        for line in self.lines(body):
            self.assertEqual(line.count("*") % 2, 0, line)

    def mailed(self, step):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        step()
        self.env.flush_all()
        return mails.search([]) - before

    def test_every_text_of_the_office_has_its_marks_in_pairs(self):
        texts = self.env["mail.template"].search([("model", "=", APPLICATION)])
        self.way.returned()
        for lang in LANGUAGES:
            self.way.account.lang = lang
            self.env.invalidate_all()
            for text in texts:
                with self.subTest(lang=lang, text=text.name):
                    self.assert_marks_in_pairs(whole_text(self.way.record, text)[1])

    def test_each_course_that_was_ticked_has_a_line_of_its_own(self):
        (mail,) = self.mailed(self.way.submitted)
        own = [line for line in self.lines(mail.body_html) if line.startswith("〔")]
        self.assertEqual(len(own), 2, own)
        self.assert_marks_in_pairs(mail.body_html)

    def test_the_mail_of_the_day_greets_in_the_order_of_the_language_and_lists_line_by_line(self):
        self.way.submitted()
        fellow = self.way_of(self.new_student("210941002", "同學")).submitted()
        numbers = {self.way.record.slip_number, fellow.record.slip_number}
        cron = type(self.env["ir.cron"])
        for lang, greeting in (("zh_TW", f"{self.assistant.name} 您好："), ("en_US", "Dear ")):
            with self.subTest(lang=lang), self.undone():
                self.assistant.lang = lang
                with patch.object(cron, "_commit_progress", lambda *_args, **_kw: 60.0):
                    (mail,) = self.mailed(self.env[APPLICATION]._send_digest)
                lines = self.lines(mail.body_html)
                self.assertTrue(lines[0].startswith(greeting), lines[0])
                self.assertEqual(numbers & set(lines), numbers)

    def test_the_office_is_led_to_the_application_that_it_is_told_of(self):
        self.srd.email = "srd@school.example.com"
        self.way.submitted()
        record = self.way.record.with_user(self.way.account)
        (mail,) = self.mailed(lambda: tell_office(record, tasks.WRITTEN, written))
        self.assertIn(f"action_application_all/{record.id}", html2plaintext(mail.body_html))
