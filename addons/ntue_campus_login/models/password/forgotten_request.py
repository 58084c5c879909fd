"""Requests of the page for a forgotten password, answered behind the page (75–78, D46).

The page puts down whatever was typed and says the same to everybody: it does not even look whether
there is such a student. A job of the system compares, and mails the link. As soon as it has, the
row has neither the hash of the number nor the mailbox; for a day it counts for its network.
"""

import json
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.gate import network_of

from ... import campus_mailbox, id_key

_logger = logging.getLogger(__name__)

MOST = 5000
"""Requests that may wait: more come from no people, and are not put down."""

PER_NETWORK = 300
PER_ACCOUNT = 5
"""Requests of one network in an hour, links for one account in a day."""

FAILURES = 3
"""Mails in a row that cannot be sent, after which a run of the job ends: the server is away."""

PAUSE = timedelta(minutes=2)
"""Between two links for one account: who presses the button twice gets one."""

OUTCOMES = {"mailed": "asked", "unknown": "failure", "failed": "failure", "too_many": "waiting"}
"""What the answer to a request is among the sign-in events."""


class ForgottenRequest(models.Model):
    _name = "ntue.forgotten.request"
    _description = "Request of the page for a forgotten password"
    _inherit = ["ntue.readable.references"]
    _order = "id"
    _rec_name = "id"

    mailbox = fields.Char(string="As typed")
    hashes = fields.Char(groups=fields.NO_ACCESS, copy=False)
    network = fields.Char(required=True)
    asked_at = fields.Datetime(string="Asked on", required=True, default=fields.Datetime.now)
    is_answered = fields.Boolean(string="Answered")
    tries = fields.Integer(default=0, help="How often its mail could not be sent.")

    _waiting = models.Index("(id) WHERE is_answered IS NOT TRUE")
    _of_network = models.Index("(network, asked_at)")

    # What the page asks

    @api.model
    def _is_open(self):
        """Whether the school can compare ID numbers at all."""
        return bool(id_key.keys())

    @api.model
    def _setting(self):
        """The patterns of the school's mailboxes."""
        key = "ntue_campus_login.campus_mailboxes"
        return self.env["ir.config_parameter"].sudo().get_param(key) or campus_mailbox.PATTERN

    @api.model
    def _number(self, key, default):
        key = f"ntue_campus_login.forgotten_{key}"
        return self.env["ir.config_parameter"]._ntue_number(key, default) or default

    @api.model
    def _is_too_many(self, address):
        """Whether the network of ``address`` has asked as often as it may in an hour."""
        hour = fields.Datetime.now() - timedelta(hours=1)
        own = [("network", "=", network_of(address)), ("asked_at", ">", hour)]
        most = self._number("per_network", PER_NETWORK)
        return self.sudo().search_count(own, limit=most) >= most

    @api.model
    def _ask(self, number, mailbox, address):
        """Put down that somebody at ``address`` asks; nothing tells whether there is an account.

        ``number``: a normalised ID number, of which a hash is put down. ``mailbox``: normalised.
        """
        requests = self.sudo()
        if requests.search_count([("is_answered", "=", False)], limit=MOST) >= MOST:
            return
        requests.create(
            {
                "mailbox": mailbox,
                "hashes": json.dumps(id_key.typed(number)),
                "network": network_of(address),
            }
        )
        self.env.ref("ntue_campus_login.cron_forgotten").sudo()._trigger()

    # The answer behind it

    @api.model
    def _answer(self):
        """The cron: mail each its link, where number and mailbox are one student's."""
        cron = self.env["ir.cron"]
        waiting = self.search([("is_answered", "=", False)], order="tries, id")
        cron._commit_progress(remaining=len(waiting))
        failures = 0
        for request in waiting:
            failures = 0 if request._answer_one() else failures + 1
            if not cron._commit_progress(1) or failures >= FAILURES:
                return

    def _answer_one(self):
        """Mail the link; False when that could not be done and is tried again for a day.

        What was typed is in no log, and in no row afterwards.
        """
        user = self._whose()
        outcome = self._mail_to(user) if user else "unknown"
        if outcome == "failed" and self.asked_at > fields.Datetime.now() - timedelta(days=1):
            self.tries += 1
            return False
        self._note(user, outcome)
        self.write({"mailbox": False, "hashes": False, "is_answered": True})
        return True

    def _whose(self):
        """The account of the student whose mailbox and ID number these are; empty otherwise."""
        nobody = self.env["res.users"].browse()
        number = campus_mailbox.student_number(self.mailbox or "", self._setting())
        if not number:
            return nobody
        students = self.env["ntue.student"].sudo().search([("student_no", "=ilike", number)])
        hashes = json.loads(self.hashes or "{}")
        if len(students) != 1 or not students._ntue_is_national_id(hashes):
            return nobody
        return students._account()

    def _mail_to(self, user):
        """``mailed``, ``too_many`` or ``failed``."""
        links = self.env["ntue.password.link"].sudo()
        now = fields.Datetime.now()
        today = links.search([("user_id", "=", user.id), ("made_at", ">", now - timedelta(days=1))])
        most = self._number("per_account", PER_ACCOUNT)
        if len(today) >= most or any(link.made_at > now - PAUSE for link in today):
            return "too_many"
        try:
            with self.env.cr.savepoint():
                links._mail(user, self.mailbox)
        # Mail servers fail in many ways: refused, unreachable, cut off.
        except Exception as error:
            _logger.info("A link for a new password could not be mailed: %s.", type(error).__name__)
            return "failed"
        return "mailed"

    def _note(self, user, outcome):
        """Among the sign-in events, with the account where there is one."""
        said = OUTCOMES[outcome]
        events = self.env["ntue.sign.in.event"]
        events._record("forgotten", user.login or self.mailbox, user, said, self.network)

    @api.autovacuum
    def _gc_requests(self):
        """They count for a day."""
        day = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search([("asked_at", "<", day), ("is_answered", "=", True)]).unlink()
