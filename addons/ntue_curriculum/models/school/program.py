from odoo import api, fields, models

from ...languages import shown_name
from ..guarded.code_field import Code

DEFERRAL_YEAR, SUMMERS = 4, 6
"""From when deferral is a matter of paper, as the notice has it (192)."""


DIVISIONS = [("day", "Day division"), ("continuing", "Continuing education")]
"""The divisions of the school (學制), each with a registrar's office of its own."""

KINDS = [("day", "Daytime"), ("evening", "Evening"), ("weekend", "Weekend"), ("summer", "Summer")]
"""When the classes of a program are."""


class Program(models.Model):
    """A program of study with the rules of its division (學程)."""

    _name = "ntue.program"
    _description = "Program"
    _inherit = ["ntue.readable.references", "ntue.decisive", "ntue.audit.source"]
    _order = "code"
    _rec_names_search = ["name", "code", "english_name"]
    _not_deciding = frozenset({"name", "english_name"})
    _audit_fields = frozenset({"department_id", "division", "kind", "max_years"})

    code = Code(required=True)
    name = fields.Char(required=True)
    english_name = fields.Char(string="Name in English")
    shown_name = fields.Char(
        string="Name for the reader",
        compute="_compute_shown_name",
        help="The English name, where there is one, for who reads no Chinese.",
    )
    department_id = fields.Many2one("ntue.department", required=True, ondelete="restrict")
    division = fields.Selection(DIVISIONS, required=True)
    kind = fields.Selection(KINDS, required=True, string="Kind of class")
    degree = fields.Selection(
        [("bachelor", "Bachelor"), ("master", "Master"), ("doctor", "Doctor")], required=True
    )
    pass_mark = fields.Float(string="Pass mark", digits=(5, 2), default=70.0)
    min_enrolled_terms = fields.Integer(
        string="Least number of enrolled terms",
        default=2,
        help="Enrolled terms a student needs before applying for graduation.",
    )
    normal_terms = fields.Integer(
        string="Usual number of terms",
        default=4,
        help="Beyond so many enrolled terms a student is an extended-study student.",
    )
    max_years = fields.Integer(
        string="Most years of study",
        default=4,
        help="Years after which nobody may apply any more; 0 for no limit.",
    )
    deferral_year = fields.Integer(
        string="Deferral on paper from year",
        compute="_compute_deferral_year",
        store=True,
        readonly=False,
        precompute=True,
        help="From this year of study deferral is a matter of paper.",
    )
    shortfall_policy = fields.Selection(
        [("warn", "Warn, and let the student acknowledge"), ("block", "Refuse the application")],
        string="When credits are missing",
        required=True,
        default="warn",
        help="What happens when credits are missing at submission.",
    )

    average_counts = fields.Selection(
        [
            ("graded", "Every course with a score, failed ones too"),
            ("passed", "Passed courses"),
            ("counted", "Courses that count towards graduation"),
        ],
        string="In the average",
        required=True,
        default="graded",
        help="Which courses the graduation average is made of; single courses are left out at "
        "the course.",
    )
    average_decimals = fields.Integer(
        string="Decimals of the average",
        default=2,
        help="The average is weighted by credits and rounded to so many decimals, halves up.",
    )

    _average_decimals_range = models.Constraint(
        "CHECK(average_decimals BETWEEN 0 AND 4)", "An average has no decimal or up to four."
    )
    _code_unique = models.Constraint("UNIQUE(code)", "A program with this code exists already.")
    _pass_mark_range = models.Constraint(
        "CHECK(pass_mark >= 0 AND pass_mark <= 100)", "A pass mark lies between 0 and 100."
    )

    @api.depends("name", "english_name")
    @api.depends_context("lang")
    def _compute_shown_name(self):
        for program in self:
            program.shown_name = shown_name(program)

    @api.depends("kind")
    def _compute_deferral_year(self):
        for program in self:
            program.deferral_year = SUMMERS if program.kind == "summer" else DEFERRAL_YEAR

    def _year_of_study(self, enrolled_terms):
        """Enrolled terms over two, rounded up; of a summer program, summers (D37)."""
        return enrolled_terms if self.kind == "summer" else (enrolled_terms + 1) // 2

    def _audited_students(self):
        return self.env["ntue.student"].search([("program_id", "in", self.ids)])
