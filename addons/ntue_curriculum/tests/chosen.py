"""Whether anybody gets hold of somebody else's account by naming a record of their own choice.

The crossing takes the rows of the access table, so that a new model is in it by itself, and
tries of each, as each role: to make one and to write one that names the account of another, by
every field that can; and every public method; plain, and with each default that a context can
give for a field that leads to people.
"""

from contextlib import contextmanager, nullcontext

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from . import school as school_of
from .access import own_methods, own_models
from .common import unexplained

TAKEN = "taken.over@mail.example.com"
PEOPLE = ("res.partner", "res.users")
QUIET = (
    "odoo.models",
    "odoo.orm.models",
    "odoo.sql_db",
    "odoo.http",
    "odoo.addons.mail.models.mail_thread",
)
"""Loggers that warn of calls that say too little to do anything."""

ASKED = ("student", "assistant", "registrar", "operator", "clerk")


class ChosenRecords:
    """A mixin over ``AccessTable``; ``clerk`` is a registrar who keeps contacts, as most do."""

    @classmethod
    def add_clerk(cls):
        groups = f"{school_of.GROUPS['registrar']},{school_of.GROUPS['operator']}"
        cls.clerk = school_of.user(
            cls.env, "clerk@staff.example.com", f"{groups},base.group_partner_manager"
        )
        cls.admin = cls.env.ref("base.user_admin")

    @mute_logger(*QUIET)
    def taken_accounts(self, rows):
        """Sentences for every way by which a role reached an account; there should be none."""
        people = self.users()
        found, asked = [], set()
        for title, row in rows.items():
            model = row.record._name
            for role in ASKED:
                user = self.clerk if role == "clerk" else people[role]
                attempts = list(self._attempts(row, first=(model, role) not in asked))
                asked.add((model, role))
                for what, context, calls in attempts:
                    if self._reached(user, calls, context):
                        found.append(f"{role} reaches an account: {title}: {what}")
        return found

    def _attempts(self, row, first):
        """(what, context, calls) of everything that is tried on one row."""
        model, ids = row.record._name, row.record.ids
        fields = row.record._fields
        because = {"correction_reason": "Asked"} if "correction_reason" in fields else {}
        spoilt = {name: TAKEN for name in ("email", "name") if name in fields}
        for field, value in self._leading_to_people(row.record):
            named = {field: value}
            if row.make:
                calls = [(model, "create", self._made(row, named)), self._write(model, spoilt)]
                yield f"create {named}", {}, calls
            forged = {**row.write, **because, **named}
            calls = [(model, "write", ids, forged)]
            yield f"write {named}", {}, [*calls, (model, "write", ids, {**spoilt, **because})]
        if not first:
            return
        for key, value in self._defaults():
            context = {key: value}
            if row.make:
                calls = [(model, "create", self._made(row, {})), self._write(model, spoilt)]
                yield f"create with {context}", context, calls
            for call in own_methods(self.env):
                of, method = call.rsplit(".", 1)
                if of == model:
                    yield f"{method} with {context}", context, [(model, method, ids)]

    @staticmethod
    def _made(row, named):
        """The values of a new record, for the moment in which it is tried to be made."""
        return lambda: {**row.make(), **named}

    @staticmethod
    def _write(model, vals):
        return (model, "write", None, {**vals, "correction_reason": "Asked"})

    def _leading_to_people(self, record):
        """Fields of a model by which a record names people, each with a value of ill will."""
        for name, field in record._fields.items():
            if field.comodel_name in PEOPLE and name not in ("create_uid", "write_uid"):
                yield from ((name, value) for value in self._values(field))

    def _values(self, field):
        own = {"res.partner": self.admin.partner_id.id, "res.users": self.admin.id}
        number = own.get(field.comodel_name)
        if field.type == "many2one":
            yield number
        elif field.comodel_name == "ntue.student":
            bound = {"partner_id": own["res.partner"], "email": TAKEN}
            yield [(1, self.fellow.id, bound)]
        else:
            yield [(4, number)]
            yield [(1, number, {"email": TAKEN})]

    def _defaults(self):
        """Context defaults for fields that lead to many people or students, by introspection."""
        models = [self.env[name] for name in sorted({*own_models(self.env), *PEOPLE})]
        found = {
            (f"default_{name}", repr(value)): (f"default_{name}", value)
            for model in models
            for name, field in model._fields.items()
            if field.type in ("one2many", "many2many")
            and field.comodel_name in (*PEOPLE, "ntue.student")
            and any("ntue" in part or part == "base" for part in field._modules)
            for value in self._values(field)
        }
        return list(found.values())

    def _reached(self, user, calls, context):
        """Whether the calls changed an account.

        What was there before is looked at afterwards, when they are taken back: most are
        refused at once, and need no look at all.
        """
        with self.undone(), self._asking(user), unexplained():
            if not self._any_done(user, [self._ready(call) for call in calls], context):
                return False
            after = self._accounts(user)
        return after != self._accounts(user)

    def _any_done(self, user, calls, context):
        """Make the calls one after the other as far as they go; whether one was not refused.

        A call with None for its numbers is about the record that the call before made.
        """
        number, done = None, False
        for model, method, *args in calls:
            if args and args[0] is None:
                if not isinstance(number, int):
                    break
                args[0] = [number]
            # What the first of them breaks is taken back with all: nothing is looked at then.
            apart = self.env.cr.savepoint() if done else nullcontext()
            try:
                with apart:
                    number = self.rpc(user, model, method, *args, context=context)
            except (UserError, ValueError, TypeError, KeyError):
                break
            done = True
        return done

    @staticmethod
    def _ready(call):
        return tuple(part() if callable(part) else part for part in call)

    @contextmanager
    def _asking(self, user):
        """As in a request of ``user``: commands on accounts are done with that user's rights."""
        transaction = self.env.transaction
        default = transaction.default_env
        transaction.default_env = self.env(user=user.id, su=False)
        try:
            yield
        finally:
            transaction.default_env = default

    def _accounts(self, user):
        """Who signs in how and gets a new password where, all but ``user``; and who is bound."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT u.id, u.login, u.password, u.active, u.partner_id, p.email, p.signup_type,
                   CASE WHEN u.share THEN '' ELSE p.name END, s.id
              FROM res_users u JOIN res_partner p ON p.id = u.partner_id
              LEFT JOIN ntue_student s ON s.partner_id = p.id
             WHERE u.id != %s OR s.id IS NOT NULL
             ORDER BY u.id
            """,
            [user.id],
        )
        return self.env.cr.fetchall()
