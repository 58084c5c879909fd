"""What a student record shows of its audit; the values are those of ``pages.progress``."""

from odoo import api, fields, models

from ...pages.progress import progress


class StudentPages(models.AbstractModel):
    """The part of a student that shows the audit; see ``student``."""

    _name = "ntue.student.pages"
    _description = "Audit on a student's form"

    audit_panel = fields.Html(compute="_compute_audit_panel", sanitize=False, string="Audit")

    def _compute_audit_panel(self):
        """The audit as the student sees it, for the student's form in the backend."""
        for student in self:
            student.audit_panel = student.curriculum_id and self.env["ir.qweb"]._render(
                "ntue_curriculum.progress_body", progress(student)
            )

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


class ProgressSheet(models.AbstractModel):
    _name = "report.ntue_curriculum.report_progress_sheet"
    _description = "Progress sheet"

    @api.model
    def _get_report_values(self, docids, data=None):  # noqa: ARG002  # Odoo's signature
        students = self.env["ntue.student"].browse(docids)
        papers = students.with_context(lang=students._paper_language())
        pages = {row.id: progress(row) for row in papers}
        return {"doc_ids": docids, "doc_model": students._name, "docs": students, "pages": pages}
