"""Cases that take place in the school, and calls as a remote client makes them."""

import json
from contextlib import ExitStack, closing, contextmanager, nullcontext
from unittest.mock import patch

from odoo import http
from odoo.addons.base.models.ir_model import IrModelAccess
from odoo.addons.base.models.ir_rule import IrRule
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, TransactionCase, freeze_time
from odoo.tools import mute_logger

from . import school as school_of

NOON = "2025-11-10 04:00:00"
"""UTC; a Monday noon in Taipei within the window of 1141 (2025-10-27 to 2025-11-21)."""

REFUSED, UNCHANGED, CHANGED = "refused", "unchanged", "changed"

NOISY = ("odoo.http", "odoo.addons.base.models.ir_actions_report")
"""Loggers that tell of a refusal as a fault."""

WATCHED = ("mail_message", "mail_followers", "mail_activity")
"""Tables of Odoo in which something about our records may come to stand."""

ATTACHMENT = "ir_attachment"
OF_ATTACHMENT = (
    "t.id, t.name, t.res_model, t.res_field, t.res_id, t.checksum, t.public, t.access_token"
)
"""What is compared of an attachment: its checksum stands for its content."""


def crossing(test):
    """Mark a test that walks everything and takes long: Odoo's own runner does not repeat it."""
    return test


def without_captcha(env):
    """No page asks for one: the removable addon for signing in may be there, and asks."""
    captcha = env.registry.get("ntue.captcha")
    if captcha is None:
        return nullcontext()
    return patch.object(captcha, "_needed", lambda *_args, **_kwargs: False)


@contextmanager
def unexplained():
    """Refusals come without Odoo's search for the rule that failed, or for groups with the right.

    The search takes longer than the call, and a crossing asks only whether it was refused.
    """
    told = {
        IrRule: lambda *_args: AccessError("Refused by a record rule."),
        IrModelAccess: lambda *_args: AccessError("Refused by a right on the model."),
    }
    with ExitStack() as patches:
        for model, refusal in told.items():
            patches.enter_context(patch.object(model, "_make_access_error", refusal))
        yield


class RpcMixin:
    """Calls over the rules of Odoo's RPC layer, each in a cache as empty as a new request's."""

    @classmethod
    def rpc(cls, user, model, method, *args, context=None, **kwargs):
        """What a signed-in client gets for ``model.method(*args)``; errors as they come."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        env = cls.env(user=user.id, su=False, context={})
        result = call_kw(env[model], method, list(args), {**kwargs, "context": context or {}})
        cls.env.flush_all()
        return result

    @contextmanager
    def undone(self):
        """Whatever happens inside is taken back."""
        with closing(self.env.cr.savepoint()):
            yield

    def refused(self, user, model, method, *args, **kwargs):
        """The sentence with which the call is refused; fails when it is not refused."""
        with self.undone(), self.assertRaises(UserError) as caught:
            self.rpc(user, model, method, *args, **kwargs)
        return str(caught.exception)

    def outcome(self, user, model, method, *args, **kwargs):
        """``refused``, or whether the call changed anything in the database; taken back.

        What was there before is looked at afterwards, when the call is taken back: most calls
        of a crossing are refused, and need no look at all.
        """
        with self.undone(), unexplained():
            try:
                self.rpc(user, model, method, *args, **kwargs)
            except UserError:
                return REFUSED  # and the client's transaction is rolled back
            after = self.fingerprint()
        return UNCHANGED if self.fingerprint() == after else CHANGED

    def fingerprint(self):
        """A value that changes with any row of our tables and what hangs on them."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT 1 FROM pg_prepared_statements WHERE name = 'ntue_fingerprint'")
        if not cr.rowcount:  # planning it takes longer than running it
            cr.execute(self._fingerprint_query())
        cr.execute("EXECUTE ntue_fingerprint")
        # PostgreSQL may look at several tables at a time, and answers as it is done with them.
        return sorted(cr.fetchall(), key=lambda row: row[0])

    def _fingerprint_query(self):
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ntue\\_%'"
        )
        names = sorted(name for (name,) in self.env.cr.fetchall())
        rows = dict.fromkeys((*names, *WATCHED), "t") | {ATTACHMENT: OF_ATTACHMENT}
        parts = [
            f"SELECT '{name}', COUNT(*), SUM(HASHTEXT(({row})::text)::bigint) FROM {name} t"  # noqa: S608 (the catalogue's names)
            for name, row in rows.items()
        ]
        return f"PREPARE ntue_fingerprint AS {' UNION ALL '.join(parts)}"


class InSchool(RpcMixin):
    """The school of ``school.py``, its people and records as attributes of the case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school = school_of.build(cls.env)
        for name, value in vars(cls.school).items():
            if name != "env":
                setattr(cls, name, value)

    @classmethod
    def new_student(cls, number, name, **values):
        return school_of.student(cls.school, number, name, **values)


@freeze_time(NOON)
class SchoolCase(InSchool, TransactionCase):
    """In the school on a Monday noon of the window."""


@freeze_time(NOON)
class SchoolHttpCase(InSchool, HttpCase):
    """The same, by the door that browsers come in."""

    def enter(self, user):
        self.env.flush_all()
        self.authenticate(user.login, user.login)

    def read_in(self, lang):
        """Read pages in ``lang`` from now on."""
        jar = self.opener.cookies
        for cookie in [one for one in jar if one.name == "frontend_lang"]:
            jar.clear(cookie.domain, cookie.path, cookie.name)
        jar["frontend_lang"] = lang

    def call_aloud(self, model, method, *args, route="call_kw", **kwargs):
        """The JSON-RPC answer of the signed-in user: ``result`` or ``error``."""
        self.env.flush_all()
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.url_open(
            f"/web/dataset/{route}/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "id": 1, "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return answer.json()

    def call(self, *args, **kwargs):
        """The same, without what the log says of it."""
        with mute_logger(*NOISY):
            return self.call_aloud(*args, **kwargs)

    def post(self, address, files=None, **fields):
        """What the site answers to a form, sent with the token of the session."""
        self.env.flush_all()
        token = http.Request.csrf_token(self)
        answer = self.url_open(address, data={"csrf_token": token, **fields}, files=files)
        self.env.invalidate_all()
        return answer

    def assert_refused(self, model, method, *args, **kwargs):
        before = self.fingerprint()
        answer = self.call(model, method, *args, **kwargs)
        self.assertIn("error", answer, f"{model}.{method}")
        self.assertIn("exceptions.", answer["error"]["data"]["name"])
        self.assertEqual(self.fingerprint(), before)

    def assert_shows_nothing(self, address, *texts):
        """Whatever comes from ``address`` has none of ``texts`` in it and is no paper."""
        self.env.flush_all()
        with mute_logger(*NOISY):
            answer = self.url_open(address)
        for text in texts:
            self.assertNotIn(text.encode(), answer.content, address)
        self.assertNotEqual(answer.headers.get("Content-Type"), "application/pdf", address)
