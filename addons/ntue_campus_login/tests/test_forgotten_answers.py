"""Behind the page for a forgotten password: who is mailed a link, how often, and what remains."""

from datetime import timedelta
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOON, SchoolCase
from odoo.fields import Datetime
from odoo.tests import freeze_time, tagged

from ..models.password import forgotten_request
from .asking import ADDRESS, Asking, text_of
from .numbers import KEY, MAILBOX, NEW_KEY, keys, number


@tagged("post_install", "-at_install")
class TestForgottenAnswers(Asking, SchoolCase):
    def test_D46_number_and_mailbox_of_one_student_bring_a_link_to_that_mailbox(self):
        self.asked()
        (mail,) = self.answered()
        self.assertEqual(mail["To"], self.mailbox)
        self.assertIn(self.account.name, text_of(mail))
        self.assertIn("30", text_of(mail))

    def test_nobody_else_is_mailed_anything(self):
        fellow = MAILBOX.format("210941002")
        for text, mailbox in (
            (number(2), self.mailbox),
            (self.number, fellow),
            (self.number, MAILBOX.format("299999999")),
            (self.number, "210941001@grad.ntue.edu.tw"),
            (self.number, self.account.email),
        ):
            self.asked(text, mailbox)
        self.assertEqual(self.answered(), [])
        self.assertFalse(self.links.search([]))
        self.assertFalse(self.requests.search([("is_answered", "=", False)]))

    def test_only_an_open_account_of_the_student_herself_gets_a_link(self):
        def without_account():
            self.account.active = False

        def of_an_employee():
            self.account.write({"group_ids": [(6, 0, self.env.ref("base.group_user").ids)]})

        def archived():
            self.student.active = False

        for change in (without_account, of_an_employee, archived):
            with self.subTest(change=change.__name__), self.undone():
                change()
                self.asked()
                self.assertEqual(self.answered(), [])
        self.asked()
        self.assertEqual(len(self.answered()), 1)

    def test_what_was_typed_stands_nowhere_once_it_is_answered(self):
        self.asked()
        self.asked(number(2))
        rows = self.requests.search([])
        self.assertNotIn(self.number[1:], str(rows.mapped("hashes")))
        self.answered()
        self.assertEqual({*rows.mapped("mailbox"), *rows.mapped("hashes")}, {False})
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(days=1, minutes=1)):
            self.requests._gc_requests()
        self.assertFalse(rows.exists())

    def test_one_account_gets_a_link_every_two_minutes_and_five_a_day(self):
        sent = []
        for minutes in range(0, 40, 1):
            with freeze_time(Datetime.to_datetime(NOON) + timedelta(minutes=minutes)):
                self.asked()
                sent += [minutes for _mail in self.answered()]
        self.assertEqual(sent, [0, 2, 4, 6, 8])
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(days=1, minutes=1)):
            self.asked()
            self.assertEqual(len(self.answered()), 1)

    def test_one_network_asks_so_often_in_an_hour_whomever_it_asks_about(self):
        self.env["ir.config_parameter"].set_param("ntue_campus_login.forgotten_per_network", "3")
        for seed in range(3):
            self.assertFalse(self.requests._is_too_many(ADDRESS))
            self.asked(number(seed), MAILBOX.format(f"29999999{seed}"))
        self.assertTrue(self.requests._is_too_many(ADDRESS))
        self.assertFalse(self.requests._is_too_many("192.0.2.8"))
        for seed in range(3):
            self.asked(address=f"2001:db8::{seed}")
        self.assertTrue(self.requests._is_too_many("2001:db8::ffff"), "one household")
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(hours=1, minutes=1)):
            self.assertFalse(self.requests._is_too_many(ADDRESS))

    def test_more_than_people_ask_for_is_not_put_down(self):
        with patch.object(forgotten_request, "MOST", 2):
            for _again in range(4):
                self.asked()
        self.assertEqual(self.requests.search_count([]), 2)

    def test_a_mail_that_cannot_be_sent_is_sent_later_by_another_link_and_logged_unnamed(self):
        self.asked()
        with patch.object(forgotten_request, "_logger") as log:
            self.answered(fails=True)
        self.assertEqual(log.info.call_count, 1)
        for text in (self.mailbox, self.number[1:], "210941001"):
            self.assertNotIn(text, str(log.mock_calls))
        self.assertFalse(self.links.search([]))
        self.assertEqual(len(self.answered()), 1)
        self.assertEqual(self.answered(), [])

    def test_mails_that_cannot_be_sent_keep_nobody_else_waiting(self):
        """Anyone who has not been tried comes first, and a run ends where the server is away."""
        for minute in range(5):
            with freeze_time(Datetime.to_datetime(NOON) + timedelta(minutes=minute)):
                self.asked()
        self.answered(fails=True)
        self.assertEqual(sorted(self.requests.search([]).mapped("tries")), [0, 0, 1, 1, 1])
        self.answered(fails=True)
        self.assertEqual(sorted(self.requests.search([]).mapped("tries")), [1, 1, 1, 1, 2])

    def test_a_mail_that_cannot_be_sent_for_a_day_is_given_up(self):
        self.asked()
        with freeze_time(Datetime.to_datetime(NOON) + timedelta(days=1, minutes=1)):
            self.answered(fails=True)
            self.assertEqual(self.answered(), [])

    def test_the_mail_is_in_the_students_language_and_from_the_office(self):
        self.env["ir.config_parameter"].set_param("ntue_curriculum.office_name", "進修教育中心")
        self.account.lang = "zh_TW"
        self.asked()
        (mail,) = self.answered()
        self.assertIn("進修教育中心", str(mail["From"]))
        self.assertIn("密碼", str(mail["Subject"]))
        self.assertIn("分鐘內", text_of(mail))

    def test_a_request_of_before_the_key_changed_is_answered_with_the_older_one(self):
        self.asked()
        with keys(NEW_KEY, KEY):
            self.assertEqual(len(self.answered()), 1)

    def test_another_pattern_of_mailboxes_is_a_setting(self):
        parameters = self.env["ir.config_parameter"]
        key = "ntue_campus_login.campus_mailboxes"
        parameters.set_param(key, "a#@grad.ntue.edu.tw s#@stu.example.edu.tw")
        self.asked(mailbox="s210941001@stu.example.edu.tw")
        (mail,) = self.answered()
        self.assertEqual(mail["To"], "s210941001@stu.example.edu.tw")

    def test_two_numbers_that_differ_in_case_alone_are_nobodys(self):
        """As an older version took them: numbers are in capitals by now."""
        self.student.sudo().student_no = "Z1"
        other = school_of.student(self.school, "Z2", "他人", taken=())
        self.env.flush_all()
        self.env.cr.execute("UPDATE ntue_student SET student_no = 'z1' WHERE id = %s", other.ids)
        other.invalidate_recordset(["student_no"])
        self.asked(mailbox=MAILBOX.format("z1"))
        self.assertEqual(self.answered(), [])
