"""Mails leave by the queue: so many a minute, and one that was not taken is tried again."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.base.models.ir_mail_server import IrMail_Server, MailDeliveryException
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.mail.mail_mail import RATE, WAITS
from ..office_mail import queue_mail
from .common import SchoolCase

LOGGER = "odoo.addons.mail.models.mail_mail"


@tagged("post_install", "-at_install")
class TestMailQueue(SchoolCase):
    def setUp(self):
        super().setUp()
        self.mails = self.env["mail.mail"]
        self.mails.search([("state", "=", "outgoing")]).write({"state": "cancel"})
        for name, answer in (("_connect__", None), ("_disable_send", False)):
            self.enterContext(patch.object(IrMail_Server, name, lambda *_a, _x=answer, **_k: _x))
        # A test's transaction cannot be committed.
        cron = type(self.env["ir.cron"])
        self.enterContext(patch.object(cron, "_commit_progress", lambda *_a, **_k: 60.0))

    def queue(self, count):
        before = self.mails.search([])
        for number in range(count):
            queue_mail(self.env, f"Mail {number}", "<p>x</p>", f"s{number}@example.com")
        return self.mails.search([], order="id") - before

    def run_queue(self, fault=None):
        """What one run of the queue sends; every mail meets ``fault`` if there is one."""
        sent = []

        def send(_server, message, *_args, **_kwargs):
            if fault:
                raise fault
            sent.append(message["To"])
            return message["Message-Id"]

        with patch.object(IrMail_Server, "send_email", send), mute_logger(LOGGER):
            self.mails.process_email_queue()
        return sent

    def later(self, mails, minutes):
        """As after so many minutes: what was put off is due."""
        for mail in mails.exists().filtered("scheduled_date"):
            mail.scheduled_date -= timedelta(minutes=minutes)

    def test_so_many_mails_leave_a_minute_and_the_others_in_the_next(self):
        self.env["ir.config_parameter"].set_param(RATE, 3)
        mails = self.queue(7)
        self.assertEqual(self.run_queue(), [f"s{number}@example.com" for number in range(3)])
        self.assertEqual(self.run_queue(), [], "within the same minute")
        self.later(mails, 1)
        self.assertEqual(self.run_queue(), [f"s{number}@example.com" for number in range(3, 6)])
        self.later(mails, 1)
        self.assertEqual(self.run_queue(), ["s6@example.com"])

    def test_the_queue_is_looked_into_every_minute(self):
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "minutes"))

    def test_without_a_setting_all_of_them_leave(self):
        self.queue(7)
        self.assertEqual(len(self.run_queue()), 7)

    def test_a_mail_that_was_not_taken_is_tried_again_and_has_failed_in_the_end(self):
        mail = self.queue(1)
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action")
        for tries, minutes in enumerate(WAITS, 1):
            self.run_queue(MailDeliveryException("451 try later"))
            self.assertEqual((mail.state, mail.ntue_tries), ("outgoing", tries))
            self.assertGreater(mail.scheduled_date, fields.Datetime.now())
            self.assertTrue(
                self.env["ir.cron.trigger"].search_count(
                    [("cron_id", "=", cron.id), ("call_at", "=", mail.scheduled_date)]
                )
            )
            self.later(mail, minutes)
        self.run_queue(MailDeliveryException("451 try later"))
        self.assertEqual(mail.state, "exception")

    def test_a_mail_that_is_taken_at_the_second_try_is_sent_once(self):
        mail = self.queue(1)
        self.run_queue(MailDeliveryException("no route to host"))
        self.later(mail, WAITS[0])
        self.assertEqual(self.run_queue(), ["s0@example.com"])
        self.assertEqual(self.run_queue(), [])

    def test_what_a_mail_server_refuses_for_good_is_not_tried_again(self):
        mail = self.queue(1)
        self.run_queue(MailDeliveryException("550 no such user"))
        self.assertEqual((mail.state, mail.ntue_tries), ("exception", 0))
