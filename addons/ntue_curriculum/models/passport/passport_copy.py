"""The copy of the passport that shows an alias (43, D9): who may see it, and until when."""

import base64
import binascii
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ...clock import taipei_day, taipei_today
from ...days import day_text
from ...wording.files import KINDS, Asked, file_problem

MAX_MB = 5
KEEP_DAYS = 90
"""Days that a copy is kept after its application ended."""

KEEP_UNUSED_DAYS = 365
"""Days that a copy is kept for which nobody ever applies."""

BATCH = 100


class PassportCopy(models.Model):
    """A student's own file: uploaded and taken away by the student, looked at by reviewers.

    The content is a column of this table and no attachment: there is no other record whose
    rights, tokens or public flag could open it, and deleting the row deletes it. Replacing
    is uploading another one; nothing of a copy is ever rewritten but its day.
    """

    _name = "ntue.passport.copy"
    _description = "Passport copy"
    _inherit = ["ntue.passport.reading", "ntue.readable.references", "ntue.discreet"]
    _order = "id desc"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", copy=False)
    name = fields.Char(required=True, readonly=True)
    content = fields.Binary(required=True, attachment=False, copy=False)
    mimetype = fields.Char(string="File type", required=True, readonly=True)
    size = fields.Integer(readonly=True, help="In bytes.")
    uploaded_at = fields.Datetime(string="Uploaded on", readonly=True)
    purge_on = fields.Date(required=True, readonly=True, string="Deleted on")

    _one_each = models.Constraint("UNIQUE(student_id)", "There is a passport copy already.")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        vals_list = [self._complete(vals) for vals in vals_list]
        replaced = self.search([("student_id", "in", [vals["student_id"] for vals in vals_list])])
        before = {copy.student_id: copy._described() for copy in replaced}
        replaced._delete()
        copies = super().create(vals_list)
        copies._log("uploaded", before)
        return copies

    def unlink(self):
        """Taken away by the student."""
        self._log("removed")
        return super().unlink()

    def _delete(self):
        return super().unlink()

    def _complete(self, vals):
        """Every field of a new copy, from the two that a student gives; errors otherwise."""
        if set(vals) - {"student_id", "content"}:
            raise AccessError(self.env._("A passport copy is uploaded; the rest follows from it."))
        students = self.env["ntue.student"]
        student = students.browse(vals.get("student_id")).exists() or students._of_current_user()
        if not student or student.sudo().partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("Students upload their own passport copy only."))
        student._mark_row()
        content = self._decoded(vals.get("content"))
        problem = self._problem(content)
        if problem:
            raise ValidationError(problem)
        mimetype = guess_mimetype(content)
        return {
            "student_id": student.id,
            "name": f"passport-{student.student_no}.{KINDS[mimetype][1]}",
            "content": base64.b64encode(content),
            "mimetype": mimetype,
            "size": len(content),
            "uploaded_at": fields.Datetime.now(),
            "purge_on": taipei_today() + timedelta(days=KEEP_UNUSED_DAYS),
        }

    @api.model
    def _decoded(self, content):
        try:
            return base64.b64decode(content or b"", validate=True)
        except (binascii.Error, TypeError, ValueError):
            return b""

    @api.model
    def _problem(self, content):
        """Why these bytes will not do, as a sentence; the name of the file says nothing."""
        asked = Asked(
            self.env._("Choose a PDF, JPEG or PNG file with the page of your passport."),
            self.env._("This PDF is too long. Send the page of your passport alone."),
        )
        return file_problem(self.env, content, self._max_mb(), asked)

    @api.model
    def _hint(self):
        """What to upload and who will see it, for the student's page."""
        return self.env._(
            "PDF, JPEG or PNG of the page with your photo, at most %s MB. Seen by you, the "
            "assistants of your department and the registrar's office only; deleted after the "
            "diploma is made.",
            self._max_mb(),
        )

    def _sentence(self):
        """Since when this copy is here, and until when."""
        self.ensure_one()
        return self.env._(
            "Uploaded on %(first)s; deleted on %(last)s at the latest. "
            "Choosing another file replaces it.",
            first=day_text(self.env, taipei_day(self.uploaded_at)),
            last=day_text(self.env, self.purge_on),
        )

    @api.model
    def _max_mb(self):
        return self._setting("max_mb", MAX_MB)

    @api.model
    def _max_bytes(self):
        return self._max_mb() * 1024 * 1024

    @api.model
    def _most_request_bytes(self):
        """What a form with a copy in it may weigh before it is refused unread."""
        return 4 * self._max_bytes() + 1024 * 1024

    @api.model
    def _setting(self, name, default):
        key = f"ntue_curriculum.passport_copy_{name}"
        return self.env["ir.config_parameter"]._ntue_number(key, default)

    def _described(self):
        """What the history says of it: the kind and size, nothing of the content."""
        self.ensure_one()
        return f"{KINDS[self.mimetype][1].upper()}, {max(self.size // 1024, 1)} kB"

    def _log(self, action, before=None):
        rows = [
            {
                "student_id": copy.student_id.id,
                "field": "passport_copy",
                "old": (before or {}).get(copy.student_id) if action == "uploaded" else text,
                "new": text if action == "uploaded" else False,
            }
            for copy in self
            for text in [copy._described()]
        ]
        self.student_id._log_changes(rows, action=action)

    # Until when

    @api.model
    def _purge_due(self):
        """The cron: delete the copies whose day has come, a batch a transaction."""
        self.env["ntue.retention"]._run_kind("passport_copies", BATCH)
