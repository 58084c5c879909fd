from typing import Any

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import english_name as english
from ...groups import STAFF
from ..guarded.code_field import Code
from ..guarded.confidential import HIDDEN

REFERENCE_ONLY_YEAR = 98
"""Up to this entry year the classification is for reference only (20, 21, 97, D33)."""


class Student(models.Model):
    """A student, bound to the framework of the entry year and class (I3)."""

    _name = "ntue.student"
    _description = "Student"
    # In this order: the first part sees a `create` or `write` first.
    _inherit = [
        "ntue.student.privacy",
        "ntue.student.privacy.page",
        "ntue.student.erasing",
        "ntue.student.account",
        "ntue.student.mail",
        "ntue.student.writing",
        "ntue.student.history",
        "ntue.student.profile",
        "ntue.student.passport",
        "ntue.student.audit",
        "ntue.student.audit.store",
        "ntue.student.export",
        "ntue.student.pages",
        "ntue.readable.references",
        "ntue.audit.source",
        "ntue.follows.revision",
        "ntue.confidential",
        "ntue.registered",
        "ntue.correction",
        "ntue.imported",
    ]
    _order = "student_no"
    _rec_names_search = ["student_no", "name", "english_name"]
    _audit_fields = frozenset(
        {
            "curriculum_id",
            "entry_year",
            "rules_year",
            "active",
            "extension_years",
            "student_kind",
        }
    )
    # Not addresses and phone numbers: what is in the register stays for good.
    _registered_fields = frozenset(
        {
            *_audit_fields,
            "student_no",
            "name",
            "english_name",
            "alias_name",
            "english_name_accepted",
            "is_teacher_ed",
            "keep_reason",
            "class_rank",
            "class_size",
            "final_average",
        }
    )

    student_no = Code(string="Student number", required=True, copy=False)
    name = fields.Char(string="Full name", required=True)
    english_name = fields.Char(string="English name", help="As in the passport: WANG, TA-MING.")
    english_name_accepted = fields.Boolean(
        string="English name accepted as it is",
        help="For a name of another form, of one part for instance, or for none at all.",
    )
    alias_name = fields.Char(
        string="Alias on the diploma",
        help="As in the passport, of which a copy has to be there.",
    )
    email = fields.Char(string="E-mail", help="The digital diploma is sent here.")
    mobile = fields.Char()
    phone = fields.Char(string="Contact phone")
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one("res.partner", copy=False, ondelete="restrict", index=True)
    curriculum_id = fields.Many2one(
        "ntue.curriculum", required=True, ondelete="restrict", index=True
    )
    program_id = fields.Many2one(related="curriculum_id.program_id", store=True)
    department_id = fields.Many2one(related="program_id.department_id", store=True, index=True)
    division = fields.Selection(related="program_id.division", store=True)
    entry_year = fields.Integer(string="Entry year", required=True, help="ROC year of entry.")
    rules_year = fields.Integer(
        string="Entry year whose rules hold",
        aggregator=None,
        help="適用學年度: of who came by transfer or back from leave, the year of the class that "
        "was joined; 0: the year of entry.",
    )
    class_rank = fields.Integer(
        string="Rank in class", aggregator=None, help="As the student system has it; 0 unknown."
    )
    final_average = fields.Float(
        string="Final average",
        digits=(7, 4),
        aggregator=None,
        help="As the student system has it, in points or as GPA; 0: worked out from the scores.",
    )
    class_size = fields.Integer(string="Students in class", aggregator=None)
    is_teacher_ed = fields.Boolean(string="In teacher education")
    student_kind = fields.Char(
        string="Kind of student",
        help="身分別, in the words of the frameworks that ask some kinds of students for more.",
    )
    extension_years = fields.Integer(
        string="Extension granted (years)",
        help="Years of study granted to this student beyond the program's limit.",
    )
    term_ids = fields.One2many("ntue.student.term", "student_id", string="Terms")
    enrollment_ids = fields.One2many("ntue.enrollment", "student_id", string="Enrolments")
    recognition_ids = fields.One2many("ntue.recognition", "student_id", string="Decisions")
    evidence_ids = fields.One2many(
        "ntue.milestone.evidence", "student_id", string="Evidence for milestones"
    )
    programme_ids = fields.One2many(
        "ntue.student.programme", "student_id", string="Further programs"
    )
    change_ids = fields.One2many(
        "ntue.student.change", "student_id", string="Changes of the profile", readonly=True
    )
    passport_copy_ids = fields.One2many(
        "ntue.passport.copy", "student_id", string="Passport copies", readonly=True
    )
    passport_opening_ids = fields.One2many(
        "ntue.passport.opening", "student_id", readonly=True, string="Openings of passport copies"
    )
    correspondence_ids = fields.One2many(
        "ntue.student.correspondence", "student_id", string="Messages", groups=STAFF
    )
    register_ids = fields.One2many(
        "ntue.register.entry", "student_id", groups=STAFF, string="Register of changes"
    )
    audit_ids = fields.One2many("ntue.audit", "student_id", string="Stored audits", groups=STAFF)
    void_decision_count = fields.Integer(
        compute="_compute_void_decision_count", string="Decisions without ground"
    )
    enrolled_term_count = fields.Integer(compute="_compute_terms", string="Enrolled terms")
    is_extended = fields.Boolean(compute="_compute_terms", string="Extended study")
    reference_only = fields.Boolean(string="For reference only", compute="_compute_reference_only")

    _student_no_unique = models.Constraint(
        "UNIQUE(student_no)", "A student with this number exists already."
    )
    _rules_year_counts = models.Constraint(
        "CHECK(rules_year >= 0 AND rules_year <= 200)",
        "Write the year whose rules hold as a ROC year, as in 109.",
    )
    _extension_counts = models.Constraint(
        "CHECK(extension_years >= 0 AND extension_years <= 20)",
        "An extension is given in whole years, 0 to 20.",
    )
    _rank_within_class = models.Constraint(
        "CHECK(class_rank >= 0 AND class_size >= 0"
        " AND (class_size = 0 OR class_rank <= class_size))",
        "A rank lies between 1 and the number of students in the class.",
    )
    _partner_unique = models.UniqueIndex(
        "(partner_id) WHERE partner_id IS NOT NULL", "This contact is another student already."
    )

    @api.depends("term_ids.status", "program_id.normal_terms")
    def _compute_terms(self):
        counts = self._enrolled_terms()
        for student in self:
            student.enrolled_term_count = counts.get(student, 0)
            student.is_extended = student.enrolled_term_count > student.program_id.normal_terms

    @api.depends("entry_year")
    def _compute_reference_only(self):
        last = self._reference_only_until()
        for student in self:
            student.reference_only = student.entry_year <= last

    @api.model
    def _reference_only_until(self):
        """The last entry year whose classification is for reference only (D33)."""
        return self.env["ir.config_parameter"]._ntue_number(
            "ntue_curriculum.reference_only_year", REFERENCE_ONLY_YEAR
        )

    @api.depends("recognition_ids.is_void")
    def _compute_void_decision_count(self):
        for student in self:
            student.void_decision_count = len(student.recognition_ids.filtered("is_void"))

    @api.depends("student_no", "name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for student in self:
            name = f"{student.student_no} {student.name}"
            student.display_name = name if student in readable else HIDDEN

    @api.constrains("english_name", "alias_name", "english_name_accepted")
    def _check_english_name(self):
        """As a passport writes it (D8); of another form when the registrar accepts it."""
        for student in self:
            good = english.is_printable if student.english_name_accepted else english.is_valid
            wrong = [
                name
                for name, is_good in (
                    (student.english_name, good),
                    (student.alias_name, english.is_valid),
                )
                if name and not is_good(name)
            ]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is not written as in a passport. Write the surname, a comma, "
                        "a blank and the given names, at most %(length)s characters: "
                        "WANG, TA-MING.",
                        name=wrong[0],
                        length=english.MAX_LENGTH,
                    )
                )

    @api.constrains("curriculum_id")
    def _check_curriculum_is_published(self):
        for student in self:
            if student.curriculum_id.state != "published":
                raise ValidationError(
                    self.env._("A student is bound to a published framework only.")
                )
            if student.curriculum_id.kind != "main":
                raise ValidationError(
                    self.env._(
                        "Framework %s is not for a main program. Further programs are entered "
                        "under “Further programs”.",
                        student.curriculum_id.code,
                    )
                )

    def action_what_if(self) -> dict[str, Any]:
        """Look at the audit under another framework; nothing is written."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What if"),
            "res_model": "ntue.student.what.if",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_student_id": self.id,
                "default_curriculum_id": self.curriculum_id.id,
            },
        }

    def action_decide(self) -> dict[str, Any]:
        """A new decision about this student, beside the audit that it changes."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New decision"),
            "res_model": "ntue.recognition",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_student_id": self.id},
        }

    def _enrolled_terms(self):
        """Terms enrolled, leave excluded, of each student who has any; read at once (D15)."""
        return dict(
            self.env["ntue.student.term"]._read_group(
                [("student_id", "in", self.ids), ("status", "=", "enrolled")],
                ["student_id"],
                ["__count"],
            )
        )

    def _enrolled_terms_until(self, term):
        """Terms enrolled, leave excluded, up to and including ``term`` (D15)."""
        self.ensure_one()
        return sum(
            1
            for row in self.term_ids
            if row.status == "enrolled" and row.term_id.number <= term.number
        )

    def _study_limit(self):
        """Years of study at most: the program's and those granted besides; 0 is no limit (D32)."""
        self.ensure_one()
        limit = self.program_id.max_years
        return limit and limit + self.extension_years

    def _study_limit_passed(self, term=None):
        """Whether the years enrolled exceed the limit (188, D32, D37)."""
        self.ensure_one()
        limit = self._study_limit()
        return bool(limit) and self._year_of_study(term) > limit

    def _year_of_study(self, term=None):
        """Enrolled terms over two, rounded up; of a summer program, summers (D37).

        Counted up to and including ``term``, or all of them.
        """
        self.ensure_one()
        count = self._enrolled_terms_until(term) if term else self.enrolled_term_count
        return self.program_id._year_of_study(count)

    def _correction_thread(self):
        return self

    def _registered_student(self):
        return self

    def _registered_label(self):
        return self.student_no

    def _registers_new(self):
        return not self.env.su  # an import has its files

    @api.model
    def _of_current_user(self):
        """The student record of the user who is signed in, or an empty one."""
        # Found and read at once: every page shows the name.
        return self.search_fetch([("partner_id", "=", self.env.user.partner_id.id)], limit=1)

    @api.model
    def _paper_language(self):
        """Papers of the school are in Chinese where it is installed, no matter who prints them."""
        return self.env["res.lang"]._get_data(code="zh_TW").code or self.env.lang

    def _is_advised(self):
        """Whether ticks can be advised now; a hook of the addon that keeps applications."""
        self.ensure_one()
        return True

    def _pressing(self):
        """Those of ``self`` for whom a change matters now; a hook of the addon that keeps
        applications."""
        return self.browse()

    def _audited_students(self):
        return self
