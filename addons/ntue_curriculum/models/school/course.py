from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...caches import forget_cached
from ..guarded.code_field import Code


class Course(models.Model):
    """A subject by its code; name and credits belong to the line (docs/readings.md F4).

    Courses are shared by all frameworks. Assistants add one to put into a draft; the code of one
    that is there, and what stands for it, are the registrar's, who says why.
    """

    _name = "ntue.course"
    _description = "Course"
    _inherit = ["ntue.readable.references", "ntue.decisive", "ntue.discreet"]
    _order = "code"
    _rec_names_search = ["code", "name"]
    _not_deciding = frozenset({"name"})

    code = Code(required=True)
    in_average = fields.Boolean(
        string="In averages",
        default=True,
        help="Whether a score in it is part of the graduation average, as the program says.",
    )
    name = fields.Char(required=True, help="As first seen; a framework may call it otherwise.")
    equivalent_ids = fields.Many2many(
        "ntue.course",
        "ntue_course_equivalent_rel",
        "course_id",
        "equivalent_id",
        string="Counts as",
        help="Courses that stand for this one, renamed or recoded ones for example. Published "
        "frameworks keep what they were published with.",
    )

    _code_unique = models.Constraint("UNIQUE(code)", "A course with this code exists already.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and not self.env.user.has_group("ntue_curriculum.group_registrar"):
            vals_list = [self._without_equivalents(vals) for vals in vals_list]
        return super().create(vals_list)

    def _without_equivalents(self, vals):
        """``vals`` of somebody who says nothing about other courses; no default does either."""
        if vals.get("equivalent_ids"):
            raise AccessError(
                self.env._(
                    "Which course stands for another is the registrar's to say: it would change "
                    "frameworks of other departments."
                )
            )
        return {**vals, "equivalent_ids": False, "in_average": True}

    def write(self, vals):
        result = super().write(vals)
        if "code" in vals:
            forget_cached(self.env)  # prepared frameworks
        return result

    def _is_creation_recorded(self):
        """A new course changes nothing, unless others stand for it."""
        return bool(self.equivalent_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_it_stands_for_another(self):
        published = self.env["ntue.curriculum"].sudo().search([("state", "!=", "draft")])
        for curriculum in published:
            standing = {number for pair in curriculum.frozen_equivalents or () for number in pair}
            if standing & set(self.ids):
                raise UserError(
                    self.env._(
                        "Framework %s was published with courses that stand for each other, of "
                        "which this is one: it is not deleted.",
                        curriculum.display_name,
                    )
                )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for course in self:
            course.display_name = f"{course.code} {course.name}"
