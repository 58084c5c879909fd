from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...degree_audit import LEVELS
from ...year_spans import are_year_spans
from ..guarded.code_field import Code


class CurriculumArea(models.Model):
    """A requirement area of a framework (領域); areas form a tree."""

    _name = "ntue.curriculum.area"
    _description = "Requirement area"
    _inherit = ["ntue.readable.references", "ntue.curriculum.part", "ntue.selects.offerings"]
    _order = "curriculum_id, sequence, id"
    _rec_names_search = ["code", "name"]

    sequence = fields.Integer(default=10, help="Framework order, which breaks ties.")
    code = Code(required=True)
    name = fields.Char(required=True)
    parent_id = fields.Many2one("ntue.curriculum.area", ondelete="cascade", string="Parent area")
    child_ids = fields.One2many("ntue.curriculum.area", "parent_id", string="Areas within")
    line_ids = fields.One2many("ntue.curriculum.line", "area_id", string="Subjects")
    min_credits = fields.Float(digits=(5, 1), string="Minimum credits")
    min_courses = fields.Integer(string="Minimum courses")
    has_cap = fields.Boolean(string="Capped")
    max_credits = fields.Float(digits=(5, 1), string="Cap in credits")
    min_children = fields.Integer(
        string="Minimum child areas", help="0: all child areas must be met."
    )
    max_children = fields.Integer(
        string="Counts in so many areas inside",
        help="Courses count in at most so many of the areas inside it; 0: in all of them.",
    )
    waivers_lower = fields.Boolean(
        string="Waivers lower its minima",
        help="A waived subject of the area, or of one inside it, lowers what the area asks by its "
        "credits and by one course.",
    )
    has_floor = fields.Boolean(string="Least score")
    min_score = fields.Float(digits=(5, 2), string="Least score of a course")
    select_domains = fields.Char(
        help="Courses of these general education domains (通識領域) are in the area without being "
        "listed, with a semicolon between them. All that an area selects by must hold.",
    )
    student_kinds = fields.Char(
        string="Only for kinds of students",
        help="身分別 of the students for whom the area is there, semicolons between; empty: all. "
        "For others it is as if the framework did not have it.",
    )

    entry_years = fields.Char(
        string="Only for years of entry",
        help="Years of entry of the students for whom the area is there, as in 113; 115-117; 119-. "
        "Of who came by transfer the year whose rules hold. Empty: all.",
    )
    departments = fields.Char(
        string="Only for departments",
        help="Codes of the departments whose students the area is there for, semicolons between; "
        "empty: all.",
    )

    _code_unique = models.Constraint(
        "UNIQUE(curriculum_id, code)", "This framework has an area with this code already."
    )
    _numbers_positive = models.Constraint(
        "CHECK(min_credits >= 0 AND min_courses >= 0 AND max_credits >= 0 AND min_children >= 0 "
        "AND max_children >= 0)",
        "What an area asks cannot be negative.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for area in self:
            area.display_name = f"{area.code} {area.name}"

    @api.constrains("entry_years")
    def _check_entry_years(self):
        for area in self:
            if not are_year_spans(area.entry_years):
                raise ValidationError(
                    self.env._(
                        "Area %(code)s: “%(years)s” are no years of entry. Write them as 113; "
                        "115-117; 119-.",
                        code=area.code,
                        years=area.entry_years,
                    )
                )

    @api.constrains("parent_id", "curriculum_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An area cannot be inside itself."))
        for area in self:
            if area.parent_id and area.parent_id.curriculum_id != area.curriculum_id:
                raise ValidationError(
                    self.env._("The parent of area %s is in another framework.", area.code)
                )
        for area in self.search([("id", "child_of", self.ids)]):
            if area._depth() > LEVELS:
                raise ValidationError(
                    self.env._("Area %s is inside too many areas. Move it further up.", area.code)
                )

    def _depth(self):
        """How many areas it is inside."""
        area, depth = self, 0
        while area.parent_id:
            area, depth = area.parent_id, depth + 1
        return depth
