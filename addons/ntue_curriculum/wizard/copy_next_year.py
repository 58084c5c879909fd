from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list


class CurriculumCopy(models.TransientModel):
    """Shows what copies for the next year would be called, before they are made (I3)."""

    _name = "ntue.curriculum.copy"
    _description = "Copy frameworks to the next year"
    _inherit = ["ntue.readable.references"]

    line_ids = fields.One2many("ntue.curriculum.copy.line", "wizard_id", string="Copies")

    @api.model
    def _opened_for(self, frameworks):
        """The dialog about copies of the published ones among ``frameworks``.

        UserError without one, AccessError where one of them is not the caller's to copy.
        """
        frameworks.check_access("read")
        published = frameworks.filtered(lambda row: row.state == "published")
        if not published:
            raise UserError(self.env._("Choose published frameworks: only those are copied."))
        if others := published.filtered(lambda row: not row.may_copy):
            raise others._of_another_department()
        wizard = self.create(
            {
                "line_ids": [
                    (0, 0, {"source_id": row.id, **row._next_year_values()}) for row in published
                ]
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Copy to the next year"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_copy(self) -> dict[str, Any]:
        """Make the drafts whose code is free, and open them."""
        self.ensure_one()
        free = self.line_ids.filtered(lambda line: not line.exists_already)
        unnamed = free.filtered(lambda line: not (line.code or "").strip())
        if unnamed:
            raise UserError(
                self.env._(
                    "Say which code the copy gets of: %s.",
                    format_list(self.env, unnamed.source_id.mapped("code")),
                )
            )
        if not free:
            raise UserError(
                self.env._(
                    "All of them exist already: %s. Open them from the list.",
                    format_list(self.env, self.line_ids.mapped("code")),
                )
            )
        drafts = self.env["ntue.curriculum"]
        for line in free:
            drafts |= line.source_id._copy_to_next_year(
                {
                    "code": line.code,
                    "class_name": line.class_name,
                    "entry_year": line.entry_year,
                }
            )
        return drafts._opened()


class CurriculumCopyLine(models.TransientModel):
    """One framework and what its copy would be called."""

    _name = "ntue.curriculum.copy.line"
    _description = "Copy of a framework"
    _inherit = ["ntue.readable.references"]
    _order = "id"

    wizard_id = fields.Many2one("ntue.curriculum.copy", required=True, ondelete="cascade")
    source_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="cascade", string="Framework"
    )
    code = fields.Char(string="Code of the copy")
    class_name = fields.Char(string="Class")
    entry_year = fields.Integer(string="Entry year", required=True)
    exists_already = fields.Boolean(string="Exists already", compute="_compute_exists_already")

    @api.constrains("source_id")
    def _check_source(self):
        # Odoo runs constraints with all rights: ask as the user.
        self.source_id.sudo(False).check_access("read")

    @api.depends("code")
    def _compute_exists_already(self):
        frameworks = self.env["ntue.curriculum"]
        for line in self:
            code = (line.code or "").strip()
            line.exists_already = bool(code and frameworks._of_code(code))

    def action_open(self) -> dict[str, Any]:
        """The framework that has this code already."""
        self.ensure_one()
        code = (self.code or "").strip()
        return self.env["ntue.curriculum"]._of_code(code).with_env(self.env)._opened()
