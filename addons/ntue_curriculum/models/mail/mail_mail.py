"""The queue of mails: so many a minute, and what the mail server did not take is tried again."""

import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import split_every

RATE = "ntue_curriculum.mails_per_minute"
"""Setting: how many mails leave a minute; 0 is as many as can."""

WAITS = (5, 15, 60, 240, 720)
"""Minutes until a mail that was not taken is tried again, and again; then it has failed."""

PASSING = ("mail_smtp", "unknown")
"""Failures that may pass: the server could not be reached, or said something else."""

_FOR_GOOD = re.compile(r"\b5\d\d\b")
"""An answer of a mail server (RFC 5321) that stays the same however often one asks."""


class MailMail(models.Model):
    _inherit = "mail.mail"

    ntue_tries = fields.Integer(string="Times tried again", readonly=True, copy=False)
    ntue_private = fields.Boolean(
        string="For the student alone",
        readonly=True,
        copy=False,
        help="Staff do not learn of it: it is about a draft (I9).",
    )

    # The job calls it; nobody has to by a remote call.
    @api.private
    def process_email_queue(self, email_ids=(), batch_size=1000):
        if not email_ids:
            self._ntue_spread()
        return super().process_email_queue(email_ids=email_ids, batch_size=batch_size)

    @api.model
    def _ntue_spread(self):
        """Put off what is more than the setting lets leave in a minute, the oldest first."""
        rate = self.env["ir.config_parameter"]._ntue_number(RATE, 0)
        if not rate:
            return
        now = fields.Datetime.now()
        due = [
            ("state", "=", "outgoing"),
            "|",
            ("scheduled_date", "=", False),
            ("scheduled_date", "<=", now),
        ]
        numbers = self.sudo().search(due, order="id").ids
        moments = []
        for minute, part in enumerate(split_every(rate, numbers)):
            if minute:
                moments.append(now + timedelta(minutes=minute))
                self.sudo().browse(part).write({"scheduled_date": moments[-1]})
        self._ntue_queue()._trigger_list(moments)

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        done = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
        if failure_type in PASSING and not success_pids and not success_emails:
            self._ntue_try_again(failure_reason)
        return done

    def _ntue_try_again(self, failure_reason):
        """Put those that failed back into the queue, for later; nobody got them."""
        for mail in self.sudo().exists():
            reason = failure_reason or mail.failure_reason or ""
            if (
                mail.state != "exception"
                or mail.ntue_tries >= len(WAITS)
                or _FOR_GOOD.search(reason)
            ):
                continue
            moment = fields.Datetime.now() + timedelta(minutes=WAITS[mail.ntue_tries])
            mail.write(
                {
                    "state": "outgoing",
                    "scheduled_date": moment,
                    "ntue_tries": mail.ntue_tries + 1,
                }
            )
            self._ntue_queue()._trigger_list([moment])

    @api.model
    def _ntue_queue(self):
        return self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()
