"""Accounts for many students in one go: looked at first, then made one by one (D44)."""

from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 90
"""How long it is kept which accounts were made together."""

WAYS = [
    ("invitation", "Invitation by mail"),
    ("first_password", "First password of the ID number"),
    ("portal", "Account alone, for signing in by the campus portal"),
]


class AccountBatch(models.Model):
    """The accounts that a registrar asks for, and what became of them."""

    _name = "ntue.account.batch"
    _description = "Accounts for many students"
    _inherit = ["ntue.batch"]
    _kind_field = "way"
    _cron = "ntue_campus_login.cron_accounts"

    way = fields.Selection(WAYS, required=True)
    again = fields.Boolean(string="Also those who were invited and have not come yet")
    requested_by_id = fields.Many2one(string="Requested by", ondelete="cascade")
    line_ids = fields.One2many("ntue.account.batch.line", "batch_id", string="Rows")
    total = fields.Integer(string="Students")
    ready = fields.Integer(string="Get an account")
    not_ready = fields.Integer(string="Left out")

    def _begun_elsewhere(self):
        return self.env._("Accounts for many students are begun from the list of students.")

    @api.model
    def _prepare(self, way, wanted, again=False):
        """Look at everything first; nothing is made yet.

        ``wanted``: of each student a tuple of the number that was given, the record, which is
        empty for a number that nobody the caller may read has, and the sealed ID number or "".
        """
        lines = [self.env["ntue.account.batch.line"]._looked_at(way, again, *row) for row in wanted]
        return self._preview({"way": way, "again": again}, lines)

    def _open(self):
        return {**super()._open(), "name": self.env._("Accounts for many students")}

    @api.autovacuum
    def _gc_batches(self):
        """Forget what was looked at and not begun the day after, and the rest in time."""
        now = fields.Datetime.now()
        looked_at = [("state", "=", "preview"), ("requested_at", "<", now - timedelta(days=1))]
        old = [("state", "=", "done"), ("ended_at", "<", now - timedelta(days=KEPT_DAYS))]
        (self.search(looked_at) | self.search(old)).unlink()


class RetentionBatch(models.AbstractModel):
    _name = "ntue.campus.retention.batch"
    _description = "Personal data: batch"

    @api.model
    def _held_models(self):
        _ = self.env._
        return {
            **super()._held_models(),
            "ntue.account.batch": _("Names the registrar who began it, for three months."),
            "ntue.account.batch.line": _("For whom an account was made, for three months."),
            "ntue.account.wizard": _("A form that is being filled in; gone the same day."),
        }
