from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...caches import forget_cached
from ..guarded.confidential import HIDDEN


class StudentProgramme(models.Model):
    """A further program of a student beside the main one: minor, double major, … (A45)."""

    _name = "ntue.student.programme"
    _description = "Further program of a student"
    _inherit = [
        "ntue.readable.references",
        "ntue.confidential",
        "ntue.audit.source",
        "ntue.follows.revision",
        "ntue.registered",
        "ntue.imported",
    ]
    _order = "student_id, id"
    _audit_fields = frozenset({"student_id", "curriculum_id"})
    _registered_fields = _audit_fields

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    curriculum_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="restrict", index=True, string="Framework"
    )
    kind = fields.Selection(related="curriculum_id.kind", store=True)

    _programme_unique = models.Constraint(
        "UNIQUE(student_id, curriculum_id)", "This student has this program already."
    )

    @api.depends("curriculum_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for row in self:
            row.display_name = row.sudo().curriculum_id.code if row in readable else HIDDEN

    @api.constrains("curriculum_id")
    def _check_curriculum(self):
        for row in self:
            if row.curriculum_id.kind in ("main", "block"):
                raise ValidationError(
                    self.env._(
                        "Framework %s is for no further program, which is a minor, a double major, "
                        "a certificate program or the like.",
                        row.curriculum_id.code,
                    )
                )
            if row.curriculum_id.state != "published":
                raise ValidationError(
                    self.env._("A student is bound to a published framework only.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        programs = super().create(vals_list)
        forget_cached(self.env)
        return programs

    @api.model
    @ormcache()
    def _exist(self):
        """Whether any student has a further program: audits of schools without read none."""
        return bool(self.sudo().search([], limit=1))

    def _set(self, vals):
        """Write past the guards: for a framework's revision, out of reach of RPC."""
        return super().write(vals)

    def _audited_students(self):
        return self.student_id

    def _registered_label(self):
        return self.curriculum_id.code

    def _registers_new(self):
        return not self.env.su  # an import has its files
