from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import GraduationPortal

MOST_SHOWN = 20_000
"""Characters of a refused message that are shown again: far more than may be sent."""


class AnswerPortal(GraduationPortal):
    @route(
        "/my/graduation/<int:application_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def graduation_answer(self, application_id, **post):
        """What the student writes to the office whose turn it is."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        text = post.get("answer") or ""
        if isinstance(text, str):
            text = text.replace("\r\n", "\n")  # a browser counts the end of a line once
        try:
            reached = application._answer(text)
        except UserError as error:
            written = text[:MOST_SHOWN] if isinstance(text, str) else ""
            return self._render_form(application, problems=[str(error)], written=written)
        told = "written" if reached else "unheard"
        return request.redirect(f"/my/graduation/{application.id}?told={told}#answers")
