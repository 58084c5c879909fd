"""A form that was sent after its session ended outlives the way by the campus portal, too."""

from unittest.mock import patch

from lxml import html
from odoo import http
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import SchoolHttpCase
from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import WithPortal

PAGE, TYPED = "/my/profile", "02-0000-0000"


@tagged("post_install", "-at_install")
class TestSsoUnsent(WithPortal, SchoolHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, name in (("210941001", "王大明"), ("210941002", "同系同學")):
            cls.account = school_of.account_of(cls.new_student(number, name, taken=()))

    def is_somebody(self, number):
        self.portal.claims = {"student_no": number}

    def sends_too_late(self):
        """Where a form is led to whose session has ended meanwhile."""
        self.sign_in()
        self.assertTrue(self.is_in())
        token = http.Request.csrf_token(self)
        http.root.session_store.delete(self.session)
        self.env.flush_all()
        with mute_logger("odoo.http"):
            answer = self.url_open(
                PAGE, {"csrf_token": token, "phone": TYPED}, allow_redirects=False
            )
        self.assertEqual(answer.status_code, 303)
        return answer.headers["Location"].removeprefix(self.base_url())

    def kept(self):
        sid = [cookie.value for cookie in self.opener.cookies if cookie.name == "session_id"][-1]
        return http.root.session_store.get(sid).get("ntue_unsent")

    def test_the_page_says_what_became_of_it_and_the_portals_button_leads_back(self):
        for address, words in (
            (self.sends_too_late(), "尚未送出"),
            ("/web/login?expired=1", "沒有儲存"),
        ):
            self.read_in("zh_TW")
            page = html.fromstring(self.url_open(address).content)
            (said,) = page.cssselect(".o_ntue_sso .alert[role=status]")
            self.assertIn(words, said.text_content())
            (button,) = page.cssselect("#sso_start")
            self.assertIn("%2Fmy", button.get("href"))
        plain = html.fromstring(self.url_open("/web/login").content)
        self.assertEqual(plain.cssselect(".o_ntue_sso .alert"), [])

    def test_who_signs_in_by_the_portal_again_finds_it(self):
        self.sends_too_late()
        self.sign_in(redirect=PAGE)
        page = self.url_open(PAGE)
        self.assertIn("尚未送出", page.text)
        self.assertIn(TYPED, page.text)

    def test_who_signs_in_next_by_the_portal_gets_nothing_of_it_and_it_is_gone(self):
        self.sends_too_late()
        self.is_somebody("210941002")
        self.sign_in(redirect=PAGE)
        self.assertIsNone(self.kept())
        self.assertNotIn(TYPED, self.url_open(PAGE).text)
        self.is_somebody("210941001")
        self.sign_in(redirect=PAGE)
        self.assertNotIn(TYPED, self.url_open(PAGE).text)

    def test_it_is_not_even_in_the_session_of_who_signs_in_next(self):
        """Not for a moment: the session is written before the request ends."""
        self.sends_too_late()
        self.is_somebody("210941002")
        store, written = type(http.root.session_store), []
        save = store.save

        def noting(store, session):
            if session.uid:
                written.append(session.get("ntue_unsent"))
            save(store, session)

        with patch.object(store, "save", noting):
            self.sign_in(redirect=PAGE)
        self.assertTrue(written)
        self.assertEqual([kept for kept in written if kept], [])

    def test_who_is_not_let_in_may_try_once_more(self):
        self.sends_too_late()
        users = type(self.env["res.users"])
        with patch.object(users, "_ntue_vouched", side_effect=AccessDenied):
            self.assertEqual(self.sign_in(redirect=PAGE).status_code, 403)
        self.assertTrue(self.kept())
        self.sign_in(redirect=PAGE)
        self.assertIn(TYPED, self.url_open(PAGE).text)
