"""The page 忘記登入密碼 and the page of its link, as a visitor's browser gets them."""

import logging
import re

from lxml import html
from odoo.addons.ntue_curriculum.quiet_log import OF_REQUESTS, WithoutSecrets
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import tagged
from odoo.tools import mute_logger

from .asking import Asking, secret_in
from .numbers import MAILBOX, keys, number, wrong
from .without_captcha import WithoutCaptcha

PAGE, NEW_PAGE = "/web/forgotten", "/web/forgotten/new"
NEW = "Zephyr-4417-quince"
PEOPLE = 10
"""Of those known and unknown in a test; `make bench` asks for a thousand of each."""


def comparable(answer):
    """Status, headers, names of cookies and body; but for what is another in every answer."""
    body = re.sub(r'"[0-9a-f]{40}o\d+"', '"CSRF"', answer.text)
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("Date", "Set-Cookie", "Content-Length", "X-Request-ID")
    }
    cookies = [re.sub(r"=[^;]*", "", part, count=1) for part in cookies_of(answer)]
    return answer.status_code, headers, cookies, body


def cookies_of(answer):
    return [re.sub(r"(?i)expires=[^;]*", "", c) for c in answer.raw.headers.getlist("Set-Cookie")]


@tagged("post_install", "-at_install")
class TestForgottenPage(WithoutCaptcha, Asking, SchoolHttpCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.url_open(PAGE)  # anyone who sends a form has seen it, and has the site's cookies

    def ask(self, text=None, mailbox=None):
        text = self.number if text is None else text
        return self.post(PAGE, national_id=text, mailbox=mailbox or self.mailbox)

    def problem(self, answer):
        found = html.fromstring(answer.content).cssselect("#forgotten_problem li")
        return [" ".join(item.itertext()).strip() for item in found]

    def test_D46_the_answer_is_the_same_no_matter_who_asks_and_whatever_is_known(self):
        for seed in range(PEOPLE):
            student = self.new_student(f"21094110{seed}", "同學", taken=())
            student._ntue_set_national_id(number(100 + seed))
        answers = []
        for seed in range(PEOPLE):
            known = MAILBOX.format(f"21094110{seed}")
            for text, mailbox in (
                (number(100 + seed), known),
                (number(900 + seed), known),
                (number(100 + seed), MAILBOX.format(f"29999990{seed}")),
            ):
                answers.append(comparable(self.ask(text, mailbox)))
        self.assertIn("alert-success", answers[0][3])
        for answer in answers:
            self.assertEqual(answer, answers[0])
        self.assertEqual(self.requests.search_count([]), 3 * PEOPLE)
        self.assertEqual(len(self.answered()), PEOPLE)

    def test_what_is_wrong_by_itself_is_said_beside_the_field_and_the_number_not_repeated(self):
        answer = self.ask(wrong(1), "someone@mail.example.com")
        self.assertEqual(len(self.problem(answer)), 2)
        self.assertNotIn(wrong(1), answer.text)
        self.assertIn('value="someone@mail.example.com"', answer.text)
        self.assertFalse(self.requests.search([]))

    def test_a_known_students_own_other_address_is_refused_as_anybodys(self):
        one, other = self.account.email, "nobody@mail.example.com"
        answers = [comparable(self.ask(mailbox=text))[3] for text in (one, other)]
        self.assertEqual(answers[0].replace(one, other), answers[1])

    def test_full_width_digits_blanks_and_small_letters_are_forgiven(self):
        wide = "".join(chr(ord(mark) + 0xFEE0) for mark in self.number.lower())
        self.ask(f" {wide}\u3000", self.mailbox.upper().replace("@", " @ "))
        self.assertEqual(len(self.answered()), 1)

    def test_a_network_that_asks_too_often_is_told_whomever_it_asks_about(self):
        self.env["ir.config_parameter"].set_param("ntue_campus_login.forgotten_per_network", "2")
        self.ask()
        self.ask(number(5), MAILBOX.format("299999999"))
        answers = [self.ask(), self.ask(number(5), MAILBOX.format("299999999"))]
        self.assertEqual([answer.status_code for answer in answers], [429, 429])
        self.assertEqual(*map(comparable, answers))
        self.assertEqual(self.requests.search_count([]), 2)

    def test_without_a_key_the_page_says_whom_to_ask_and_takes_nothing(self):
        with keys(""):
            for answer in (self.url_open(PAGE), self.ask()):
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("national_id", answer.text)
        self.assertFalse(self.requests.search([]))

    def test_a_form_without_the_sessions_token_is_refused(self):
        with mute_logger("odoo.http"):
            answer = self.url_open(PAGE, data={"national_id": self.number, "mailbox": "a"})
        self.assertEqual(answer.status_code, 400)

    def test_the_page_is_kept_nowhere_and_in_no_frame(self):
        for answer in (self.url_open(PAGE), self.ask(), self.url_open(NEW_PAGE)):
            self.assertIn("no-store", answer.headers["Cache-Control"])
            self.assertIn("frame-ancestors", answer.headers["Content-Security-Policy"])
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_the_whole_way_from_the_page_to_the_new_password(self):
        self.ask()
        (mail,) = self.answered()
        secret = secret_in(mail)
        for _look in range(2):  # programs that look through mails open the link, too
            page = self.url_open(f"{NEW_PAGE}?token={secret}")
            self.assertIn('name="password_again"', page.text)
        different = self.post(NEW_PAGE, token=secret, password=NEW, password_again="another")
        self.assertIn("new_password_problem", different.text)
        done = self.post(NEW_PAGE, token=secret, password=NEW, password_again=NEW)
        self.assertIn("alert-success", done.text)
        self.assertNotIn(NEW, done.text)
        answer = self.url_open("/my/profile", allow_redirects=False)
        self.assertEqual(answer.status_code, 303, "nobody is signed in by it")
        again = self.post(NEW_PAGE, token=secret, password="Other-9", password_again="Other-9")
        self.assertIn("alert-warning", again.text)
        self.authenticate(self.account.login, NEW)

    def test_a_password_that_is_refused_leaves_the_link_good(self):
        secret = self.link()
        for password in ("", "   "):
            self.post(NEW_PAGE, token=secret, password=password, password_again=password)
        self.assertTrue(self.links._of(secret))

    def test_every_session_ends_with_the_new_password(self):
        secret = self.link()
        self.enter(self.account)
        self.assertEqual(self.url_open("/my/profile", allow_redirects=False).status_code, 200)
        self.post(NEW_PAGE, token=secret, password=NEW, password_again=NEW)
        answer = self.url_open("/my/profile", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_links_in_the_list_of_requests_are_without_their_secrets(self):
        logger = logging.getLogger(OF_REQUESTS)
        self.assertTrue(any(isinstance(one, WithoutSecrets) for one in logger.filters))
        line = "GET /web/reset_password?db=x&token=secret-1&a=b HTTP/1.1"
        for message, args in (('"%s" %s %s', (line, 200, "-")), (line, ())):
            record = logging.LogRecord(OF_REQUESTS, logging.INFO, "", 1, message, args, None)
            WithoutSecrets().filter(record)
            self.assertNotIn("secret-1", record.getMessage())
            self.assertIn("&a=b HTTP/1.1", record.getMessage())
