"""The ID number of one student, entered or removed by the registrar, for a reason."""

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class NationalIdDialog(models.TransientModel):
    """What is typed is hashed as it comes in: no row of this dialog ever has the number."""

    _name = "ntue.national.id.dialog"
    _description = "ID number of one student"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _rec_name = "student_id"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    is_kept = fields.Boolean(string="A number is on record", compute="_compute_is_kept")
    number = fields.Char(
        string="ID number", compute="_compute_number", inverse="_inverse_number", size=64
    )
    hashes = fields.Char(groups=fields.NO_ACCESS, copy=False)
    reason = fields.Char(
        size=500, help="It is kept in the register for good: write no number in it."
    )

    @api.constrains("student_id")
    def _check_readable(self):
        # Odoo runs constraints with all rights: ask as the user.
        for dialog in self:
            dialog.student_id.sudo(False).check_access("read")

    @api.depends("student_id")
    @api.depends_context("uid")
    def _compute_is_kept(self):
        for dialog in self:
            student = dialog.student_id._origin
            may = bool(student) and dialog._may_keep(student)
            dialog.is_kept = may and student._ntue_has_national_id()

    def _compute_number(self):
        self.number = False

    def _inverse_number(self):
        for dialog in self.filtered("number"):
            hashes = dialog.student_id._ntue_hashes_of(dialog.number)
            dialog.sudo().hashes = json.dumps(hashes)

    def _may_keep(self, student):
        """Whether the user is the registrar of this student's division, and not the student."""
        user, record = self.env.user, student.sudo()
        is_registrar = user.has_group(f"ntue_curriculum.group_registrar_{record.division}")
        return is_registrar and record.partner_id != user.partner_id

    def action_keep(self):
        """Keep the hash of the number that was typed."""
        student, reason = self._asked()
        hashes = json.loads(self.sudo().hashes or "{}")
        if not hashes:
            raise UserError(self.env._("Type the ID number."))
        action = "changed" if student._ntue_has_national_id() else "created"
        self.env["ntue.national.id"]._keep(student, hashes)
        return self._done(student, action, reason)

    def action_remove(self):
        """Remove the hash that is on record."""
        student, reason = self._asked()
        if not student._ntue_has_national_id():
            raise UserError(self.env._("No ID number of this student is on record."))
        self.env["ntue.national.id"]._remove(student)
        return self._done(student, "deleted", reason)

    def _asked(self):
        """Student and reason; an error where one may not, or something is missing."""
        self.ensure_one()
        self.check_access("write")
        student = self.student_id
        student.check_access("write")
        if not self._may_keep(student):
            raise AccessError(
                self.env._(
                    "The registrar of the student's division keeps ID numbers, never their own."
                )
            )
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Give the reason: it is kept in the register."))
        return student, reason

    def _done(self, student, action, reason):
        self.sudo().hashes = False
        self.env["ntue.national.id"]._enter(student, action, reason)
        return {"type": "ir.actions.act_window_close"}
