"""Requests for a new password, answered behind the page: it says the same to everybody.

Odoo's page tells at once, and by how long it takes, whether there is an account. Here a request
is kept, whatever was typed, and a job of the system mails the link to the owner of an account.
"""

import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

MOST = 5000
"""Requests that may wait: more come from no people, and are not put down."""

LONGEST = 254
"""Characters of an e-mail; what is longer is nobody's login."""


class PasswordRequest(models.Model):
    _name = "ntue.password.request"
    _description = "Request for a new password"
    _inherit = ["ntue.readable.references"]
    _order = "id"
    _rec_name = "id"

    login = fields.Char(required=True, string="As typed")

    @api.model
    def _ask(self, login):
        """Put down that somebody asks; nothing tells whether the account is there."""
        login = (login or "").strip()
        if not login or len(login) > LONGEST or "\0" in login:
            return
        requests = self.sudo()
        waiting = requests.search_count([], limit=MOST)
        if waiting < MOST and not requests.search_count([("login", "=", login)], limit=1):
            requests.create({"login": login})
            self.env.ref("ntue_curriculum.cron_password").sudo()._trigger()

    @api.model
    def _answer(self):
        """The cron: mail each its link, where there is an account, and forget the request."""
        cron = self.env["ir.cron"]
        waiting = self.search([])
        cron._commit_progress(remaining=len(waiting))
        for request in waiting:
            request._answer_one()
            if not cron._commit_progress(1):
                return

    def _answer_one(self):
        """Mail the link. What was typed is in no log."""
        login = self.login
        self.unlink()
        try:
            with self.env.cr.savepoint():
                self.env["res.users"].reset_password(login)
        # Odoo raises plain exceptions for no account, several, or one without an e-mail.
        except Exception as error:
            _logger.info("A request for a new password has no answer: %s.", type(error).__name__)
