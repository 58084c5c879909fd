from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...caches import forget_cached
from ..guarded.code_field import Code


class CurriculumMilestone(models.Model):
    """One way to a milestone (門檻) of a framework; ways of one code are alternatives (A41)."""

    _name = "ntue.curriculum.milestone"
    _description = "Way to a milestone"
    _inherit = ["ntue.readable.references", "ntue.curriculum.part", "ntue.selects.courses"]
    _order = "curriculum_id, sequence, id"
    _rec_names_search = ["code", "name", "way"]

    sequence = fields.Integer(default=10)
    code = Code(required=True, help="Rows of one code are alternatives: one of them is enough.")
    name = fields.Char(required=True, string="Milestone")
    way = fields.Char(
        required=True, string="Reached by", help="For instance TOEFL iBT, or hours of service."
    )
    measure = fields.Selection(
        [
            ("hours", "Hours"),
            ("points", "Points"),
            ("pieces", "Pieces"),
            ("score", "Score of one test"),
            ("courses", "Courses passed"),
            ("reviewer", "Decided by a reviewer"),
        ],
        required=True,
        default="pieces",
        help="A score is reached by one piece of evidence, all else adds up. What no machine can "
        "check is decided by a reviewer, and is open until then.",
    )
    amount = fields.Float(digits=(7, 2), string="At least")
    min_credits = fields.Float(
        digits=(5, 1), string="Credits at least", help="In the courses passed; 0 for any."
    )
    select_prefixes = fields.Char(string="Courses with codes")
    select_names = fields.Char(string="Courses with names")
    select_departments = fields.Char(string="Courses of departments")
    select_languages = fields.Char(string="Courses in languages")
    student_kinds = fields.Char(
        string="Only for kinds of students",
        help="身分別 of the students for whom this way is there, semicolons between; empty: all.",
    )

    _way_unique = models.Constraint(
        "UNIQUE(curriculum_id, code, way)", "This milestone has a way of this name already."
    )
    _amounts_positive = models.Constraint(
        "CHECK(amount >= 0 AND min_credits >= 0)", "What a milestone asks cannot be negative."
    )

    @api.depends("code", "name", "way")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = self.env._(
                "%(milestone)s: %(way)s",
                milestone=f"{row.code or ''} {row.name or ''}",
                way=row.way or "",
            )

    @api.constrains("code", "name", "curriculum_id")
    def _check_one_name(self):
        for row in self:
            own = row.curriculum_id.milestone_ids.filtered(
                lambda one, code=row.code: one.code == code
            )
            if len(set(own.mapped("name"))) > 1:
                raise ValidationError(
                    self.env._("The ways to milestone %s give it one and the same name.", row.code)
                )

    @api.model_create_multi
    def create(self, vals_list):
        ways = super().create(vals_list)
        forget_cached(self.env)
        return ways

    @api.model
    @ormcache()
    def _exist(self):
        """Whether any framework has a milestone: audits of schools without read none."""
        return bool(self.sudo().search([], limit=1))
