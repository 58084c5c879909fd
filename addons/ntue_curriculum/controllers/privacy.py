from odoo.http import request, route

from .portal import CurriculumPortal


class PrivacyPortal(CurriculumPortal):
    """我的個人資料: what is kept about a student, for how long, and who sees it."""

    @route(["/my/profile/privacy"], type="http", auth="user", website=True, readonly=True)
    def privacy(self, **_query):
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_privacy"
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(student._privacy_page())
        return request.render("ntue_curriculum.portal_privacy", values)
