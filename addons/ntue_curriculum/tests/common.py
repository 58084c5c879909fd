"""Cases that take place in the school, and calls as a remote client makes them."""

from contextlib import closing, contextmanager

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, freeze_time

from . import school as school_of

NOON = "2025-11-10 04:00:00"
"""UTC; a Monday noon in Taipei within the window of 1141 (2025-10-27 to 2025-11-21)."""

REFUSED, UNCHANGED, CHANGED = "refused", "unchanged", "changed"

WATCHED = ("mail_message", "mail_followers", "mail_activity", "ir_attachment")
"""Tables of Odoo in which something about our records may come to stand."""


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
        """``refused``, or whether the call changed anything in the database; taken back."""
        with self.undone():
            before = self.fingerprint()
            try:
                self.rpc(user, model, method, *args, **kwargs)
            except UserError:
                return REFUSED  # and the client's transaction is rolled back
            return UNCHANGED if self.fingerprint() == before else CHANGED

    def fingerprint(self):
        """A value that changes with any row of our tables and what hangs on them."""
        self.env.flush_all()
        self.env.cr.execute(self._fingerprint_query())
        return self.env.cr.fetchall()

    def _fingerprint_query(self):
        if not hasattr(type(self), "_watch"):
            self.env.cr.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'ntue\\_%'"
            )
            names = sorted(name for (name,) in self.env.cr.fetchall())
            type(self)._watch = " UNION ALL ".join(
                f"SELECT '{name}', COUNT(*), SUM(HASHTEXT(t::text)::bigint)"  # noqa: S608
                f" FROM {name} t"
                for name in (*names, *WATCHED)
            )
        return self._watch


@freeze_time(NOON)
class SchoolCase(RpcMixin, TransactionCase):
    """The school of ``school.py`` on a Monday noon of the window."""

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
