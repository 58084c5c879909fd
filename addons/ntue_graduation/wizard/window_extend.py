from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today

from .window_copy import proposed


class WindowExtend(models.TransientModel):
    """Extends the period of a window in one action, as when the service was down."""

    _name = "ntue.graduation.window.extend"
    _description = "Extend the period of an application window"
    _inherit = ["ntue.typed", "ntue.readable.references"]

    window_id = fields.Many2one("ntue.graduation.window", required=True, ondelete="cascade")
    date_close = fields.Date(
        string="New last day",
        help="Included, until 24:00.",
        **proposed("_compute_date_close"),
    )
    reason = fields.Char(help="Students read it beside the new last day; it is kept.")

    @api.depends("window_id")
    def _compute_date_close(self):
        """The day after the last one; after a close that is over, tomorrow."""
        for wizard in self:
            last = wizard.window_id.date_close
            wizard.date_close = last and max(last, taipei_today()) + timedelta(days=1)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create([self._typed(vals) for vals in vals_list])
        wizards.window_id.check_access("write")
        return wizards

    def write(self, vals):
        return super().write(self._typed(vals))

    def action_extend(self):
        """Extend the period; the window, as it is then."""
        self.ensure_one()
        self.window_id._extend(self.date_close, self.reason)
        return {"type": "ir.actions.act_window_close"}
