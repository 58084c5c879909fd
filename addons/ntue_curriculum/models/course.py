from odoo import api, fields, models
from odoo.fields import Domain


class Course(models.Model):
    """A subject by its code; name and credits belong to the line (readings.md F4)."""

    _name = "ntue.course"
    _description = "Course"
    _inherit = ["ntue.readable.references", "ntue.audit.source"]
    _order = "code"
    _rec_names_search = ["code", "name"]
    _audit_fields = frozenset({"equivalent_ids"})

    code = fields.Char(required=True)
    name = fields.Char(required=True, help="As first seen; a framework may call it otherwise.")
    equivalent_ids = fields.Many2many(
        "ntue.course",
        "ntue_course_equivalent_rel",
        "course_id",
        "equivalent_id",
        string="Counts as",
        help="Courses that stand for this one, renamed or recoded ones for example.",
    )

    _code_unique = models.Constraint("UNIQUE(code)", "A course with this code exists already.")

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("equivalent_ids") for vals in vals_list):
            self.env.registry.clear_cache()  # prepared frameworks
        return super().create(vals_list)

    def write(self, vals):
        if {"code", "equivalent_ids"} & set(vals):
            self.env.registry.clear_cache()  # prepared frameworks
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()  # prepared frameworks
        return super().unlink()

    def _audited_students(self):
        """Everybody, if one of these stands for another course: equivalents form chains (F3)."""
        students = self.env["ntue.student"]
        stands_for = Domain("equivalent_ids", "in", self.ids)
        if self.equivalent_ids or self.search_count(stands_for, limit=1):
            return students.search([])
        return students

    @api.depends("code", "name")
    def _compute_display_name(self):
        for course in self:
            course.display_name = f"{course.code} {course.name}"
