"""How often somebody failed: by account and by network, for all workers of the server.

Every method works in a transaction of its own that is committed at once: a failure stays counted
when the request that failed is rolled back, and the next worker sees it. A try of a password is
counted *before* the password is looked at, as a failure, and taken back when it was right: so
many at the same moment get no more than so many one after the other.
"""

from collections import namedtuple
from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.ntue_curriculum import gate
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ... import account_name, asker, backing_off, known_browser

PURPOSES = [
    ("sign_in", "Sign-in"),
    ("forgotten", "Forgotten password"),
    ("reset", "Mailed link"),
    ("key", "Key of a program"),
]

BUDGET = backing_off.Budget()

Keys = namedtuple("Keys", "user account network")
Rows = namedtuple("Rows", "account network")

COUNTED = ("key", "failures", "last_failure")
"""What is looked at of a row."""

LOCK = "LOCK TABLE ntue_sign_in_limit IN SHARE ROW EXCLUSIVE MODE"
"""Taken before the transaction sees anything: who waited for it sees what was counted before.
Reading is not in its way, and it is held for a millisecond."""

PATIENCE = "SET LOCAL lock_timeout = '10s'"
"""Who erases an account holds its row and waits for the table, and who tries that account the other
way round, which PostgreSQL cannot see: one of them ends, and Odoo repeats it."""


def network_of(address):
    """The network that an address counts by; one that is made up makes no other network."""
    return gate.network_of(address, otherwise="")


@contextmanager
def apart(env):
    """The environment of the system in a transaction that stays, whatever the request becomes.

    Where nobody asks from outside nobody is counted across workers: then it is ``env``'s own.
    """
    if not asker.is_there():
        yield env(user=SUPERUSER_ID)
        return
    with env.registry.cursor() as cr:
        cr.execute(PATIENCE)
        cr.execute(LOCK, log_exceptions=False)
        there = api.Environment(cr, SUPERUSER_ID, {})
        yield there
        there.flush_all()


