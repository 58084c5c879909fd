from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import GraduationPortal


def _most_bytes(_controller):
    """A file that is somewhat too large is still taken in, so that the page can say so."""
    return request.env["ntue.passport.copy"]._most_request_bytes()


class SupplementPortal(GraduationPortal):
    @route(
        "/my/graduation/<int:application_id>/supplement",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        ntue_files=("supplement",),
        max_content_length=_most_bytes,
    )
    def graduation_supplement(self, application_id, **_post):
        """The file that the department asked for (190)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        file = request.httprequest.files.get("supplement")
        # One byte more than may be says that it is too large; no more is ever read.
        most = request.env["ntue.passport.copy"]._max_bytes()
        content = file.read(most + 1) if file else b""
        try:
            reached = application._hand_in(content)
        except UserError as error:
            return self._render_form(application, problems=[str(error)])
        told = "handed_in" if reached else "kept"
        return request.redirect(f"/my/graduation/{application.id}?told={told}")
