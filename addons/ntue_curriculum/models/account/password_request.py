"""Requests for a new password, answered behind the page: it says the same to everybody.

Odoo's page tells at once, and by how long it takes, whether there is an account. Here a request
is kept, whatever was typed, and a job of the system mails the link to the owner of an account.
What was typed goes as soon as it is answered; that the account was mailed a link counts as long as
the link is good, and is forgotten after a day.
"""

import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

MOST = 5000
"""Requests that may wait: more come from no people, and are not put down."""

PER_ACCOUNT = 5
"""Links of one account that are good at a time, whoever asks, and by whichever of its names.

Somebody who asks for others can keep nobody without a link: one that was mailed is good.
"""

GOOD_FOR = ("auth_signup.reset_password.validity.hours", 4)
"""For so many hours a link is good: Odoo's setting, and what holds without it."""

MOST_HOURS = 24
"""For so long it is known that a link was mailed."""

DAY = timedelta(hours=MOST_HOURS)

LONGEST = 254
"""Characters of an e-mail; what is longer is nobody's login."""


class PasswordRequest(models.Model):
    _name = "ntue.password.request"
    _description = "Request for a new password"
    _inherit = ["ntue.readable.references"]
    _order = "id"
    _rec_name = "id"

    login = fields.Char(string="As typed")
    user_id = fields.Many2one("res.users", ondelete="cascade", index=True, string="Mailed to")
    answered_at = fields.Datetime(string="Answered on")

    @api.model
    def _ask(self, login):
        """Put down that somebody asks; nothing tells whether the account is there."""
        login = (login or "").strip()
        if not login or len(login) > LONGEST or "\0" in login:
            return
        requests = self.sudo()
        waiting = requests.search_count([("answered_at", "=", False)], limit=MOST)
        if waiting < MOST and not requests.search_count([("login", "=", login)], limit=1):
            requests.create({"login": login})
            self.env.ref("ntue_curriculum.cron_password").sudo()._trigger()

    @api.model
    def _answer(self):
        """The cron: mail each its link, where there is an account, and forget what was typed."""
        cron = self.env["ir.cron"]
        waiting = self.search([("answered_at", "=", False)])
        cron._commit_progress(remaining=len(waiting))
        for request in waiting:
            request._answer_one()
            if not cron._commit_progress(1):
                return

    def _answer_one(self):
        """Mail the link, unless the account has had as many as it may. What was typed is in no log.

        The row stays for a day where a link was mailed, and nowhere else.
        """
        login, user = self.login, self._whose()
        if user and self._is_enough(user):
            self.unlink()
            return
        self.write({"login": False, "user_id": user.id, "answered_at": fields.Datetime.now()})
        try:
            with self.env.cr.savepoint():
                self.env["res.users"].reset_password(login)
        # Odoo raises plain exceptions for no account, several, or one without an e-mail.
        except Exception as error:
            self.unlink()
            _logger.info("A request for a new password has no answer: %s.", type(error).__name__)

    def _whose(self):
        """The account that Odoo finds by what was typed; empty where it finds none, or several."""
        users = self.env["res.users"]
        found = users.search(users._get_login_domain(self.login))
        found = found or users.search(users._get_email_domain(self.login))
        return found if len(found) == 1 else users.browse()

    @api.model
    def _is_enough(self, user):
        hours = self.env["ir.config_parameter"]._ntue_number(*GOOD_FOR)
        first = fields.Datetime.now() - timedelta(hours=min(hours, MOST_HOURS))
        mailed = [("user_id", "=", user.id), ("answered_at", ">", first)]
        return self.search_count(mailed, limit=PER_ACCOUNT) >= PER_ACCOUNT

    @api.autovacuum
    def _gc_answered(self):
        """They count for a day at most."""
        self.search([("answered_at", "<=", fields.Datetime.now() - DAY)]).unlink()
