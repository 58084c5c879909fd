from odoo.http import request, route

from ..pages.notice import notice_page, public_notice
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

    @route(
        ["/graduation/notice", "/graduation/notice/<int:window_id>"],
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def graduation_notice_for_all(self, window_id=None, **_query):
        """The notice without signing in: people who plan to leave may read it first (1, 4)."""
        values = {"day_text": self._day_text, "ntue_student": None}
        if not request.env.user._is_public():  # who is signed in keeps the menu and the way home
            values = self._graduation_values()
        values.update(
            public_notice(request.env, window_id),
            page_name="ntue_public_notice",
            no_breadcrumbs=True,
        )
        return request.render("ntue_graduation.portal_notice", values)
