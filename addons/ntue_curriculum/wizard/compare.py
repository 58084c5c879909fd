from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError


class CurriculumCompare(models.TransientModel):
    """Any two frameworks beside each other: in what the second differs (I3)."""

    _name = "ntue.curriculum.compare"
    _description = "Compare two frameworks"
    _inherit = ["ntue.readable.references"]
    _rec_name = "after_id"

    before_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="cascade", string="Framework"
    )
    after_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="cascade", string="Compared framework"
    )
    difference_panel = fields.Html(
        compute="_compute_difference_panel", sanitize=False, string="Differences"
    )

    @api.constrains("before_id", "after_id")
    def _check_frameworks(self):
        # Odoo runs constraints with all rights: ask as the user.
        (self.before_id | self.after_id).sudo(False).check_access("read")

    @api.depends("before_id", "after_id")
    @api.depends_context("uid", "lang")
    def _compute_difference_panel(self):
        for wizard in self:
            before, after = wizard.before_id, wizard.after_id
            both = before and after
            wizard.difference_panel = after._difference_html(before) if both else False

    @api.model
    def _opened_for(self, frameworks):
        """The dialog about one framework and its origin, or about two, the older first.

        UserError for more: nobody would see which two of them are compared.
        """
        frameworks.check_access("read")
        if len(frameworks) > 2:
            raise UserError(self.env._("Choose two frameworks: only two are compared."))
        ordered = frameworks.sorted(lambda row: (row.entry_year, row.revision, row.id))
        before, after = ordered[:1], ordered[1:2]
        if len(frameworks) == 1:
            before, after = frameworks._origin_framework(), frameworks
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare two frameworks"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_before_id": before.id,
                "default_after_id": after.id,
            },
        }

    def action_print(self) -> dict[str, Any]:
        """The differences on paper."""
        return self.env.ref("ntue_curriculum.action_report_difference").report_action(self)
