from odoo.addons.ntue_curriculum.controllers.portal import CurriculumPortal
from odoo.http import request, route
from werkzeug.exceptions import NotFound


class ApplicationsPortal(CurriculumPortal):
    """應用系統: opened from the list, so that the list can show what was opened last."""

    @route("/my/applications/<int:app_id>", type="http", auth="user", website=True)
    def application(self, app_id, **_query):
        """Lead to the address that the entry has; none is taken from the request."""
        app = request.env["ntue.portal.app"].search([("id", "=", app_id)])
        if not app:
            raise NotFound()
        request.env["ntue.portal.recent"]._note(app)
        return request.redirect(app._leads_to(), local=not app.address)

    @route("/my/applications/forget", type="http", auth="user", website=True, methods=["POST"])
    def forget(self, **_post):
        """Delete the record of one's own use."""
        recent = request.env["ntue.portal.recent"]
        recent._of(self._prepare_portal_layout_values()["ntue_student"]).unlink()
        return request.redirect("/my")
