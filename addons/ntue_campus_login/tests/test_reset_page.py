"""Odoo's own pages for a new password and an invitation: they tell nothing, in Chinese too."""

from lxml import html
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged
from odoo.tools import mute_logger

from .asking import Asking
from .test_forgotten_page import PEOPLE, comparable
from .without_captcha import WithoutCaptcha

RESET, SIGNUP = "/web/reset_password", "/web/signup"
CHINESE = {"Accept-Language": "zh-TW,zh;q=0.9"}


@tagged("post_install", "-at_install")
class TestResetPage(WithoutCaptcha, Asking, SchoolHttpCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.authenticate(None, None)

    def test_the_answer_is_the_same_for_known_and_unknown(self):
        known = [
            school_of.user(self.env, f"known{seed}@mail.example.com", school_of.PORTAL).login
            for seed in range(PEOPLE)
        ]
        answers = []
        self.url_open(RESET)
        for login in [*known, *(name.replace("known", "other") for name in known)]:
            status, headers, cookies, body = comparable(self.post(RESET, login=login))
            answers.append((status, headers, cookies, body.replace(login, "LOGIN")))
        self.assertIn("alert-success", answers[0][3])
        for answer in answers:
            self.assertEqual(answer, answers[0])

    def test_the_pages_speak_the_visitors_language(self):
        self.opener.headers.update(CHINESE)
        page = self.url_open(RESET)
        self.assertEqual(html.fromstring(page.content).get("lang"), "zh-TW")
        self.assertIn("學生", page.text)
        answer = self.post(RESET, login="nobody@mail.example.com")
        self.assertIn("如果有使用此帳號", answer.text)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(SIGNUP).status_code, 404)

    def test_the_answer_speaks_it_without_the_page_before_it(self):
        self.opener.headers.update(CHINESE)
        self.assertIn("如果有使用此帳號", self.post(RESET, login="nobody@mail.example.com").text)

    def test_students_are_shown_their_own_page(self):
        self.assertIn('href="/web/forgotten"', self.url_open(RESET).text)

    def test_an_invitation_tells_nothing_of_another_login(self):
        secret = {"password": "Zephyr-4417-quince", "confirm_password": "Zephyr-4417-quince"}
        for login, email in (
            (self.account.login, "guest1@mail.example.com"),
            ("nobody@mail.example.com", "guest2@mail.example.com"),
        ):
            invited = self.env["res.partner"].create({"name": "Guest", "email": email})
            invited.signup_prepare()
            token = invited._generate_signup_token()
            self.authenticate(None, None)
            answer = self.post(SIGNUP, token=token, login=login, name="Guest", **secret)
            self.assertNotIn("already registered", answer.text)
            self.assertEqual(invited.user_ids.login, email)
