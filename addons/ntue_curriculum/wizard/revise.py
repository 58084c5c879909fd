from typing import Any

from odoo import fields, models


class CurriculumRevise(models.TransientModel):
    """Asks the reason before a published framework is revised (I3)."""

    _name = "ntue.curriculum.revise"
    _description = "Revise a framework"
    _inherit = ["ntue.readable.references"]

    curriculum_id = fields.Many2one("ntue.curriculum", required=True, ondelete="cascade")
    reason = fields.Char(required=True)

    def action_revise(self) -> dict[str, Any]:
        """Open the draft of the next revision."""
        self.ensure_one()
        draft = self.curriculum_id._start_revision(self.reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": "ntue.curriculum",
            "res_id": draft.id,
            "view_mode": "form",
        }
