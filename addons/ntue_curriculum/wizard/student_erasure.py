"""Erasing one student's data: a preview of what goes and what stays, and the reason."""

from typing import Any

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class StudentErasureDialog(models.TransientModel):
    """Looking erases nothing. The registrar of the division erases, never their own data."""

    _name = "ntue.student.erasure"
    _description = "Erase a student's personal data"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _rec_name = "student_id"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    extent = fields.Selection(
        [
            ("contacts", "What no rule asks to keep; name, number and school record stay"),
            ("identity", "Name and number too; the school record goes on without a name"),
        ],
        required=True,
        default="contacts",
        string="What is erased",
    )
    reason = fields.Char(help="It is kept in the register for good: name no person in it.")
    understood = fields.Boolean(string="I have read what goes. It cannot be brought back.")
    has_degree = fields.Boolean(string="With a degree", compute="_compute_panel")
    degree_kept_elsewhere = fields.Boolean(
        string="The school keeps the register of its degrees apart from this desk",
        help="Whom the school gave a degree, it must be able to say for good.",
    )
    is_blocked = fields.Boolean(string="Not possible now", compute="_compute_panel")
    panel = fields.Html(compute="_compute_panel", sanitize=False, string="Preview")

    @api.constrains("student_id")
    def _check_readable(self):
        # Odoo runs constraints with all rights: ask as the user.
        for dialog in self:
            dialog.student_id.sudo(False).check_access("read")

    @api.depends("student_id", "extent")
    @api.depends_context("uid", "lang")
    def _compute_panel(self):
        for dialog in self:
            student = dialog.student_id._origin
            if not student or not dialog._may_erase(student):
                dialog.update({"panel": False, "is_blocked": True, "has_degree": False})
                continue
            extent = dialog.extent or "contacts"
            blocks = student._erasure_blocks(extent)
            values = {
                "blocks": blocks,
                "rows": student._erasure_plan(extent),
                "backups": self.env["ntue.retention"]._backup_sentence(),
            }
            dialog.panel = self.env["ir.qweb"]._render("ntue_curriculum.erasure_panel", values)
            dialog.is_blocked = bool(blocks)
            dialog.has_degree = student._has_degree()

    def _may_erase(self, student):
        """Whether the user is the registrar of this student's division, and not the student."""
        user = self.env.user
        return (
            user.has_group(f"ntue_curriculum.group_registrar_{student.sudo().division}")
            and student.sudo().partner_id != user.partner_id
        )

    def action_erase(self) -> dict[str, Any]:
        """Erase, once everything asked for is given; back to the student's record."""
        self.ensure_one()
        self.check_access("write")
        student = self.student_id
        student.check_access("write")
        if not self._may_erase(student):
            raise AccessError(
                self.env._("The registrar of the student's division erases, never their own data.")
            )
        reason = (self.reason or "").strip()
        if not reason or not self.understood:
            raise UserError(
                self.env._("Give the reason, and tick that you have read what goes; then erase.")
            )
        if self.extent == "identity" and student._has_degree() and not self.degree_kept_elsewhere:
            raise UserError(
                self.env._(
                    "The school gave this student a degree. Erase the name only if the register "
                    "of degrees is kept elsewhere, and tick that it is."
                )
            )
        student._erase(self.extent, reason)
        return {"type": "ir.actions.act_window_close"}
