from odoo.addons.ntue_curriculum.controllers.portal import CurriculumPortal
from odoo.http import request, route


class SignInsPortal(CurriculumPortal):
    """我的登入紀錄: when, from where and how somebody signed in to one's own account."""

    @route(["/my/sign-ins"], type="http", auth="user", website=True, readonly=True, sitemap=False)
    def sign_ins(self, **_query):
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_sign_ins"
        events = request.env["ntue.sign.in.event"]._of_current_user()
        values.update(events=events, here=request.httprequest.remote_addr)
        return request.render("ntue_campus_login.portal_sign_ins", values)
