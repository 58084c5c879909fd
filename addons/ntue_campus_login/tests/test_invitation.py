"""The mailed invitation: one link, good once, that chooses the first password (D44)."""

import logging
import re
from datetime import timedelta
from urllib.parse import urlsplit

from lxml import html
from odoo import fields
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import NOON, SchoolHttpCase
from odoo.tests import freeze_time, tagged
from odoo.tools import email_normalize

from ..models.password.password_guard import FIRST_DAYS
from ..quiet_links import WithoutTokens
from .words import BETTER, GOOD, Words

PAGE = "/web/invitation"


@tagged("post_install", "-at_install")
class TestInvitation(Words, SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student = cls.new_student("210941001", "王大明", taken=())
        school_of.account_of(cls.student).unlink()
        cls.student.email = "daming@mail.example.com"

    def setUp(self):
        super().setUp()
        self.student._ntue_give_account("invitation", "")
        self.account = school_of.account_of(self.student)
        self.mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.link = self.link_of(self.mail)
        self.env.flush_all()
        self.authenticate(None, None)

    def link_of(self, mail):
        address = urlsplit(html.fromstring(mail.body_html).cssselect("a")[0].get("href"))
        return f"{address.path}?{address.query}"

    def is_good(self, link):
        self.authenticate(None, None)
        return 'name="password"' in self.url_open(link).text

    def choose(self, password, page=None):
        """Send the form of ``page``, or of the one that the browser is shown now."""
        tree = html.fromstring(page or self.url_open(PAGE).content)
        mark = [field.get("value") for field in tree.cssselect("input[name=invited]")]
        fields = {"password": password, "password_again": password}
        return self.post_there(PAGE, **fields, **({"invited": mark[0]} if mark else {}))

    def test_the_link_chooses_a_password_and_leads_to_the_page_for_signing_in(self):
        page = self.url_open(self.link)
        self.assertTrue(page.url.endswith(PAGE), "without its token")
        self.assertIn(self.account.login, page.text)
        answer = self.choose(GOOD)
        self.assertTrue(answer.headers["Location"].endswith("/web/login"))
        self.assertIn('id="password_changed"', self.url_open("/web/login").text)
        self.sign_in("210941001", GOOD)
        self.assertTrue(self.is_in())

    def test_the_link_is_good_once_and_opening_it_does_not_use_it_up(self):
        for _time in range(2):
            self.assertTrue(self.is_good(self.link))
        self.choose(GOOD)
        self.assertFalse(self.is_good(self.link))
        answer = self.choose(BETTER)
        self.assertNotIn("Location", answer.headers)
        self.sign_in("210941001", GOOD)
        self.assertTrue(self.is_in())

    def test_a_weak_password_leaves_the_link_as_it_was(self):
        self.url_open(self.link)
        answer = self.choose("short")
        (problem,) = html.fromstring(answer.content).cssselect("#password_problem")
        self.assertIn(" 128 ", problem.text_content(), "in whichever language a visitor has")
        self.assertTrue(self.is_good(self.link))

    def test_an_old_a_forged_or_another_accounts_link_is_good_for_nothing(self):
        token = self.link.split("token=")[1]
        another = "B" if token[20] == "A" else "A"
        for forged in ("", "x", token[:-2], token[:20] + another + token[21:], "æ"):
            self.assertFalse(self.is_good(f"{PAGE}?token={forged}"), forged)
        other = self.account._ntue_link_token("other purpose", self.account.ntue_invited_until)
        self.assertFalse(self.is_good(f"{PAGE}?token={other}"))
        with freeze_time(fields.Datetime.to_datetime(NOON) + timedelta(days=FIRST_DAYS, hours=1)):
            self.assertFalse(self.is_good(self.link))

    def test_a_link_to_an_address_that_is_no_longer_the_accounts_is_good_for_nothing(self):
        self.account.partner_id.email = "other@mail.example.com"
        self.env.flush_all()
        self.assertFalse(self.is_good(self.link))

    def test_a_closed_account_is_opened_by_no_link(self):
        self.account.active = False
        self.env.flush_all()
        self.assertFalse(self.is_good(self.link))

    def test_who_has_come_to_work_here_since_is_let_in_by_no_link(self):
        self.student._contact().user_ids.group_ids = self.env.ref("base.group_user")
        self.env.flush_all()
        self.assertFalse(self.is_good(self.link))

    def test_no_signed_text_lets_anybody_into_an_account_that_is_no_students(self):
        admin = self.env.ref("base.user_admin")
        token = admin._ntue_link_token("invitation", self.account.ntue_invited_until)
        self.assertFalse(self.is_good(f"{PAGE}?token={token}"))

    def test_of_two_tabs_with_one_invitation_the_second_says_that_it_is_used(self):
        first, second = (self.url_open(self.link).content for _tab in range(2))
        self.assertEqual(self.choose(GOOD, first).status_code, 303)
        answer = self.choose(BETTER, second)
        self.assertNotIn("Location", answer.headers)
        (problem,) = html.fromstring(answer.content).cssselect("#password_problem")
        self.assertIn("alert-warning", problem.get("class"))
        self.sign_in("210941001", GOOD)
        self.assertTrue(self.is_in())

    def test_of_two_invitations_in_one_browser_each_page_is_for_the_account_that_it_names(self):
        """The first page is sent after the link of somebody else was opened beside it."""
        other = self.new_student("210941002", "陳小美", taken=())
        school_of.account_of(other).unlink()
        other.email = "meimei@mail.example.com"
        other._ntue_give_account("invitation", "")
        link = self.link_of(self.env["mail.mail"].search([], order="id desc", limit=1))
        self.env.flush_all()
        mine = self.url_open(self.link).content
        self.url_open(link)
        answer = self.choose(GOOD, mine)
        (problem,) = html.fromstring(answer.content).cssselect("#password_problem")
        self.assertIn("210941002", answer.text)
        self.assertTrue(problem.text_content().strip())
        self.assertFalse(school_of.account_of(other)._ntue_password_hash())
        self.assertFalse(self.account._ntue_password_hash())
        self.url_open(self.link)
        self.assertEqual(self.choose(GOOD).status_code, 303)

    def test_the_mail_is_the_offices_and_in_the_language_of_its_student(self):
        self.env["res.lang"]._activate_lang("en_US")
        office = "office@school.example.com"
        self.env["ir.config_parameter"].set_param("ntue_curriculum.office_email", office)
        self.env.company.email = "company@school.example.com"
        for lang, word in (("zh_TW", "帳號"), ("en_US", "account"), (False, "帳號")):
            self.account.lang = lang
            self.account.with_context(lang="en_US")._ntue_invite()
            mail = self.env["mail.mail"].search([], order="id desc", limit=1)
            with self.subTest(lang=lang):
                self.assertEqual(email_normalize(mail.email_from), office)
                self.assertEqual(email_normalize(mail.reply_to), office)
                self.assertIn(word, mail.subject)

    def test_the_mail_goes_to_the_student_alone_and_is_gone_when_sent(self):
        self.assertEqual(self.mail.email_to, "daming@mail.example.com")
        self.assertTrue(self.mail.auto_delete)
        self.assertFalse(self.mail.model)
        self.assertIn("210941001", self.mail.body_html)

    def test_no_token_stands_in_the_log_of_requests(self):
        token = self.link.split("token=")[1]
        said = logging.LogRecord(
            "werkzeug", logging.INFO, "", 0, '"%s" %s', (f"GET {self.link} HTTP/1.1", "303"), None
        )
        WithoutTokens().filter(said)
        self.assertNotIn(token, said.getMessage())
        self.assertRegex(said.getMessage(), re.escape(PAGE))
        installed = logging.getLogger("werkzeug").filters
        self.assertTrue(any(isinstance(found, WithoutTokens) for found in installed))
