"""Accounts for many students in one go: looked at first, then made one by one (D44)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context

KEPT_DAYS = 90
"""How long it is kept which accounts were made together."""

WAYS = [
    ("invitation", "Invitation by mail"),
    ("first_password", "First password of the ID number"),
    ("portal", "Account alone, for signing in by the campus portal"),
]


class AccountBatch(models.Model):
    """A registrar's wish for accounts, and what became of it.

    What can be made is told before anything happens. Each account then is a transaction of its
    own: whenever the work is cut, the rest goes on at the next run of the cron.
    """

    _name = "ntue.account.batch"
    _description = "Accounts for many students"
    _inherit = ["ntue.readable.references"]
    _order = "id desc"

    way = fields.Selection(WAYS, required=True)
    again = fields.Boolean(string="Also those who were invited and have not come yet")
    state = fields.Selection(
        [
            ("preview", "Looked at"),
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
        ],
        required=True,
        default="preview",
    )
    requested_by_id = fields.Many2one("res.users", required=True, ondelete="cascade", index=True)
    requested_at = fields.Datetime()
    ended_at = fields.Datetime()
    line_ids = fields.One2many("ntue.account.batch.line", "batch_id")
    total = fields.Integer(compute="_compute_counts", string="Students")
    ready = fields.Integer(compute="_compute_counts", string="Get an account")
    not_ready = fields.Integer(compute="_compute_counts", string="Left out")
    done = fields.Integer(compute="_compute_counts", string="Done so far")
    refused = fields.Integer(compute="_compute_counts", string="Not done")
    percent = fields.Integer(compute="_compute_counts", string="Progress")

    @api.depends("way", "requested_at")
    def _compute_display_name(self):
        ways = dict(self._fields["way"]._description_selection(self.env))
        for batch in self:
            moment = fields.Datetime.context_timestamp(batch, batch.requested_at)
            batch.display_name = f"{ways[batch.way]} {moment:%Y-%m-%d %H:%M}"

    @api.depends("line_ids.verdict", "line_ids.result")
    def _compute_counts(self):
        for batch in self:
            lines = batch.line_ids
            ready = lines.filtered(lambda line: line.verdict == "ready")
            ended = ready.filtered("result")
            batch.total = len(lines)
            batch.ready = len(ready)
            batch.not_ready = len(lines) - len(ready)
            batch.done = len(ended.filtered(lambda line: line.result == "done"))
            batch.refused = len(ended) - batch.done
            batch.percent = 100 * len(ended) // max(len(ready), 1)

    @api.model
    def _prepare(self, way, wanted, again=False):
        """Look at everything first; nothing is made yet.

        ``wanted``: of each student a tuple of the number that was given, the record, which is
        empty for a number that nobody the caller may read has, and the sealed ID number or "".
        """
        lines = [self.env["ntue.account.batch.line"]._looked_at(way, again, *row) for row in wanted]
        # Without the defaults of a caller's context: they could name records of others.
        return (
            self.sudo()
            .with_context(clean_context(self.env.context))
            .create(
                {
                    "way": way,
                    "again": again,
                    "state": "preview",
                    "requested_by_id": self.env.uid,
                    "requested_at": fields.Datetime.now(),
                    "ended_at": False,
                    "line_ids": [fields.Command.create(line) for line in lines],
                }
            )
        )

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Accounts for many students"),
        }

    def action_start(self):
        """Make every account that can be made; harmless when it has been begun."""
        for batch in self:
            batch.check_access("read")
            if batch.requested_by_id != self.env.user:
                raise AccessError(self.env._("Whoever looked at it begins it."))
            if batch.state == "preview":
                batch.sudo().write({"state": "waiting"})
        self.env.ref("ntue_campus_login.cron_accounts").sudo()._trigger()

    # The work

    @api.model
    def _run_due(self):
        """The cron: what has been begun, an account a transaction."""
        cron = self.env["ir.cron"]
        due = self.search([("state", "in", ("waiting", "running"))], order="id")
        # One more for each end: with nothing remaining the cron would not come back for it.
        cron._commit_progress(remaining=sum(len(batch._to_do()) + 1 for batch in due))
        for batch in due:
            batch.state = "running"
            for line in batch._to_do():
                line._take()
                if not cron._commit_progress(1):
                    return
            batch.write({"state": "done", "ended_at": fields.Datetime.now()})
            if not cron._commit_progress(1):
                return

    def _to_do(self):
        return self.line_ids.filtered(lambda line: line.verdict == "ready" and not line.result)

    @api.autovacuum
    def _gc_batches(self):
        """Forget what was looked at and not begun the day after, and the rest in time."""
        now = fields.Datetime.now()
        looked_at = [("state", "=", "preview"), ("requested_at", "<", now - timedelta(days=1))]
        old = [("state", "=", "done"), ("ended_at", "<", now - timedelta(days=KEPT_DAYS))]
        (self.search(looked_at) | self.search(old)).unlink()


class Retention(models.AbstractModel):
    _inherit = "ntue.retention"

    @api.model
    def _held_models(self):
        _ = self.env._
        return {
            **super()._held_models(),
            "ntue.account.batch": _("Names the registrar who began it, for three months."),
            "ntue.account.batch.line": _("For whom an account was made, for three months."),
            "ntue.account.wizard": _("A form that is being filled in; gone the same day."),
        }
