from urllib.parse import urlencode

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import content_disposition, request, route

from ..pages.plans import plan_cards
from ..pages.progress import progress
from ..pages.what_if import frameworks_to_try, what_if
from ..printing import BOTH, PapersBusyError
from .papers import busy


class CurriculumPortal(CustomerPortal):
    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        values["ntue_student"] = request.env["ntue.student"]._of_current_user()
        return values

    @route(["/my/progress"], type="http", auth="user", website=True, readonly=True)
    def progress(self, **query):
        """修業進度管制: what the framework asks and what has been taken (86–112)."""
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_progress"
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(progress(student), only_missing=query.get("only") == "missing")
        return request.render("ntue_curriculum.portal_progress", values)

    @route(["/my/progress/what-if"], type="http", auth="user", website=True, readonly=True)
    def what_if(self, framework=None, **query):
        """試算: other ticks, planned subjects, another framework; nothing is saved."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        arguments = request.httprequest.args
        return self._render_what_if(
            student,
            self._framework_to_try(student, framework) if student else None,
            arguments.getlist("tick", type=int),
            arguments.getlist("plan", type=int),
            asked=bool(set(arguments) - {"told"}),
            told=query.get("told"),
        )

    def _framework_to_try(self, student, framework):
        """The framework that a page sends the id of; the student's own for any other."""
        frameworks = frameworks_to_try(student)
        return frameworks.filtered(lambda row: str(row.id) == framework) or frameworks[:1]

    def _render_what_if(self, student, framework, ticks, lines, *, asked=True, status=200, **told):
        """The page of trials; ``told``: what has just happened, or why it was refused."""
        values = self._prepare_portal_layout_values()
        values.update(page_name="ntue_what_if", asked=asked, **told)
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(
            what_if(student, ticks, lines, framework),
            frameworks=frameworks_to_try(student),
            plan_cards=plan_cards(student),
        )
        values["proposal"] = self._proposal(values)
        return request.render("ntue_curriculum.portal_what_if", values, status=status)

    def _proposal(self, values):
        """The address that ticks what is suggested and plans what fills the areas."""
        query = [
            ("framework", values["curriculum"].id),
            *(("tick", key) for key in values["suggested"]),
            *(("plan", key) for key in values["filled"]),
        ]
        return f"/my/progress/what-if?{urlencode(query)}"

    @route(["/my/progress/sheet"], type="http", auth="user", website=True)
    def progress_sheet(self, both=None, **_query):
        """學分檢核表, the progress page on paper; with ``both`` in English after the Chinese."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        if not student:
            return request.redirect("/my/progress")
        report = "ntue_curriculum.report_progress_sheet"
        return self._pdf(report, student, student.student_no, both=both)

    def _pdf(self, report, record, name, *, both=None):
        """The response that shows a paper in the browser's own viewer."""
        printer = request.env["ir.actions.report"].with_context(**{BOTH: bool(both)})
        try:
            content, _kind = printer._render_qweb_pdf(report, record.ids)
        except PapersBusyError:
            return busy()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{name}.pdf", disposition_type="inline")),
        ]
        return request.make_response(content, headers)
