from odoo import api, fields, models
from odoo.exceptions import UserError

from ..guarded.handed_over import check_stays


class CurriculumPart(models.AbstractModel):
    """What belongs to a framework and may be changed in its draft only (I3)."""

    _name = "ntue.curriculum.part"
    _description = "Part of a curriculum framework"
    _inherit = ["ntue.discreet"]

    curriculum_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="cascade", index=True
    )

    block_id = fields.Many2one(
        "ntue.curriculum",
        string="Of the shared block",
        readonly=True,
        ondelete="restrict",
        help="It is changed in the block, for all frameworks that have it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.curriculum_id._check_draft()
        parts._check_own()
        parts._check_not_inside_block()
        return parts

    def write(self, vals):
        self.curriculum_id._check_draft()
        if set(vals) - {"sequence"}:
            self._check_own()
        before = {part: part.curriculum_id for part in self}
        result = super().write(vals)
        check_stays("curriculum_id", before)
        if set(vals) - {"sequence"}:
            self._check_own()
            self._check_not_inside_block()
        return result

    def unlink(self):
        self.curriculum_id._check_draft()
        self._check_own()
        return super().unlink()

    def _check_not_inside_block(self):
        """UserError for an own part in an area of a block: it would go with the block's (A54)."""
        for name in {"parent_id", "area_id"} & set(self._fields):
            for part in self.sudo().filtered(name):
                if part[name].block_id != part.block_id:
                    raise UserError(
                        self.env._(
                            "Area %(area)s is of the shared block %(block)s: nothing of the "
                            "framework's own is put into it.",
                            area=part[name].code,
                            block=part[name].block_id.code or part.block_id.code,
                        )
                    )

    def _check_own(self):
        """UserError for parts of a shared block, which the block alone brings and changes."""
        block = self.sudo().block_id[:1]
        if block and not self.env.su:
            raise UserError(
                self.env._(
                    "This is of the shared block %s, which many frameworks have. Revise the block "
                    "to change it, or take the block out of this framework.",
                    block.code,
                )
            )
