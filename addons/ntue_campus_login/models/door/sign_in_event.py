"""Who signed in, tried to, or had something done to a password: when, from where, how it ended."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text
from odoo.addons.ntue_curriculum.erasing import is_erasing
from odoo.exceptions import AccessError
from odoo.tools.misc import hmac

from ... import account_name, asker
from .sign_in_limit import apart

KINDS = [
    ("sign_in", "Sign-in"),
    ("sso", "Sign-in by the school's portal"),
    ("sign_out", "Sign-out"),
    ("forgotten", "Forgotten password"),
    ("reset", "New password by a mailed link"),
    ("change", "Change of the password"),
    ("first_password", "First password"),
    ("unlock", "Unlocked by an officer"),
]

OUTCOMES = [
    ("success", "Done"),
    ("asked", "Asked for"),
    ("failure", "Not right"),
    ("captcha", "Verification code not right"),
    ("waiting", "Refused: too many tries"),
]

TOGETHER = ("waiting", "captcha")
"""What is refused without looking at a password is one entry with a number, however often: an
entry each would let anybody fill the database."""

TOGETHER_WITHIN = timedelta(minutes=15)

SHOWN = 50
"""Entries on the page of the account's owner, the latest first."""


class SignInEvent(models.Model):
    """One event, or the same one several times.

    What somebody typed who named no account is not kept, since it may be a password or an ID
    number in the wrong field: a mark stands for it, the same for the same text.
    """

    _name = "ntue.sign.in.event"
    _description = "Sign-in"
    _inherit = ["ntue.readable.references", "ntue.discreet"]
    _order = "last_at desc, id desc"
    _rec_name = "id"
    _log_access = False

    kind = fields.Selection(KINDS, required=True, string="What")
    outcome = fields.Selection(OUTCOMES, required=True)
    recorded_at = fields.Datetime(required=True, index=True, string="When")
    last_at = fields.Datetime(required=True, string="Latest")
    times = fields.Integer(default=1, required=True)
    user_id = fields.Many2one("res.users", ondelete="cascade", string="Account")
    student_id = fields.Many2one("ntue.student", ondelete="cascade", index=True)
    account = fields.Char(
        string="Account name", help="The name of the account; a mark where what was typed is none."
    )
    address = fields.Char(string="From")
    actor_id = fields.Many2one("res.users", ondelete="set null", string="By")

    _of_account = models.Index("(user_id, last_at)")

    @api.model
    def _record(self, kind, account_text, user, outcome, address=None, *, together=False):
        """Enter an event; returns nothing. ``together``: as one entry with the same of a while ago.

        ``account_text`` is what was typed, or None; ``user`` the account, or an empty record.
        What succeeded is entered with the request, anything else stays when it is rolled back.
        """
        user = (user or self.env["res.users"]).sudo()
        vals = self._values_of(kind, account_text, user, outcome, address or self._address())
        if outcome == "success" and not together:
            self.sudo().create(vals)
            return
        with apart(self.env) as env:
            events = env[self._name]
            together = together or outcome in TOGETHER
            same = events._same(vals) if together else events.browse()
            if same:
                same.write({"times": same.times + 1, "last_at": vals["last_at"]})
            else:
                events.create(vals)

    @api.model
    def _address(self):
        return asker.address() or None

    @api.model
    def _values_of(self, kind, account_text, user, outcome, address):
        now = fields.Datetime.now()
        students = self.env["ntue.student"].sudo().with_context(active_test=False)
        # An employee who studies here signs in as one: that is no matter of the registrar's.
        of_user = [("partner_id", "=", user.partner_id.id)] if user.share else [(0, "=", 1)]
        actor = self.env.user if self.env.uid else user
        return {
            "kind": kind,
            "outcome": outcome,
            "recorded_at": now,
            "last_at": now,
            "user_id": user.id,
            "student_id": students.search(of_user, limit=1).id,
            "account": user.login if user else self._mark(account_text),
            "address": address or False,
            "actor_id": actor.id if actor and not actor._is_public() and actor != user else False,
        }

    @api.model
    def _mark(self, text):
        """Stands for a text that is no account; nothing to look up."""
        if not text:
            return False
        digest = hmac(self.env(su=True), "ntue-sign-in-mark", account_name.key(text))
        return f"[{digest[:8]}]"

    @api.model
    def _same(self, vals):
        """The latest entry that says the same of the same account and address, if it is new."""
        names = ("kind", "outcome", "account", "address")
        domain = [(name, "=", vals[name]) for name in names]
        since = vals["last_at"] - TOGETHER_WITHIN
        return self.search([*domain, ("last_at", ">", since)], limit=1)

    @api.model
    def _of_current_user(self):
        """The user's own latest entries, as the page shows them; dicts of texts."""
        # Which account an entry is about, a student may not even search for.
        return self.sudo().search([("user_id", "=", self.env.uid)], limit=SHOWN)._shown()

    def _shown(self):
        kinds, outcomes = (
            dict(self._fields[name]._description_selection(self.env))
            for name in ("kind", "outcome")
        )
        return [
            {
                "when": minute_text(self.env, taipei_time(event.last_at)),
                "what": kinds[event.kind],
                "outcome": outcomes[event.outcome],
                "good": event.outcome in ("success", "asked"),
                "times": event.times,
                "address": event.address or "",
            }
            for event in self
        ]

    # Nobody makes, changes or deletes one

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The record of sign-ins writes itself."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("The record of sign-ins is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_when_its_time_is_over(self):
        if not is_erasing(self):
            raise AccessError(self.env._("The record of sign-ins is never changed."))
