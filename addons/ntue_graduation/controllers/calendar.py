from odoo.http import content_disposition, request, route

from ..pages.notice import public_windows
from ..papers.calendar import MIMETYPE, application_calendar, deadlines, window_calendar
from .portal import GraduationPortal


class CalendarPortal(GraduationPortal):
    """Days for people's own calendars."""

    def _calendar(self, content, name):
        headers = [
            ("Content-Type", f"{MIMETYPE}; charset=utf-8"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{name}.ics")),
        ]
        return request.make_response(content, headers)

    @route(
        "/my/graduation/<int:application_id>/calendar.ics",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def graduation_calendar(self, application_id, **_query):
        """What the student still has to do by a day; the list, where there is nothing."""
        application = self._own_application(application_id)
        if not application or application.state == "draft":
            return self._not_theirs(application_id)
        if not deadlines(application):
            return request.redirect("/my/graduation")
        return self._calendar(application_calendar(application), application._number())

    @route(
        "/graduation/notice/<int:window_id>/calendar.ics",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def window_calendar(self, window_id, **_query):
        """The schedule of a window that is announced."""
        window = public_windows(request.env).filtered(lambda row: row.id == window_id)
        if not window:
            return request.redirect("/graduation/notice")
        return self._calendar(window_calendar(window), f"graduation-{window.term_id.code}")
