"""What the tests of passwords share: a good one, a key of the server, signing in for real."""

import os
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo import http

from .. import national_id
from ..id_key import VARIABLE

GOOD = "Kestrel-on-7-roofs"
BETTER = "Bulbul+under+9+eaves"
THIRD = "Magpie/over/6/wells"
FOURTH = "Heron=in=5=paddies"

LATER = "2099-01-01 00:00:00"
"""When keys of the tests expire: the database has a clock of its own, which no test sets."""


def id_number(serial, letter="F", gender=2):
    """An ID number of nobody, right by its check digit; never the known example."""
    stem = f"{letter}{gender}{serial:07d}"
    return stem + national_id.check_digit(stem)


@contextmanager
def server_key(key="a key of the tests, long enough"):
    """The server has a key, or none."""
    with patch.dict(os.environ, {VARIABLE: key}):
        yield


class Words:
    """A mixin over HTTP cases: real passwords, through the page for signing in."""

    def first_password(self, account, number):
        """Give ``account`` the first password of an ID number, and return it."""
        account._ntue_set_first_password(number)
        self.env.flush_all()
        return f"{number[-5:]}@Ntue"

    def sign_in(self, login, password):
        """What the page for signing in answers; no redirect is followed."""
        self.authenticate(None, None)
        with ExitStack() as stack:
            captcha = type(self.env["ntue.captcha"])
            stack.enter_context(patch.object(captcha, "_needed", lambda *_args, **_kw: False))
            return self.post_there("/web/login", login=login, password=password)

    def post_there(self, address, **fields):
        """As ``post``, without following where it leads."""
        token = self.token()
        self.env.flush_all()
        data = {"csrf_token": token, **fields}
        answer = self.url_open(address, data=data, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def token(self):
        """The token of the browser's session, whichever it has by now."""
        sids = [cookie.value for cookie in self.opener.cookies if cookie.name == "session_id"]
        browser = SimpleNamespace(env=self.env, session=SimpleNamespace(sid=sids[-1]))
        return http.Request.csrf_token(browser)

    def is_in(self):
        """Whether the browser's session is somebody's."""
        return self.url_open("/my", allow_redirects=False).status_code == 200
