"""What a student record shows of its audit; the values are those of ``pages.progress``."""

from odoo import api, fields, models

from ...pages.progress import progress
from ...press.faces import unprintable
from ...printing import BOTH
from ...wording.typefaces import unprintable_problem

ENGLISH = "en_US"


class StudentPages(models.AbstractModel):
    """The part of a student that shows the audit; see ``student``."""

    _name = "ntue.student.pages"
    _description = "Audit on a student's form"

    audit_panel = fields.Html(compute="_compute_audit_panel", sanitize=False, string="Audit")
    typeface_problem = fields.Text(
        compute="_compute_typeface_problem",
        string="Names that cannot be printed",
        help="Says which character no paper can show, and what to do.",
    )

    def _compute_audit_panel(self):
        """The audit as the student sees it, for the student's form in the backend."""
        for student in self:
            if not student.curriculum_id:
                student.audit_panel = False
                continue
            student.audit_panel = self.env["ir.qweb"]._render(
                "ntue_curriculum.progress_body", progress(student)
            )

    @api.depends_context("lang")
    @api.depends("name", "english_name", "alias_name")
    def _compute_typeface_problem(self):
        """The sentence that the printing of any paper of the student ends in; empty mostly."""
        for student in self:
            names = filter(None, (student.name, student.english_name, student.alias_name))
            problems = ((name, unprintable(name)) for name in names)
            student.typeface_problem = "\n".join(
                unprintable_problem(self.env, name, marks) for name, marks in problems if marks
            )


class ProgressSheet(models.AbstractModel):
    _name = "report.ntue_curriculum.report_progress_sheet"
    _description = "Progress sheet"

    @api.model
    def _get_report_values(self, docids, data=None):  # noqa: ARG002  # Odoo's signature
        students = self.env["ntue.student"].browse(docids)
        languages = [students._paper_language()]
        if self.env.context.get(BOTH):
            languages = list(dict.fromkeys([*languages, ENGLISH]))
        pages = {
            (row.id, language): progress(row.with_context(lang=language))
            for row in students
            for language in languages
        }
        return {
            "doc_ids": docids,
            "doc_model": students._name,
            "docs": students,
            "languages": languages,
            "pages": pages,
        }
