"""What cannot be shown says so in whole sentences, in the visitor's language, with a way on."""

import json
import re
from contextlib import contextmanager
from unittest.mock import patch

from lxml import html
from odoo import http
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import request_size
from ..controllers.portal import CurriculumPortal
from ..error_pages import SENTENCES, error_text
from . import school as school_of
from .common import SchoolHttpCase

HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = ("Traceback", "File &quot;", 'File "', ".py", "odoo.exceptions", "psycopg2", "werkzeug")
"""What a page tells nobody of: how the code came to it."""

SECRET = "the secret of the code"


@tagged("post_install", "-at_install")
class TestErrorPages(SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明")
        cls.account = school_of.account_of(cls.student)
        for person in (cls.account, cls.assistant):
            person.lang = "zh_TW"

    def open(self, method, address, **sent):
        self.env.flush_all()
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.sql_db"):
            return self.opener.request(
                method,
                self.base_url() + address,
                allow_redirects=method == "GET",
                timeout=60,
                **sent,
            )

    @contextmanager
    def falling_over(self):
        """The progress page falls over something that it tells nobody."""
        with patch.object(CurriculumPortal, "_proposal", side_effect=ZeroDivisionError(SECRET)):
            yield

    def failures(self):
        """Status → the answer to a request that comes to it, as the signed-in user."""
        token = http.Request.csrf_token(self)
        large = {"csrf_token": token, "x": "1" * (request_size.FORM + 1)}
        found = {
            400: self.open("POST", "/my/profile", data={"csrf_token": "none"}),
            404: self.open("GET", "/my/nothing/of/the/kind"),
            405: self.open("PUT", "/my/profile"),
            422: self.open("GET", "/my/progress?a=%00"),
        }
        if self.session.uid != self.assistant.id:
            found[413] = self.open("POST", "/my/profile/address", data=large)
        with self.falling_over():
            found[500] = self.open("GET", "/my/progress/what-if?try=1")
        return found

    def assert_is_for_people(self, status, answer):
        self.assertEqual(answer.status_code, status)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "text/html")
        for mark in (*CODE, SECRET):
            self.assertNotIn(mark, answer.text, status)
        tree = html.fromstring(answer.content)
        (said,) = tree.cssselect("#ntue_error")
        self.assertEqual(said.get("data-status"), str(status))
        self.assertIn("。", said.text_content(), status)
        self.assertTrue(HAN.search(said.cssselect("h1")[0].text_content()), status)
        self.assertTrue(tree.get("lang").startswith("zh"), status)
        self.assertIn("frame-ancestors", answer.headers["Content-Security-Policy"])
        return tree

    def ways(self, tree):
        return [link.get("href") for link in tree.cssselect("#ntue_error a")]

    def test_a_student_reads_what_happened_and_finds_a_way_on(self):
        self.enter(self.account)
        for status, answer in self.failures().items():
            with self.subTest(status=status):
                tree = self.assert_is_for_people(status, answer)
                self.assertTrue({"/my", "/"} & set(self.ways(tree)))

    def test_an_employee_reads_it_too_and_goes_back_to_work(self):
        self.enter(self.assistant)
        for status, answer in self.failures().items():
            if status != 500:  # an employee has no progress
                with self.subTest(status=status):
                    tree = self.assert_is_for_people(status, answer)
                    self.assertTrue({"/odoo", "/"} & set(self.ways(tree)))

    def test_a_visitor_reads_it_in_the_language_of_the_browser(self):
        self.authenticate(None, None)
        self.opener.headers["Accept-Language"] = "zh-TW,zh;q=0.9"
        for status, method, address in (
            (404, "GET", "/nothing"),
            (405, "PUT", "/my/profile"),
            (400, "POST", "/web/login"),
            (404, "GET", "/web/content/2000000000"),
        ):
            with self.subTest(address=address):
                self.assert_is_for_people(status, self.open(method, address))

    def test_no_page_shows_a_trace_when_somebody_asks_for_one(self):
        self.enter(self.account)
        with self.falling_over():
            for mode in ("1", "assets", "tests"):
                answer = self.open("GET", f"/my/progress/what-if?try=1&debug={mode}")
                self.assert_is_for_people(500, answer)
        self.assert_is_for_people(404, self.open("GET", "/my/nothing?debug=1"))

    def test_what_is_closed_to_a_student_says_so(self):
        self.enter(self.account)
        for address in ("/doc", "/chat/1/x", "/report/html/base.report_irmodeloverview/1"):
            with self.subTest(address=address):
                answer = self.open("GET", address)
                self.assertIn(answer.status_code, (403, 404, 422))
                self.assert_is_for_people(answer.status_code, answer)

    def test_a_refusal_names_no_record_and_a_mistake_says_what_to_correct(self):
        self.enter(self.account)
        answer = self.open("GET", "/my/progress?a=%00")
        self.assertIn("請", html.fromstring(answer.content).cssselect(".alert")[0].text)
        other = self.new_student("210941002", "同系同學")
        answer = self.open("GET", f"/report/html/ntue_curriculum.report_progress_sheet/{other.id}")
        self.assertGreaterEqual(answer.status_code, 400)
        self.assertNotIn("同系同學", answer.text)

    def test_where_the_frame_cannot_be_drawn_the_sentences_stand_alone(self):
        self.enter(self.account)
        broken = patch.object(
            type(self.env["ntue.portal.menu"]), "_shown", side_effect=ZeroDivisionError(SECRET)
        )
        with broken, mute_logger("odoo.addons.ntue_curriculum.models.platform.ir_http_errors"):
            answer = self.open("GET", "/my/nothing")
        self.assert_is_for_people(404, answer)

    def test_a_session_that_was_ended_elsewhere_shows_nobodys_name(self):
        self.enter(self.account)
        self.assertIn("ntue_menu", self.open("GET", "/my/nothing").text)
        self.account.password = "another password of the test"
        answer = self.open("GET", "/my/nothing")
        self.assertEqual(answer.status_code, 404)
        for text in ("ntue_menu", "王大明", self.student.student_no):
            self.assertNotIn(text, answer.text)

    def test_a_form_of_an_earlier_session_leads_back_to_its_page(self):
        self.enter(self.account)
        answer = self.open("POST", "/my/profile", data={"csrf_token": "x" * 41, "phone": "1"})
        tree = self.assert_is_for_people(400, answer)
        self.assertEqual(self.ways(tree)[0], "/my/profile")

    def test_after_the_session_ended_a_form_leads_to_its_page_by_the_sign_in(self):
        self.authenticate(None, None)
        for address, back in (
            ("/my/profile", "%2Fmy%2Fprofile"),
            ("/my/profile/nothing", "%2Fmy%2Fprofile"),
        ):
            answer = self.open("POST", address, data={"phone": "1"})
            if answer.status_code == 303:
                self.assertIn(f"redirect={back}", answer.headers["Location"])
                self.opener.headers["Accept-Language"] = "zh-TW"
                page = self.open("GET", answer.headers["Location"].replace(self.base_url(), ""))
                self.assertIn("登出", html.fromstring(page.content).cssselect(".alert")[0].text)
            else:
                self.assertEqual(answer.status_code, 404, address)

    def test_a_page_that_is_asked_for_when_signed_out_is_opened_after_the_sign_in(self):
        self.authenticate(None, None)
        answer = self.open("GET", "/my/progress")
        self.assertIn("redirect=", answer.url)
        self.assertNotIn("expired", answer.url)

    @mute_logger("odoo.addons.ntue_curriculum.models.platform.ir_http_nonsense")
    def test_a_program_is_answered_as_before_without_the_trace(self):
        for user, traced in ((self.account, False), (self.assistant, True)):
            self.enter(user)
            answer = self.call("ntue.student", "read", [0], "nothing")
            self.assertIn("error", answer)
            self.assertTrue(answer["error"]["data"]["message"])
            self.assertEqual(bool(answer["error"]["data"]["debug"]), traced)

    def test_another_format_than_a_page_is_asked_for_and_answered(self):
        self.enter(self.account)
        answer = self.open(
            "PUT", "/my/profile", data=json.dumps({}), headers={"Content-Type": "application/json"}
        )
        self.assertEqual(answer.status_code, 405)
        self.assertNotIn("ntue_error", answer.text)

    def test_every_status_has_a_title_and_sentences_in_both_languages(self):
        for status in SENTENCES:
            for lang in ("en_US", "zh_TW"):
                page = error_text(status, lang) if isinstance(status, int) else None
                if page:
                    self.assertTrue(page.sentence.rstrip().endswith((".", "。")), status)
                    self.assertEqual(bool(HAN.search(page.title)), lang == "zh_TW", status)
        self.assertEqual(error_text(451, "en_US").title, error_text(400, "en_US").title)
        self.assertEqual(error_text(503, "en_US").title, error_text(500, "en_US").title)
