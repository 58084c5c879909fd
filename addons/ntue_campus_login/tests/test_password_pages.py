"""The pages on which a new password is chosen, as a browser meets them (63, 64, 80–85)."""

import time
from datetime import timedelta
from unittest.mock import patch

from lxml import html
from odoo import fields, http
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..controllers import password as pages
from .words import BETTER, GOOD, THIRD, Words, id_number

CHANGE = "/my/password"


@tagged("post_install", "-at_install")
class TestPasswordPages(Words, SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(cls.student)
        cls.account.lang = "zh_TW"
        cls.account.password = GOOD

    def problem(self, answer):
        found = html.fromstring(answer.content).cssselect("#password_problem")
        return found[0].text_content() if found else None

    def test_the_first_sign_in_leads_to_the_change_and_the_new_password_to_the_desk(self):
        first = self.first_password(self.account, id_number(7654321))
        self.sign_in(self.account.login, first)
        page = self.url_open("/my")
        self.assertTrue(page.url.endswith(CHANGE))
        tree = html.fromstring(page.content)
        self.assertEqual(len(tree.cssselect("li[data-rule]")), 8)
        self.assertFalse(tree.cssselect("input[name=current]"), "it was typed a moment ago")
        answer = self.post_there(CHANGE, step="new", password=GOOD[:-1], password_again=GOOD[:-1])
        self.assertEqual(answer.status_code, 303)
        self.assertFalse(self.is_in(), "signed out")
        self.assertIn('id="password_changed"', self.url_open("/web/login").text)
        self.assertNotIn('id="password_changed"', self.url_open("/web/login").text, "said once")
        self.assertIn("alert-danger", self.sign_in(self.account.login, first).text)
        self.sign_in(self.account.login, GOOD[:-1])
        self.assertTrue(self.is_in())

    def test_a_form_that_waits_is_there_after_the_first_password_was_changed(self):
        first = self.first_password(self.account, id_number(7654321))
        self.sign_in(self.account.login, first)
        waits = {"address": "/my/profile", "page": "/my/profile", "token": "", "values": {}}
        self.session_now(ntue_unsent=[{**waits, "at": time.time(), "whole": True}])
        self.post_there(CHANGE, step="new", password=GOOD[:-1], password_again=GOOD[:-1])
        self.assertFalse(self.is_in())
        (row,) = self.session_now()["ntue_unsent"]
        self.assertEqual(row["page"], "/my/profile")

    def session_now(self, **kept):
        """The browser's session, with what it keeps from now on."""
        sid = [cookie.value for cookie in self.opener.cookies if cookie.name == "session_id"][-1]
        session = http.root.session_store.get(sid)
        if kept:
            session.update(kept)
            http.root.session_store.save(session)
        return session

    def come_in_at_the_last_moment(self):
        """Signed in by a first password that is good for five more minutes; until when it is."""
        first = self.first_password(self.account, id_number(7654321))
        until = fields.Datetime.now() + timedelta(minutes=5)
        self.account.ntue_password_until = until
        self.sign_in(self.account.login, first)
        return until

    def test_a_first_password_that_ends_while_its_page_is_open_chooses_nothing(self):
        until = self.come_in_at_the_last_moment()
        hashed = self.account._ntue_password_hash()
        with freeze_time(until + timedelta(minutes=11)):
            answer = self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
            self.assertTrue(answer.headers["Location"].endswith("/web/login"))
            self.assertIn('id="password_too_late"', self.url_open("/web/login").text)
            self.assertNotIn('id="password_too_late"', self.url_open("/web/login").text)
            self.assertFalse(self.is_in())
        self.assertEqual(self.account._ntue_password_hash(), hashed)

    def test_who_signed_in_in_the_last_minute_has_ten_to_choose(self):
        until = self.come_in_at_the_last_moment()
        with freeze_time(until + timedelta(minutes=9)):
            answer = self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
        self.assertEqual(answer.status_code, 303)
        self.sign_in(self.account.login, BETTER)
        self.assertTrue(self.is_in())

    def test_signing_in_in_a_second_tab_leads_to_the_change_that_the_first_one_shows(self):
        first = self.first_password(self.account, id_number(7654321))
        self.sign_in(self.account.login, first)
        self.assertTrue(self.url_open("/web/login").url.endswith(CHANGE))
        old_token = self.token()
        self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
        data = {"csrf_token": old_token, "step": "new", "password": GOOD, "password_again": GOOD}
        with mute_logger("odoo.http"):
            answer = self.url_open(CHANGE, data=data, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])
        self.sign_in(self.account.login, BETTER)
        self.assertTrue(self.is_in(), "and the page of the first tab changed nothing")

    def test_of_somebody_else_in_a_second_tab_the_first_one_changes_no_password(self):
        other = school_of.account_of(self.new_student("210941002", "陳小美", taken=()))
        other.password = THIRD
        self.sign_in(self.account.login, GOOD)
        self.post_there(CHANGE, current=GOOD)
        old_token = self.token()
        self.sign_in(other.login, THIRD)
        for token in (old_token, self.token()):
            data = {"csrf_token": token, "step": "new"}
            data |= {"password": BETTER, "password_again": BETTER}
            with mute_logger("odoo.http"):
                self.url_open(CHANGE, data=data, allow_redirects=False)
        for account, word in ((self.account, GOOD), (other, THIRD)):
            self.sign_in(account.login, word)
            self.assertTrue(self.is_in(), account.login)

    def test_a_browser_that_is_signed_in_elsewhere_is_signed_out_by_the_change(self):
        self.sign_in(self.account.login, GOOD)
        elsewhere = self.opener
        self.sign_in(self.account.login, GOOD)
        self.post_there(CHANGE, current=GOOD)
        self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
        self.opener = elsewhere
        self.assertFalse(self.is_in())

    def test_the_change_takes_two_steps_and_the_first_asks_for_the_password_in_use(self):
        self.sign_in(self.account.login, GOOD)
        tree = html.fromstring(self.url_open(CHANGE).content)
        self.assertIn("114-11-10", tree.cssselect("#password_changed_at")[0].text_content())
        self.assertFalse(tree.cssselect("input[name=password]"))
        answer = self.post_there(CHANGE, current="Wrong-one-7")
        self.assertIn("這不是您的密碼", self.problem(answer))
        answer = self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
        self.assertIn("已逾時", self.problem(answer), "no second step without the first")
        answer = self.post_there(CHANGE, current=GOOD)
        self.assertTrue(answer.headers["Location"].endswith(f"{CHANGE}?step=new"))
        tree = html.fromstring(self.url_open(f"{CHANGE}?step=new").content)
        self.assertEqual(len(tree.cssselect("input[type=password]")), 2)
        answer = self.post_there(CHANGE, step="new", password=BETTER, password_again=GOOD)
        self.assertIn("兩次輸入的密碼不同", self.problem(answer))
        answer = self.post_there(CHANGE, step="new", password="short", password_again="short")
        self.assertIn(" 128 ", self.problem(answer))
        answer = self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
        self.assertTrue(answer.headers["Location"].endswith("/web/login"))

    def test_the_second_step_waits_ten_minutes_and_no_longer(self):
        self.sign_in(self.account.login, GOOD)
        self.post_there(CHANGE, current=GOOD)
        later = time.time() + pages.MINUTES * 60 + 1
        with patch.object(pages.time, "time", lambda: later):
            answer = self.post_there(CHANGE, step="new", password=BETTER, password_again=BETTER)
        self.assertIn("已逾時", self.problem(answer))

    def test_what_was_typed_is_in_no_page_that_says_what_is_wrong(self):
        self.sign_in(self.account.login, GOOD)
        self.post_there(CHANGE, current=GOOD)
        typed = "Shown-nowhere"
        answer = self.post_there(CHANGE, step="new", password=typed, password_again="other")
        self.assertNotIn(typed, answer.text)

    def test_cancel_leads_away_and_nothing_changes(self):
        self.sign_in(self.account.login, GOOD)
        for address in (CHANGE, f"{CHANGE}?step=new"):
            self.post_there(CHANGE, current=GOOD)
            tree = html.fromstring(self.url_open(address).content)
            self.assertTrue(tree.cssselect("form a[href='/my']"), address)
        self.sign_in(self.account.login, GOOD)
        self.assertTrue(self.is_in())

    def test_odoos_own_page_changes_no_password_of_a_student(self):
        self.sign_in(self.account.login, GOOD)
        self.assertNotIn('name="new1"', self.url_open("/my/security").text)
        answer = self.post_there("/my/security", old=GOOD, new1=BETTER, new2=BETTER)
        self.assertTrue(answer.headers["Location"].endswith(CHANGE))
        self.sign_in(self.account.login, GOOD)
        self.assertTrue(self.is_in())

    def test_a_weak_password_on_odoos_page_is_told_and_leaves_the_link_as_it_was(self):
        partner = self.account.partner_id
        partner.signup_prepare(signup_type="reset")
        address = f"/web/reset_password?token={partner._generate_signup_token()}"
        self.env.flush_all()
        self.authenticate(None, None)
        answer = self.post(address, password="short", confirm_password="short")
        self.assertIn("alert-danger", answer.text)
        self.assertIn(" 128 ", answer.text, "in whichever language a visitor has")
        self.post(address, password=BETTER, confirm_password=BETTER)
        self.sign_in(self.account.login, BETTER)
        self.assertTrue(self.is_in())

    def test_somebody_who_is_no_student_keeps_the_page_of_odoo(self):
        self.enter(school_of.user(self.env, "guest@mail.example.com", school_of.PORTAL))
        self.assertTrue(self.url_open(CHANGE).url.endswith("/my/security"))
        self.assertIn('name="new1"', self.url_open("/my/security").text)

    def test_the_time_of_the_last_change_is_that_of_the_last_change(self):
        self.account.ntue_password_at = fields.Datetime.to_datetime("2025-03-04 05:06:07")
        self.env.flush_all()
        self.sign_in(self.account.login, GOOD)
        tree = html.fromstring(self.url_open(CHANGE).content)
        shown = tree.cssselect("#password_changed_at")[0].text_content()
        self.assertIn("114-03-04 13:06", shown, "as the clocks in Taipei had it")
