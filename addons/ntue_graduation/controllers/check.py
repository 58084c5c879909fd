from odoo.http import request, route

from ..pages.check import check_page, submit_checked
from .portal import GraduationPortal


class GraduationCheck(GraduationPortal):
    """Check your answers, then submit: two addresses, so that neither click does the other."""

    @route(
        "/my/graduation/<int:application_id>/check",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def graduation_check(self, application_id, **_query):
        """What is about to be submitted, as it is saved (49, 154–158)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        if application.state != "draft":
            return self._to_list(application, submitted="already")
        if not application.saved_at:
            return request.redirect(f"/my/graduation/{application.id}")
        return self._render_check(application)

    def _render_check(self, application, refusals=()):
        values = self._graduation_values()
        values.update(application=application, refusals=refusals, **check_page(application))
        status = 422 if refusals else 200
        return request.render("ntue_graduation.portal_check", values, status=status)

    @route(
        "/my/graduation/<int:application_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        ntue_form_on="/my/graduation/{application_id}/check",
    )
    def graduation_submit(self, application_id, **post):
        """確認送出: what the page showed, once (159, D10)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        if application.state != "draft":  # a second click, another tab, a request sent again
            return self._to_list(application, submitted="already")
        application._wait_turn()
        acknowledged = post.get("shortfall_acknowledged") == "1"
        problems = submit_checked(application, post.get("version"), acknowledged)
        if problems:
            return self._render_check(application, problems)
        return self._to_list(application, submitted="1")
