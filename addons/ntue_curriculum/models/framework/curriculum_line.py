from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CurriculumLine(models.Model):
    """One subject of a framework, in one area; a course may have several lines."""

    _name = "ntue.curriculum.line"
    _description = "Framework subject"
    _inherit = ["ntue.readable.references", "ntue.curriculum.part"]
    _order = "curriculum_id, sequence, id"
    _rec_names_search = ["name", "course_id.code"]

    sequence = fields.Integer(default=10)
    area_id = fields.Many2one(
        "ntue.curriculum.area", ondelete="cascade", help="Empty: counts in the total only."
    )
    course_id = fields.Many2one("ntue.course", required=True, ondelete="restrict")
    name = fields.Char(required=True, help="The subject's name in this framework.")
    credits = fields.Float(required=True, digits=(5, 1))
    requirement = fields.Selection(
        [("required", "Required"), ("elective", "Elective")], required=True, default="elective"
    )
    planned_year = fields.Integer(
        string="Planned for year", help="Year of study it is planned for; for information only."
    )
    planned_term = fields.Char(
        string="Planned for term", help="Term it is planned for; for information only."
    )
    counts_in_total = fields.Boolean(
        default=True,
        string="Counts towards graduation credits",
        help="Untick for subjects that are required but give no graduation credits.",
    )
    shareable = fields.Boolean(help="May count in several areas at once.")
    repeats = fields.Integer(
        string="Counts so many times",
        default=1,
        help="A course that is credited each time it is passed, as a seminar of every term is.",
    )

    _course_unique = models.UniqueIndex(
        "(curriculum_id, COALESCE(area_id, 0), course_id)",
        "This course is in this area already.",
    )
    _credits_positive = models.Constraint(
        "CHECK(credits >= 0)", "A subject cannot have negative credits."
    )
    _repeats_positive = models.Constraint("CHECK(repeats >= 1)", "A subject counts once at least.")

    @api.depends("name", "area_id")
    def _compute_display_name(self):
        for line in self:
            area = f"{line.area_id.code} " if line.area_id else ""
            line.display_name = f"{area}{line.name}"

    @api.constrains("area_id", "curriculum_id")
    def _check_area(self):
        for line in self:
            if line.area_id and line.area_id.curriculum_id != line.curriculum_id:
                raise ValidationError(
                    self.env._("The area of %s is in another framework.", line.name)
                )
            if line.area_id.child_ids:
                raise ValidationError(
                    self.env._(
                        "%(course)s is in area %(area)s, which has areas of its own: "
                        "put it into one of those.",
                        course=line.name,
                        area=line.area_id.code,
                    )
                )
