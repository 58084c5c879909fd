from odoo import api, fields, models

DATES = ("date_open", "date_close", "date_leave", "first_review_due", "second_review_due")


def proposed(compute):
    """Options of a field that begins with a proposal, made with the user's own rights."""
    return {
        "compute": compute,
        "compute_sudo": False,
        "store": True,
        "readonly": False,
        "precompute": True,
    }


class WindowCopy(models.TransientModel):
    """Copies a window to another term: asks the term, shows the dates, copies the rest (I14)."""

    _name = "ntue.graduation.window.copy"
    _description = "Copy an application window to another term"
    _inherit = ["ntue.readable.references"]

    window_id = fields.Many2one("ntue.graduation.window", required=True, ondelete="cascade")
    term_id = fields.Many2one(
        "ntue.term", string="New term", required=True, **proposed("_compute_term_id")
    )
    date_open = fields.Date(string="First day", **proposed("_compute_dates"))
    date_close = fields.Date(string="Last day", **proposed("_compute_dates"))
    date_leave = fields.Date(string="Final leaving date", **proposed("_compute_dates"))
    first_review_due = fields.Date(string="First review due on", **proposed("_compute_dates"))
    second_review_due = fields.Date(string="Second review due on", **proposed("_compute_dates"))

    @api.depends("window_id")
    def _compute_term_id(self):
        for wizard in self:
            wizard.term_id = wizard.window_id and wizard.window_id._next_term()

    @api.depends("window_id", "term_id")
    def _compute_dates(self):
        """As far after the old ones as the terms are apart; blank where that is unknown."""
        for wizard in self:
            window = wizard.window_id
            distance = window and window._distance_to(wizard.term_id)
            for name in DATES:
                known = distance is not None and window and window[name]
                wizard[name] = known and window[name] + distance

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards.window_id.check_access("write")
        return wizards

    def action_copy(self):
        """Make the window and open it."""
        self.ensure_one()
        window = self.window_id._copy_to(self.term_id, {name: self[name] for name in DATES})
        return {
            "type": "ir.actions.act_window",
            "res_model": window._name,
            "res_id": window.id,
            "view_mode": "form",
        }
