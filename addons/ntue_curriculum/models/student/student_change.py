from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...clock import taipei_time
from ...erasing import is_erasing
from ...roc import roc_minute
from ..guarded.confidential import HIDDEN
from .student import PROFILE_FIELDS

SHOWN = 50
"""Changes that the student's own page lists, the latest first."""


class StudentChange(models.Model):
    """One change of a student's profile: who, when, what it was and what it is (D6).

    Odoo's tracking values would not do: students cannot read them, and they are posted on a
    page whose followers may be mailed. These rows are mailed to nobody, read by the student
    and the staff concerned, changed by nobody, and go when their time is over.
    """

    _name = "ntue.student.change"
    _description = "Change of a student profile"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
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

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The history writes itself; nobody adds to it."))
        return super().create(vals_list)

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("The history is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_when_its_time_is_over(self):
        if is_erasing(self):
            return
        raise AccessError(self.env._("The history is never changed."))


class Student(models.Model):
    _inherit = "ntue.student"

    change_ids = fields.One2many("ntue.student.change", "student_id", readonly=True)

    def write(self, vals):
        if is_erasing(self):  # what goes is written down nowhere
            return super().write(vals)
        watched = sorted(PROFILE_FIELDS & set(vals))
        before = {student: {name: student[name] or "" for name in watched} for student in self}
        reason = (vals.get("correction_reason") or "").strip()
        result = super().write(vals)
        self._log_changes(
            [
                {"student_id": student.id, "field": name, "old": old, "new": student[name] or ""}
                for student, values in before.items()
                for name, old in values.items()
                if old != (student[name] or "")
            ],
            reason,
        )
        return result

    def _log_changes(self, rows, reason=None, action="changed"):
        """Keep ``rows``; every field is given, so that nobody's own defaults speak."""
        common = {
            "action": action,
            "reason": reason or False,
            "user_id": self.env.uid,
            "changed_at": fields.Datetime.now(),
        }
        self.env["ntue.student.change"].sudo().create([{**row, **common} for row in rows])

    def _correction_values(self, names):
        """The profile's values stand in its history, not on the page of messages."""
        return super()._correction_values([name for name in names if name not in PROFILE_FIELDS])

    def _log_correction(self, reason, before):
        if not before:  # of the profile alone: it stands in the history, reason and all
            return None
        return super()._log_correction(reason, before)

    def _profile_history(self):
        """The latest changes as the student reads them; dicts of texts."""
        self.ensure_one()
        rows = self.env["ntue.student.change"].search([("student_id", "=", self.id)], limit=SHOWN)
        # Students do not read by whom: only whether it was they themselves is told.
        mine = rows.filtered(lambda row: row.sudo().user_id == self.env.user)
        names, actions = (
            dict(rows._fields[name]._description_selection(self.env))
            for name in ("field", "action")
        )
        return [
            {
                "when": roc_minute(moment),
                "who": self.env._("You") if row in mine else self.env._("School"),
                "what": names[row.field],
                "action": actions[row.action],
                "old": row.old or "",
                "new": row.new or "",
                "reason": row.reason or "",
            }
            for row in rows
            for moment in [taipei_time(row.changed_at)]
        ]
