"""What happens when the period of a window is over, and when it is to go on all the same."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.labels import trimmed
from odoo.exceptions import UserError

from ...mail.extended import mail_offices


class WindowClosing(models.AbstractModel):
    """The end of a window's period; see ``window``."""

    _name = "ntue.graduation.window.closing"
    _description = "Graduation application window: its close"

    extended_from = fields.Date(
        string="Extended from",
        readonly=True,
        copy=False,
        help="The last day as it was announced first.",
    )
    extension_reason = fields.Char(
        string="Extended because",
        readonly=True,
        copy=False,
        help="Students read it beside the new last day.",
    )

    def _is_extended(self):
        """Whether the last day is after the one that was announced first."""
        self.ensure_one()
        return bool(self.extended_from) and self.extended_from < self.date_close

    def _extend(self, last, reason):
        """Take applications until ``last``, and tell those whom it concerns; UserError if wrong.

        The caller's own rights decide. Who has begun and not submitted is told by the job of the
        reminders, which is started now: who keeps a draft is nobody's business but the student's.
        """
        self.ensure_one()
        reason = trimmed(reason)
        if not reason:
            raise UserError(self.env._("Say why the period is extended: students read it."))
        if not last or last <= self.date_close or last < taipei_today():
            raise UserError(
                self.env._("The new last day is after the one of before, and not over yet.")
            )
        if last > self.date_leave:
            raise UserError(
                self.env._(
                    "The new last day is after the final leaving date. Move that one first: it "
                    "decides whose application lapses."
                )
            )
        self.write(
            {
                **self._dues_beside(last),
                "date_close": last,
                "extended_from": self.extended_from or self.date_close,
                "extension_reason": reason,
                "change_reason": reason,
            }
        )
        mail_offices(self)
        self.env.ref("ntue_graduation.cron_reminders").sudo()._trigger()

    def _dues_beside(self, last):
        """The planned days of reviews that would come before ``last``, a later last day.

        They move as far as it does, until the final leaving date: who may still submit is not
        overdue then. A day that comes after it all the same stays as it was announced.
        """
        distance, dues = last - self.date_close, {}
        first, second = self.first_review_due, self.second_review_due
        if first and first < last:
            first = dues["first_review_due"] = min(first + distance, self.date_leave)
        if second and second < (first or last):
            moved = min(second + distance, self.date_leave)
            dues["second_review_due"] = max(moved, first or last)
        return dues

    @api.model
    def _anchor_closed(self):
        """The cron: sign the heads of the logs once for every close of every window.

        A window that was extended closes again. The anchors say which were signed, since they,
        unlike this database, are never an earlier copy of themselves.
        """
        closed = self.search([("date_close", "<", taipei_today())], order="date_close, id")
        self.env["ntue.chained"]._anchor(
            [f"window {window.id} closed {window.date_close}" for window in closed]
        )
