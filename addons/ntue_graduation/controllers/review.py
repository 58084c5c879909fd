from odoo.http import request, route

from .portal import GraduationPortal


class ReviewPortal(GraduationPortal):
    """The student's own page, to read for its reviewers; nobody acts as somebody else."""

    @route(
        "/graduation/review/<int:application_id>/student",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def graduation_as_student(self, application_id, **_query):
        """What the student of a submitted application sees; the record rules say for whom."""
        application = request.env["ntue.graduation.application"].search(
            [("id", "=", application_id), ("state", "!=", "draft")]
        )
        if not application:
            return request.redirect("/odoo")
        return self._render_form(application)
