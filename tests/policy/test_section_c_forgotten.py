"""Section C, the forgotten password (2-1 忘記登入密碼): 72, 75–79, D46 and D47."""

import re

from lxml import html
from odoo.addons.ntue_campus_login.tests.asking import outbox, secret_in, text_of
from odoo.addons.ntue_campus_login.tests.numbers import KEY, keys, number
from odoo.addons.ntue_campus_login.tests.without_captcha import WithoutCaptcha
from odoo.addons.ntue_curriculum.tests import keeping
from odoo.tests import freeze_time, tagged

from .desk import DeskCase
from .desk import text_of as words_of

PAGE = "/web/forgotten"
CHINESE = {"Accept-Language": "zh-TW,zh;q=0.9"}
MAILBOX = "a210941001@grad.ntue.edu.tw"
NEW = "Zephyr-4417-quince"


@tagged("post_install", "-at_install")
class TestSectionCForgotten(WithoutCaptcha, DeskCase):
    def setUp(self):
        super().setUp()
        self.enterContext(keys(KEY))
        self.number = number(1)
        self.student._ntue_set_national_id(self.number)
        self.authenticate(None, None)
        self.opener.headers.update(CHINESE)

    def form(self):
        """The page as a visitor gets it."""
        self.env.flush_all()
        answer = self.url_open(PAGE)
        self.assertEqual(answer.status_code, 200)
        return html.fromstring(answer.content)

    def ask(self, mailbox=MAILBOX, text=None):
        return self.post(PAGE, national_id=text or self.number, mailbox=mailbox)

    def mails(self):
        """What is mailed for all that was asked."""
        with outbox() as sent, keeping.no_commit(self.env):
            self.env["ntue.forgotten.request"]._answer()
        self.env.flush_all()
        return sent

    def test_072_there_is_a_page_for_a_forgotten_password(self):
        self.assertEqual(words_of(self.one(self.form(), "h1")), "忘記登入密碼")

    def test_075_it_asks_for_the_id_number_and_the_campus_mailbox(self):
        form = self.one(self.form(), "form[action='/web/forgotten']")
        self.assertEqual(self.words(form, "label[for]")[:2], ["身分證字號", "校園電子信箱"])
        for name in ("national_id", "mailbox"):
            field = self.one(form, f"input[name='{name}']")
            self.assertEqual(field.get("required"), "required")

    def test_076_077_only_the_mailbox_of_the_student_number_is_accepted(self):
        self.see("a211300001@grad.ntue.edu.tw", self.form())
        for mailbox in (self.student.email, "210941001@grad.ntue.edu.tw", "a210941001@ntue.edu.tw"):
            self.assertIn("這不是學校配發給學生的信箱", self.ask(mailbox).text)
        self.assertEqual(self.mails(), [])
        self.ask()
        self.assertEqual([mail["To"] for mail in self.mails()], [MAILBOX])

    def test_078_the_button_mails_the_way_to_a_new_password(self):
        self.assertEqual(self.words(self.form(), "form button[type='submit']"), ["身份驗證"])
        answer = self.ask()
        self.assertIn("校園電子信箱", answer.text)
        (mail,) = self.mails()
        self.assertIn("設定新密碼", text_of(mail))
        secret = secret_in(mail)
        done = self.post(f"{PAGE}/new", token=secret, password=NEW, password_again=NEW)
        self.assertIn("密碼更改完成", done.text)
        self.authenticate(self.account.login, NEW)

    def test_079_it_advises_to_see_first_whether_the_mailbox_works(self):
        note = words_of(self.one(self.form(), "form [role='note']"))
        for words in ("建議先", "校園電子信箱是否可以順利登入", "計網中心"):
            self.assertIn(words, note)

    def test_D46_the_answer_is_the_same_and_the_link_short_lived_single_and_seldom(self):
        def said(**kwargs):
            text = self.ask(**kwargs).text
            return re.sub(r'"[0-9a-f]{40}o\d+"', "", text)

        self.assertEqual(said(), said(text=number(2)))
        (mail,) = self.mails()
        secret = secret_in(mail)
        self.ask()
        self.assertEqual(self.mails(), [], "one in two minutes")
        with freeze_time("2025-11-10 04:31:00"):
            late = self.url_open(f"{PAGE}/new?token={secret}")
        self.assertIn("此連結已無法使用", late.text)
        self.env.cr.execute("SELECT digest FROM ntue_national_id")
        self.assertNotIn(self.number[1:], str(self.env.cr.fetchall()))

    def test_D47_a_residence_permit_will_do_and_a_passport_will_not(self):
        for second in ("8", "9", "A", "C"):
            permit = number(7, second=second)
            self.student._ntue_set_national_id(permit)
            self.assertNotIn("forgotten_problem", self.ask(text=permit).text)
        self.assertIn("forgotten_problem", self.ask(text="350000001").text)
        with freeze_time("2031-01-01 00:00:00"):
            self.authenticate(None, None)
            refused = self.ask(text=number(7, second="C")).text
        self.assertIn("forgotten_problem", refused)
