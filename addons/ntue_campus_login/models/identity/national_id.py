"""What is kept of a student's ID number: a keyed hash, read by nobody, compared by the system.

It serves the page for a forgotten password alone (75, D46). The key is outside of the database
(``id_key.py``): anyone who has the database alone cannot try numbers against it.
"""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.models.guarded.registered import canonical
from odoo.exceptions import UserError

from ... import id_key, national_id


class NationalId(models.Model):
    _name = "ntue.national.id"
    _description = "ID number of a student, as a keyed hash"
    _inherit = ["ntue.readable.references"]
    _rec_name = "id"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    digest = fields.Char(required=True, groups=fields.NO_ACCESS, copy=False)

    _student_unique = models.Constraint("UNIQUE(student_id)", "A student has one ID number.")

    @api.model
    def _keep(self, student, hashes):
        """Keep the number with these hashes (``id_column.py``) as that of ``student``."""
        said = id_key.kept(student.id, hashes)
        own = self.sudo()
        found = own.search([("student_id", "=", student.id)])
        if found and not id_key.is_kept(student.id, hashes, found.digest):
            found.digest = said
        elif not found:
            own.create({"student_id": student.id, "digest": said})

    @api.model
    def _remove(self, student):
        """Forget the number of ``student``, and what was mailed because of it."""
        self.sudo().search([("student_id", "=", student.id)]).unlink()
        self.env["ntue.password.link"]._void(student._account().ids)

    @api.model
    def _enter(self, student, action, reason):
        """In the register: that an officer did it and why; of the number nothing."""
        self.env["ntue.register.entry"].sudo().create(
            [
                {
                    "model": self._name,
                    "record": student.id,
                    "student_id": student.id,
                    "action": action,
                    "label": f"{as_kept(self)._ntue_kind()}: {student.student_no}",
                    "changes": canonical({}),
                    "reason": reason,
                }
            ]
        )


class StudentIdentity(models.AbstractModel):
    _name = "ntue.campus.student.identity"
    _description = "Student: identity"

    def _ntue_set_national_id(self, text):
        """Keep the typed number as a hash; UserError, without it, where it is none."""
        self.ensure_one()
        self.env["ntue.national.id"]._keep(self, self._ntue_hashes_of(text))

    @api.model
    def _ntue_hashes_of(self, text):
        """The hashes of a typed number by key; UserError, without it, where it is none."""
        number = national_id.normalise(text or "")
        if not national_id.is_accepted(number, taipei_today()):
            raise UserError(
                self.env._(
                    "This is no number of an identity card or a residence permit: look for a slip "
                    "of the hand."
                )
            )
        hashes = id_key.typed(number)
        if not hashes:
            raise UserError(
                self.env._(
                    "This server has no key for ID numbers, so that none is taken: have "
                    "NTUE_ID_KEY set (README, “ID numbers”)."
                )
            )
        return hashes

    def _ntue_has_national_id(self):
        self.ensure_one()
        kept = self.env["ntue.national.id"].sudo()
        return bool(kept.search_count([("student_id", "=", self.id)], limit=1))

    def _ntue_is_national_id(self, hashes):
        """Whether the number with these hashes is this student's.

        What an older key has hashed is hashed anew by the one that hashes now.
        """
        self.ensure_one()
        found = self.env["ntue.national.id"].sudo().search([("student_id", "=", self.id)])
        if not found or not id_key.is_kept(self.id, hashes, found.digest):
            return False
        renewed = id_key.kept(self.id, hashes)
        if renewed and renewed != found.digest:
            found.digest = renewed
        return True
