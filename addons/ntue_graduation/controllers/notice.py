from odoo.http import request, route

from ..pages.notice import notice_page
from .portal import GraduationPortal


class GraduationNotice(GraduationPortal):
    @route("/my/graduation/notice", type="http", auth="user", website=True, readonly=True)
    def graduation_notice(self, **_query):
        """The notice of the window that concerns the signed-in student (4–30)."""
        values = self._graduation_values("ntue_graduation_notice")
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(notice_page(student))
        return request.render("ntue_graduation.portal_notice", values)