class SignInLimit(models.Model):
    _name = "ntue.sign.in.limit"
    _description = "Failed sign-ins of an account or a network"
    _inherit = ["ntue.readable.references", "ntue.discreet"]
    _order = "last_failure desc, id desc"
    _rec_name = "id"
    _log_access = False

    key = fields.Char(required=True, groups=fields.NO_ACCESS)
    purpose = fields.Selection(PURPOSES, required=True)
    user_id = fields.Many2one("res.users", ondelete="cascade", index=True, string="Account")
    student_id = fields.Many2one("ntue.student", ondelete="cascade", index=True)
    address = fields.Char(string="Latest from")
    failures = fields.Float(digits=(16, 1))
    last_failure = fields.Datetime(string="Last failure")
    locked_until = fields.Datetime(string="Locked until")

    _key_once = models.UniqueIndex("(key)", "An account and a network are counted once.")

    # What a way in asks

    @api.model
    def _wait(self, purpose, account_text, address):
        """Seconds until ``account_text`` may be tried again from ``address``; 0: now.

        Counts nothing. ``account_text`` is what somebody typed, or a record of the account.
        """
        keys = self._keys(purpose, account_text, address)
        return self.sudo()._of(keys.account)._seconds_left(fields.Datetime.now())

    @api.model
    def _take(self, purpose, account_text, address):
        """The same, and where it is 0 the try is counted, as failed until `_succeeded`."""
        keys = self._keys(purpose, account_text, address)
        now = fields.Datetime.now()
        with apart(self.env) as env:
            limits = env[self._name]
            rows = limits._both(keys)
            left = rows.account._seconds_left(now)
            if not left:
                limits._count(rows, purpose, keys, address, now)
        self._forget_cached()
        return left

    @api.model
    def _failed(self, purpose, account_text, address):
        """Count a failure; ``account_text`` is None where no account was named."""
        keys = self._keys(purpose, account_text, address)
        with apart(self.env) as env:
            limits = env[self._name]
            limits._count(limits._both(keys), purpose, keys, address, fields.Datetime.now())
        self._forget_cached()

    @api.model
    def _succeeded(self, purpose, account_text, address):
        """Forget the failures of an account in this browser, and one of the network."""
        keys = self._keys(purpose, account_text, address)
        with apart(self.env) as env:
            rows = env[self._name]._both(keys)
            rows.account._delete()
            rows.network.failures = max(0.0, rows.network.failures - 1)
        self._forget_cached()

    @api.model
    def _taken_back(self, purpose, account_text, address):
        """The try that `_take` counted was none; earlier ones stay counted."""
        keys = self._keys(purpose, account_text, address)
        with apart(self.env) as env:
            own, network = env[self._name]._both(keys)
            # Whose lock has been served is not locked by it again.
            left = min(own.failures, own._rule().tries) - 1
            if left > 0:
                own.write({"failures": left, "locked_until": False})
            else:
                own._delete()
            network.failures = max(0.0, network.failures - 1)
        self._forget_cached()

    @api.model
    def _crowded(self, purpose, address):
        """Whether the network of ``address`` has used up its budget of failures."""
        key = self._key(purpose, "network", network_of(address))
        return self.sudo()._of(key)._used(fields.Datetime.now()) >= BUDGET.failures

    @api.model
    def _has_failed(self, purpose, account_text, address):
        """Whether the last try of the account, seen from ``address``, failed."""
        return bool(self.sudo()._of(self._keys(purpose, account_text, address).account))

    @api.model
    def _unlock(self, users):
        """Forget every failure of ``users``; an officer's hand, or a new password."""
        self._forget([("user_id", "in", users.ids)])

    @api.model
    def _forget(self, domain):
        """Delete the rows of ``domain``; nowhere else are any, or `apart` would wait for itself."""
        with apart(self.env) as env:
            env[self._name].search(domain).unlink()
        self._forget_cached()

    # The officer

    def action_unlock(self):
        """Let the accounts of these rows in again; for whom may read the row and is no student.

        AccessError for anybody else.
        """
        self.check_access("read")
        users = self.sudo().user_id
        if self.env.user.share or self.env.user in users:
            raise AccessError(self.env._("An account is unlocked by an officer, not by its owner."))
        self._unlock(users)
        for user in users:
            self.env["ntue.sign.in.event"]._record("unlock", None, user, "success")
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # The rows

    def _forget_cached(self):
        self.env[self._name].invalidate_model()

    @api.model
    def _keys(self, purpose, account_text, address):
        """By what is counted: of an account that is none, what was typed, as a digest."""
        of_network = self._key(purpose, "network", network_of(address))
        users = self.env["res.users"]
        if account_text is None:
            return Keys(users, None, of_network)
        typed = isinstance(account_text, str)
        user = (users._ntue_account(account_text) if typed else account_text).sudo()
        name = f"user {user.id}" if user else f"text {account_name.key(account_text)}"
        browser = known_browser.number_of(self.env, user)
        return Keys(user, self._key(purpose, name, browser), of_network)

    @api.model
    def _key(self, purpose, *parts):
        return hmac(self.env(su=True), "ntue-sign-in-limit", (purpose, *parts))

    @api.model
    def _of(self, key):
        return self.search([("key", "=", key)], limit=1) if key else self.browse()

    @api.model
    def _both(self, keys):
        """The rows of the account and of the network, each empty where there is none."""
        wanted = [key for key in (keys.account, keys.network) if key]
        found = self.search_fetch([("key", "in", wanted)], COUNTED)
        rows = {row.key: row for row in found}
        return Rows(*(rows.get(key, self.browse()) for key in (keys.account, keys.network)))

    def _delete(self):
        """Delete rows, as every sign-in does, and ask nothing else.

        Odoo's ``unlink`` looks in four more tables for what belongs to them; to these nothing does.
        """
        if self:
            self.flush_recordset()
            table = SQL.identifier(self._table)
            query = SQL("DELETE FROM %s WHERE id IN %s RETURNING id", table, self._ids)
            self.env.execute_query(query)

    @api.model
    def _rule(self):
        """The rule for accounts as the settings have it."""
        number = self.env["ir.config_parameter"]._ntue_number
        own = backing_off.Rule()
        tries = number("ntue_campus_login.lock_after", own.tries)
        first = 60 * number("ntue_campus_login.lock_minutes", int(own.first_wait) // 60)
        return backing_off.Rule(max(1, tries), max(60, first), max(60, 4 * first))

    def _since(self, now):
        """Seconds since the latest failure."""
        return (now - self.last_failure).total_seconds() if self.last_failure else 0.0

    def _seconds_left(self, now):
        if not self:
            return 0
        return backing_off.wait(int(self.failures), self._since(now), self._rule())

    def _used(self, now):
        return backing_off.used(self.failures, self._since(now), BUDGET) if self else 0.0

    @api.model
    def _count(self, rows, purpose, keys, address, now):
        """One more failure of the account, if there is one, and of the network."""
        if keys.account:
            rows.account._count_account(purpose, keys, address, now)
        counted = {"failures": rows.network._used(now) + 1, "last_failure": now}
        if rows.network:
            rows.network.write(counted)
        else:
            made = {"key": keys.network, "purpose": purpose, "address": network_of(address)}
            self.create({**made, **counted})

    def _count_account(self, purpose, keys, address, now):
        rule = self._rule()
        failures = backing_off.one_more(int(self.failures), self._since(now), rule)
        left = backing_off.wait(failures, 0, rule)
        counted = {
            "failures": failures,
            "last_failure": now,
            "locked_until": now + timedelta(seconds=left) if left else False,
            "address": address or False,
        }
        if self:
            self.write(counted)
            return
        # As among the sign-in events: of an employee who studies here there is none.
        of_user = [("partner_id", "=", keys.user.partner_id.id)]
        domain = of_user if keys.user.share else [(0, "=", 1)]
        student = self.env["ntue.student"].search(domain, limit=1)
        made = {"key": keys.account, "purpose": purpose, "user_id": keys.user.id}
        self.create({**made, "student_id": student.id, **counted})

    @api.autovacuum
    def _gc_forgotten(self):
        """Rows that say nothing any more."""
        day = timedelta(seconds=backing_off.Rule().forgotten_after)
        self.search([("last_failure", "<", fields.Datetime.now() - day)]).unlink()
