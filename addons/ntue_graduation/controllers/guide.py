from odoo.http import request, route

from ..pages.guide import guide_steps, guide_title, guide_window
from .portal import GraduationPortal

REPORT = "ntue_graduation.report_guide"


class GuidePortal(GraduationPortal):
    """操作流程: the steps from the progress page to both reviews (28)."""

    @route("/my/graduation/guide", type="http", auth="user", website=True, readonly=True)
    def graduation_guide(self, **_query):
        """The guide as a page."""
        values = self._graduation_values("ntue_guide")
        window = guide_window(request.env, values["ntue_student"])
        values["steps"] = guide_steps(request.env, window)
        return request.render("ntue_graduation.portal_guide", values)

    @route("/my/graduation/guide/pdf", type="http", auth="user", website=True, readonly=True)
    def graduation_guide_pdf(self, **_query):
        """The same to print."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        window = guide_window(request.env, student)
        return self._pdf(REPORT, window, guide_title(request.env))
