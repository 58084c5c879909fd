from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.bulk.bulk import TAKE_BACK


class GraduationTakeBack(models.TransientModel):
    """Takes completions and lapses back for many: asks why, and shows how many first (184, D31)."""

    _name = "ntue.graduation.take.back"
    _description = "Completions and lapses to be taken back"
    _inherit = ["ntue.readable.references"]

    chosen = fields.Char(
        required=True,
        default=lambda self: ",".join(map(str, self.env.context.get("active_ids") or ())),
        help="Numbers of the applications chosen in a list.",
    )
    reason = fields.Char(required=True, help="It is kept in the log.")

    @api.constrains("chosen")
    def _check_chosen(self):
        for wizard in self:
            if not wizard.chosen.replace(",", "").isdecimal():
                raise UserError(self.env._("Choose the applications in a list."))

    def action_check(self):
        """Look at each of them, and open the summary; nothing is taken back yet."""
        self.ensure_one()
        if not self.env.user.has_group("ntue_curriculum.group_registrar"):
            raise AccessError(self.env._("Completion is the registrar's."))
        reason = self.reason.strip()
        if not reason:
            raise UserError(self.env._("Say why; it is kept in the log."))
        keys = [int(key) for key in self.chosen.split(",") if key]
        found = self.env["ntue.graduation.application"].search([("id", "in", keys)])
        pairs = [(row._number(), row) for row in found]
        if not pairs:
            raise UserError(self.env._("Choose the applications in a list."))
        return self.env["ntue.graduation.bulk"]._prepare(TAKE_BACK, pairs, reason=reason)._open()
