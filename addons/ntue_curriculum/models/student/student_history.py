"""The history of a student's profile: what is entered in it, and how students read it."""

from odoo import fields, models

from ...clock import taipei_time
from ...days import minute_text
from ...erasing import is_erasing
from ...importing import import_of
from ...labels import trimmed
from .student_writing import PROFILE_FIELDS

SHOWN = 50
"""Changes that the student's own page lists, the latest first."""


class StudentHistory(models.AbstractModel):
    """Every change of a profile is entered in its history."""

    _name = "ntue.student.history"
    _description = "History of a student's profile"

    def write(self, vals):
        if is_erasing(self):  # what goes is written down nowhere
            return super().write(vals)
        watched = sorted(PROFILE_FIELDS & set(vals))
        before = {student: {name: student[name] or "" for name in watched} for student in self}
        reason = trimmed(vals.get("correction_reason"))
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
            "import_id": import_of(self),
        }
        self.env["ntue.student.change"].sudo().create([{**row, **common} for row in rows])

    def _correction_values(self, names):
        """The profile's values are in its history, not on the page of messages."""
        return super()._correction_values([name for name in names if name not in PROFILE_FIELDS])

    def _log_correction(self, reason, before):
        if not before:  # of the profile alone: it is in the history, with its reason
            return None
        return super()._log_correction(reason, before)

    def _profile_history(self):
        """The latest changes as the student reads them; dicts of texts."""
        self.ensure_one()
        rows = self.env["ntue.student.change"].search([("student_id", "=", self.id)], limit=SHOWN)
        # Students do not read by whom: only whether it was they themselves.
        mine = rows.filtered(lambda row: row.sudo().user_id == self.env.user)
        names, actions = (
            dict(rows._fields[name]._description_selection(self.env))
            for name in ("field", "action")
        )
        return [
            {
                "when": minute_text(self.env, moment),
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
