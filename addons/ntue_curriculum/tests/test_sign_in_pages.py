"""Odoo's pages before the sign-in: what they say, and how long a refusal takes."""

from unittest.mock import patch

from lxml import html
from odoo.exceptions import AccessDenied
from odoo.tests import tagged
from odoo.tools import mute_logger
from passlib.context import CryptContext

from . import school as school_of
from .common import SchoolCase, SchoolHttpCase

LIE = "Your account is closed: call 0800-000-000"
PAGES = ("/web/login", "/web/reset_password", "/web/signup", "/web/login/totp")


@tagged("post_install", "-at_install")
class TestSentences(SchoolHttpCase):
    def assert_silent(self, answer):
        """The words of a page, and what its fields hold, are none of the address's."""
        tree = html.fromstring(answer.content)
        fields = [field.get("value") or "" for field in tree.cssselect("input:not([type=hidden])")]
        self.assertNotIn("0800-000-000", " ".join([tree.text_content(), *fields]))

    def test_no_page_says_what_an_address_wants_it_to_say(self):
        self.authenticate(None, None)
        for page in PAGES:
            for name in ("message", "error", "oauth_error", "invalid_token", "title"):
                with self.subTest(page=page, name=name), mute_logger("odoo.http"):
                    self.assert_silent(self.url_open(page, params={name: LIE}))

    def test_a_form_that_carries_a_sentence_along_does_not_show_it_either(self):
        self.authenticate(None, None)
        with mute_logger("odoo.http", "odoo.addons.base.models.res_users"):
            for page in PAGES[:3]:
                answer = self.post(page, login="nobody", password="x", message=LIE, error=LIE)
                self.assert_silent(answer)

    def test_who_may_not_enter_the_backend_still_reads_why(self):
        self.authenticate(None, None)
        page = self.url_open("/web/login?error=access").text
        self.assertIn("alert-danger", page)


@tagged("post_install", "-at_install")
class TestRefusalsTakeAsLong(SchoolCase):
    """What takes time is a look at a hash: one for each refusal, of whatever kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        student = cls.new_student("210941001", "王大明", taken=())
        cls.account = school_of.account_of(student)
        cls.env["res.users"]._ntue_nobodys_password()

    def looks(self, credential, interactive=True):
        """How often a hash is looked at until the credential is refused."""
        seen = []

        def counting(whole):
            def call(crypt, secret, digest, *args, **kwargs):
                seen.extend([digest] if digest else [])
                return whole(crypt, secret, digest, *args, **kwargs)

            return call

        names = ("verify", "verify_and_update")
        counted = {name: counting(getattr(CryptContext, name)) for name in names}
        account = self.account.with_user(self.account)
        with patch.multiple(CryptContext, **counted), self.assertRaises(AccessDenied):
            account._check_credentials(
                {"login": account.login, **credential}, {"interactive": interactive}
            )
        return len(seen)

    def test_a_known_name_is_refused_as_slowly_as_an_unknown_one(self):
        refused = {
            "a wrong password": {"type": "password", "password": "wrong"},
            "none at all": {"type": "password", "password": ""},
            "a kind that nobody has": {"type": "made-up", "password": "wrong"},
            "an access token": {"type": "oauth_token", "token": "made-up"},
        }
        for title, credential in refused.items():
            with self.subTest(title):
                self.assertEqual(self.looks(credential), 1)

    def test_an_account_that_has_no_password_yet_is_no_exception(self):
        self.env.cr.execute("UPDATE res_users SET password = NULL WHERE id = %s", self.account.ids)
        self.assertEqual(self.looks({"type": "password", "password": "wrong"}), 1)
