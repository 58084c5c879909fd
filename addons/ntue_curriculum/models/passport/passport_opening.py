"""The record of who opened a passport copy."""

from odoo import api, fields, models

from ..guarded.confidential import HIDDEN


class PassportOpening(models.Model):
    """One opening of one passport copy: whose, by whom, when and by which way.

    Written by the read itself, so that there is no way round it; changed by nobody, and
    deleted by retention alone. To a student an employee is an office, not a name.
    """

    _name = "ntue.passport.opening"
    _description = "Opening of a passport copy"
    _inherit = ["ntue.added.only", "ntue.readable.references", "ntue.confidential"]
    _order = "id desc"
    _log_access = False

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="Opened by")
    role = fields.Selection(
        [
            ("owner", "The student"),
            ("department", "The department"),
            ("registrar", "The registrar's office"),
            ("system", "The system"),
        ],
        required=True,
        string="As",
    )
    way = fields.Selection(
        [
            ("page", "Page of the student"),
            ("export", "Export of one's own data"),
            ("file", "File opened or saved"),
            ("call", "Remote call"),
            ("server", "On the server itself"),
        ],
        required=True,
        string="By which way",
    )
    opened_at = fields.Datetime(required=True, index=True, string="When")

    @api.depends("student_id", "opened_at")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for opening in self:
            opening.display_name = (
                f"{opening.student_id.student_no} {opening.opened_at}"
                if opening in readable
                else HIDDEN
            )

    def _adding_refused(self):
        return self.env._("The record of openings writes itself.")

    def _changing_refused(self):
        return self.env._("The record of openings is never changed.")
