from odoo import api, fields, models

from ... import labels
from ...grading import POINTS
from ..guarded.code_field import Code
from ..guarded.confidential import HIDDEN


class Enrollment(models.Model):
    """One attempt of a student at a course (修課紀錄), with its own name and credits (I4)."""

    _name = "ntue.enrollment"
    _description = "Enrolment"
    _inherit = [
        "ntue.readable.references",
        "ntue.audit.source",
        "ntue.confidential",
        "ntue.registered",
        "ntue.correction",
        "ntue.imported",
    ]
    _order = "student_id, term_number, offering_no, id"
    _rec_names_search = ["name", "offering_no"]
    _audit_fields = frozenset(
        {
            "student_id",
            "term_id",
            "offering_no",
            "course_id",
            "name",
            "credits",
            "offering_department_id",
            "school",
            "domain",
            "language",
            "level",
            "is_distance",
            "is_mooc",
            "counted_before",
            "is_graded",
            "score",
            "state",
        }
    )
    _registered_fields = _audit_fields | {
        "requirement",
        "grade",
        "grade_locked",
        "withdrawn_on",
        "gone_missing",
    }

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    department_id = fields.Many2one(
        related="student_id.department_id",
        related_sudo=False,
        string="Department of the student",
    )
    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    term_number = fields.Integer(related="term_id.number", store=True, string="Term as a number")
    offering_no = Code(string="Offering number", help="Leading zeros belong to it.")
    course_id = fields.Many2one("ntue.course", required=True, ondelete="restrict", index=True)
    name = fields.Char(required=True, help="The course's name when it was taken.")
    credits = fields.Float(required=True, digits=(5, 1))
    requirement = fields.Selection([("required", "Required"), ("elective", "Elective")])
    offering_department_id = fields.Many2one(
        "ntue.department", string="Offering department", ondelete="restrict"
    )
    school = fields.Char(help="Name of the other school; empty for our own.")
    domain = fields.Char(
        string="General education domain",
        help="通識領域 of the offering, as the school names it; areas may select by it.",
    )
    language = fields.Char(string="Language of instruction")
    level = fields.Char(string="Level of the course", help="Bachelor, master, as the school says.")
    is_distance = fields.Boolean(string="Distance learning")
    is_mooc = fields.Boolean(string="MOOC", help="An open online course (磨課師).")
    counted_before = fields.Char(
        string="Counted for an earlier degree",
        help="The degree for which it was counted already: neither it nor the same course taken "
        "again counts another time.",
    )
    is_graded = fields.Boolean(string="Graded")
    score = fields.Float(digits=(5, 2))
    grade = fields.Selection(
        [(letter, letter) for letter in POINTS],
        string="Grade in letters",
        help="It stands for the points in the middle of its band, and is shown in their place.",
    )
    grade_locked = fields.Boolean(string="Grade is final", help="The grade is final.")
    state = fields.Selection(
        [
            ("in_progress", "In progress"),
            ("passed", "Passed"),
            ("failed", "Failed"),
            ("withdrawn", "Withdrawn"),
            ("transferred", "Transferred credit"),
        ],
        required=True,
        default="in_progress",
    )
    withdrawn_on = fields.Date(string="Withdrawn on")
    gone_missing = fields.Boolean(
        string="Not in the list of its term",
        readonly=True,
        copy=False,
        help="An import of the whole list of the term did not have it, so it was withdrawn. A file "
        "that has it again takes that back.",
    )
    study_class = fields.Char(string="Class")
    note = fields.Char()

    _enrollment_unique = models.UniqueIndex(
        "(student_id, term_id, COALESCE(offering_no, ''), course_id, "
        "(CASE WHEN COALESCE(school, '') != '' OR state = 'transferred' OR gone_missing "
        "THEN name || '/' || COALESCE(school, '') ELSE '' END))",
        "This student has this course in this term already.",
    )
    _credits_positive = models.Constraint("CHECK(credits >= 0)", "Credits cannot be negative.")
    _score_range = models.Constraint(
        "CHECK(score >= 0 AND score <= 100)", "A score lies between 0 and 100."
    )

    @api.depends("offering_no", "term_id.code", "name", "credits")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for enrollment in self:
            enrollment.display_name = enrollment._label() if enrollment in readable else HIDDEN

    def write(self, vals):
        """A state that a person writes is a person's: nothing of what an import withdrew stays."""
        vals = self._with_points(vals)
        if not self.env.su and "grade" not in vals and {"score", "is_graded", "state"} & set(vals):
            vals = {**vals, "grade": False}  # the letter stood for what is changed
        if self.env.su or "state" not in vals:
            return super().write(vals)
        decided = {"gone_missing": False, **vals}
        missing = self.filtered("gone_missing")
        if not missing or vals["state"] == "withdrawn":
            return super().write(decided)
        if others := self - missing:
            super(Enrollment, others).write(decided)
        return super(Enrollment, missing).write({"withdrawn_on": False, **decided})

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_points(vals) for vals in vals_list])

    @api.model
    def _with_points(self, vals):
        """``vals`` with the points that a grade in letters stands for, unless they have some."""
        if vals.get("grade") not in POINTS or "score" in vals:
            return vals
        return {**vals, "score": float(POINTS[vals["grade"]]), "is_graded": True}

    @api.onchange("grade")
    def _onchange_grade(self):
        if self.grade in POINTS:
            self.score, self.is_graded = float(POINTS[self.grade]), True
            self._onchange_score()

    @api.onchange("is_graded", "score")
    def _onchange_score(self):
        """Suggest the state that a score means; what was withdrawn or transferred stays so."""
        if self.state in ("withdrawn", "transferred"):
            return
        if not self.is_graded:
            self.state = "in_progress"
        else:
            passed = self.score >= self.student_id.program_id.pass_mark
            self.state = "passed" if passed else "failed"

    def _label(self):
        """〔開課號〕（開課學年期）課程名稱（學分數） (95, 96)."""
        self.ensure_one()
        return labels.course_label(
            self.offering_no or "", self.term_id.code or "", self.name or "", self.credits
        )

    def _correction_thread(self):
        return self.student_id

    def _registered_label(self):
        return self._label()

    def _registered_reason(self):
        if self.gone_missing and self.state == "withdrawn":
            return self.env._("Not in the whole list of its term that was imported.")
        return super()._registered_reason()

    def _registers_new(self):
        return not self.env.su  # an import has its files

    def _audited_students(self):
        return self.student_id
