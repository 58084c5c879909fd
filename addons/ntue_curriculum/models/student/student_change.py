from odoo import api, fields, models

from ...groups import STAFF
from ..guarded.confidential import HIDDEN


class StudentChange(models.Model):
    """One change of a student's profile: who, when, what it was and what it is (D6).

    Odoo's tracking values would not do: students cannot read them, and they are posted on a
    page whose followers may be mailed. These rows are mailed to nobody, read by the student
    and the staff concerned, changed by nobody, and go when their time is over.
    """

    _name = "ntue.student.change"
    _description = "Change of a student profile"
    _inherit = ["ntue.added.only", "ntue.readable.references", "ntue.confidential"]
    _order = "id desc"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    field = fields.Selection(
        [
            ("english_name", "English name"),
            ("alias_name", "Alias on the diploma"),
            ("email", "E-mail"),
            ("account_email", "E-mail for signing in"),
            ("mobile", "Mobile phone"),
            ("phone", "Contact phone"),
            ("passport_copy", "Passport copy"),
        ],
        required=True,
        string="What",
    )
    action = fields.Selection(
        [
            ("changed", "Changed"),
            ("uploaded", "Uploaded"),
            ("removed", "Removed"),
            ("purged", "Deleted when its time was over"),
            ("asked", "To be confirmed by a mailed link"),
        ],
        required=True,
        default="changed",
    )
    old = fields.Char(string="Before")
    new = fields.Char(string="After")
    reason = fields.Char()
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="By")
    changed_at = fields.Datetime(required=True, default=fields.Datetime.now, string="When")
    import_id = fields.Many2one(
        "ntue.import", string="By the import", ondelete="restrict", groups=STAFF
    )

    @api.depends("student_id", "field")
    @api.depends_context("uid")
    def _compute_display_name(self):
        names = dict(self._fields["field"]._description_selection(self.env))
        readable = self._readable()
        for change in self:
            change.display_name = (
                f"{change.student_id.student_no} {names[change.field]}"
                if change in readable
                else HIDDEN
            )

    def _adding_refused(self):
        return self.env._("The history writes itself; nobody adds to it.")

    def _changing_refused(self):
        return self.env._("The history is never changed.")
