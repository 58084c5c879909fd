"""Sign-in tells nobody who has an account: known and unknown names are answered alike.

`make hostile ROWS=guessing` asks a running server a thousand times each.
"""

import json
import re
from unittest.mock import patch

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.tests.common import crossing
from odoo.tests import tagged
from odoo.tools import mute_logger
from passlib.context import CryptContext

from .sign_in import SignInCase

EACH = 12
OWN = (
    r'name="csrf_token"[^>]*',
    r'csrf_token: "[^"]*"',
    r"data:image/png;base64,[^\"]*",
    r'name="captcha_number"[^>]*',
    r"/web/captcha/[^\"]*",
    r'name="login"[^>]*',
)
"""What a page has of its own visitor or of what was typed, no matter who it is."""

HEADERS_OF_THE_MOMENT = {"Date", "Content-Length", "Set-Cookie", "X-Request-ID"}


def bare(text):
    """A page without what is of its own visitor."""
    for pattern in OWN:
        text = re.sub(pattern, "", text)
    return text


@tagged("post_install", "-at_install")
class TestEnumeration(SignInCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = [
            school_of.account_of(
                cls.new_student(f"21094{number:04}", f"學生{number}", taken=())
            ).login
            for number in range(2000, 2000 + EACH)
        ]
        cls.unknown = [login.replace("2109", "2199") for login in cls.known]
        # Accounts of all kinds: archived, and invited without a password yet.
        users = cls.env["res.users"].search([("login", "in", cls.known)])
        users[0].active = False
        cls.env.cr.execute("UPDATE res_users SET password = NULL WHERE id = %s", [users[1].id])

    def told(self, answer):
        """All that an answer tells: status, page, headers, and the names of its cookies."""
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in HEADERS_OF_THE_MOMENT
        }
        cookies = sorted(cookie.name for cookie in answer.cookies)
        return (answer.status_code, bare(answer.text), json.dumps(headers), tuple(cookies))

    @crossing
    def test_the_page_answers_known_and_unknown_names_alike(self):
        for when in ("always", "failure"):
            self.setting("captcha_when", when)
            told = [set(), set()]
            for found, logins in zip(told, (self.known, self.unknown), strict=True):
                for login in logins:
                    for _again in range(2):
                        self.visit()
                        found.add(self.told(self.sign_in(login, "wrong")))
            with self.subTest(when=when):
                self.assertEqual(told[0], told[1])

    @crossing
    def test_a_remote_call_answers_known_and_unknown_names_alike(self):
        told = [set(), set()]
        for found, logins in zip(told, (self.known, self.unknown), strict=True):
            for login in logins:
                params = {"db": self.env.cr.dbname, "login": login, "password": "wrong"}
                body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "call", "params": params})
                self.visit()
                with mute_logger("odoo.http"):
                    answer = self.url_open(
                        "/web/session/authenticate",
                        body,
                        headers={"Content-Type": "application/json"},
                    )
                error = answer.json()["error"]
                error["data"].pop("debug", None)
                found.add((answer.status_code, json.dumps(error)))
        self.assertEqual(told[0], told[1])
        self.assertEqual(len(told[0]), 1)

    def test_a_password_is_hashed_once_for_every_name_and_never_without_one(self):
        """What takes time is the hash: the same number of times, no matter who is asked for."""
        hashed = {}
        names = ("verify", "verify_and_update")
        whole = {name: getattr(CryptContext, name) for name in names}

        def counting(name):
            def call(crypt, secret, digest, *args, **kwargs):
                if digest:
                    hashed[login] = hashed.get(login, 0) + 1
                return whole[name](crypt, secret, digest, *args, **kwargs)

            return call

        self.env["res.users"]._ntue_nobodys_password()
        logins = [*self.known, *self.unknown, "", " ", "\u200b"]
        with patch.multiple(CryptContext, **{name: counting(name) for name in names}):
            for login in logins:
                self.visit()
                self.sign_in(login, "wrong")
            for login in (self.known[5], self.unknown[5]):
                hashed[login] = 0
                self.visit()
                self.sign_in(login, "")
        without = {login for login in hashed if not hashed[login]}
        self.assertEqual(without, {self.known[5], self.unknown[5]})
        self.assertEqual({hashed[login] for login in hashed if login not in without}, {1})
        self.assertEqual(len(hashed), 2 * EACH + 2)
