from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..guarded.code_field import Code


class CountingRule(models.Model):
    """What a framework asks across its areas, or of several courses together (A51)."""

    _name = "ntue.counting.rule"
    _description = "Counting rule of a framework"
    _inherit = ["ntue.readable.references", "ntue.curriculum.part", "ntue.selects.offerings"]
    _order = "curriculum_id, sequence, id"
    _rec_names_search = ["code", "name"]

    sequence = fields.Integer(default=10)
    code = Code(required=True)
    name = fields.Char(required=True, help="What students read, as in “Distance learning”.")
    kind = fields.Selection(
        [
            ("limit", "At least or at most"),
            ("all_or_none", "All of them or none"),
            ("in_order", "In this order"),
            ("prerequisite", "Prerequisite"),
        ],
        required=True,
        default="limit",
        help="At least or at most: so much of what the rule selects, in whatever area it counts. "
        "All or none: its courses count when every one of them does. In this order: a course "
        "counts when the one before it was taken in an earlier term. Prerequisite: only a remark.",
    )
    courses = fields.Char(
        help="Codes of courses in their order, semicolons between; of “at least or at most” only "
        "these count, if any are named."
    )
    area_id = fields.Many2one(
        "ntue.curriculum.area",
        ondelete="cascade",
        string="Counts in the area",
        help="Only what counts in this area, or inside it; empty: anywhere.",
    )
    from_transferred = fields.Boolean(string="Credited (抵免)")
    from_mooc = fields.Boolean(string="MOOC")
    from_off_campus = fields.Boolean(string="Of other schools")
    from_other_department = fields.Boolean(string="Of other departments")
    per = fields.Selection(
        [("whole", "In all"), ("term", "In each term"), ("name", "Of each name")],
        required=True,
        default="whole",
        string="The most holds",
    )
    min_credits = fields.Float(digits=(5, 1), string="Minimum credits")
    min_courses = fields.Integer(string="Minimum courses")
    has_cap = fields.Boolean(string="Capped")
    max_credits = fields.Float(digits=(5, 1), string="Cap in credits")
    has_course_cap = fields.Boolean(string="Capped in courses")
    max_courses = fields.Integer(string="Cap in courses")
    max_share = fields.Float(
        digits=(5, 4),
        string="Cap as a share",
        help="Of the graduation credits: a half is 0.5. 0: no such cap.",
    )
    has_floor = fields.Boolean(string="With a score")
    min_score = fields.Float(digits=(5, 2), string="Least score of the prerequisite")

    _code_unique = models.Constraint(
        "UNIQUE(curriculum_id, code)", "This framework has a counting rule with this code already."
    )
    _numbers_positive = models.Constraint(
        "CHECK(min_credits >= 0 AND min_courses >= 0 AND max_credits >= 0 AND max_courses >= 0 "
        "AND max_share >= 0 AND max_share <= 1 AND min_score >= 0 AND min_score <= 100)",
        "What a counting rule asks cannot be negative, a share is at most 1, a score at most 100.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = f"{rule.code} {rule.name}"

    @api.constrains("area_id", "curriculum_id")
    def _check_area(self):
        for rule in self:
            if rule.area_id and rule.area_id.curriculum_id != rule.curriculum_id:
                raise ValidationError(
                    self.env._("The area of %s is in another framework.", rule.name)
                )
