from odoo import api, fields, models


class CurriculumPart(models.AbstractModel):
    """What belongs to a framework and may be changed in its draft only (I3)."""

    _name = "ntue.curriculum.part"
    _description = "Part of a curriculum framework"
    _inherit = ["ntue.discreet"]

    curriculum_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="cascade", index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.curriculum_id._check_draft()
        return parts

    def write(self, vals):
        self.curriculum_id._check_draft()
        result = super().write(vals)
        self.curriculum_id._check_draft()  # nothing is moved into a published one either
        return result

    def unlink(self):
        self.curriculum_id._check_draft()
        return super().unlink()
