from odoo.http import request, route

from .portal import GraduationPortal

REPORT = "ntue_graduation.report_guide"


class GuidePortal(GraduationPortal):
    """操作流程: the steps from the progress page to both reviews (28)."""

    @route("/my/graduation/guide", type="http", auth="user", website=True, readonly=True)
    def graduation_guide(self, **_query):
        """The guide as a page."""
        values = self._graduation_values("ntue_guide")
        values["steps"] = request.env[f"report.{REPORT}"]._steps()
        return request.render("ntue_graduation.portal_guide", values)

    @route("/my/graduation/guide/pdf", type="http", auth="user", website=True, readonly=True)
    def graduation_guide_pdf(self, **_query):
        """The same to print."""
        report = request.env["report." + REPORT]
        return self._pdf(REPORT, request.env["ntue.graduation.window"], report._title())
