"""What the nightly job of retention is going to erase: on which day, and how much."""

from datetime import timedelta

from odoo import api, fields, models

from ..clock import taipei_today
from ..days import day_text

AHEAD = 90
"""Days that are shown unless another day is asked for."""

FARTHEST = 3650
"""Days ahead at most."""

DAYS_SHOWN = 12
"""Days of one kind that are listed; the rest is one number."""


class RetentionPlan(models.TransientModel):
    """Numbers only: nobody is named. Looking erases nothing."""

    _name = "ntue.retention.plan"
    _description = "What will be erased"
    _inherit = ["ntue.readable.references"]
    _rec_name = "until"

    until = fields.Date(required=True, default=lambda _self: taipei_today() + timedelta(days=AHEAD))
    panel = fields.Html(compute="_compute_panel", sanitize=False, string="Preview")

    @api.depends("until")
    @api.depends_context("uid", "lang")
    def _compute_panel(self):
        for plan in self:
            today = taipei_today()
            until = min(max(plan.until or today, today), today + timedelta(days=FARTHEST))
            planned = self.env["ntue.retention"].sudo()._plan(until)
            rows = [self._row(kind) for kind in planned]
            values = {"rows": rows, "backups": self.env["ntue.retention"]._backup_sentence()}
            plan.panel = self.env["ir.qweb"]._render("ntue_curriculum.retention_panel", values)

    @api.model
    def _row(self, planned):
        """One kind as the panel shows it."""
        days = sorted(planned.on.items())
        return {
            "label": planned.kind.label,
            "why": planned.kind.why,
            "rule": self.env["ntue.retention"]._rule_sentence(planned.kind),
            "days": [(day_text(self.env, day), number) for day, number in days[:DAYS_SHOWN]],
            "later": sum(number for _day, number in days[DAYS_SHOWN:]),
            "total": planned.on.total(),
            "held": planned.held,
        }
