"""Pages of passwords while students sign in by the campus portal, and doors that are closed."""

from urllib.parse import urlencode

from odoo.addons.auth_oauth.controllers.main import OAuthController, OAuthLogin
from odoo.addons.ntue_curriculum.controllers.portal import CurriculumPortal
from odoo.http import request, route
from werkzeug.exceptions import NotFound

from ..models.sso.sso_provider import START
from ..oidc.provider import inside


class CampusLogin(OAuthLogin):
    def list_providers(self):
        """The campus portal alone, by our own way of signing in."""
        provider = request.env["auth.oauth.provider"]._ntue_campus()
        if not provider:
            return []
        target = inside(request.params.get("redirect") or "")
        return [
            {
                "id": provider.id,
                "name": provider.name,
                "body": provider.body,
                "css_class": provider.css_class,
                "auth_link": f"{START}?{urlencode({'redirect': target})}",
            }
        ]

    @route()
    def web_login(self, *args, **kw):
        """The portal's button in place of the form, which employees reach by a link."""
        response = super().web_login(*args, **kw)
        shown = response.qcontext if response.is_qweb else {}
        asked = {"staff", "login", "error"} & {name for name, value in kw.items() if value}
        if shown.get("providers") and request.httprequest.method == "GET" and not asked:
            target = inside(kw.get("redirect") or "", otherwise="")
            query = {"staff": "1", "redirect": target, "expired": kw.get("expired")}
            shown["staff_link"] = f"/web/login?{urlencode({k: v for k, v in query.items() if v})}"
            response.template = "ntue_campus_login.sso_login"
        return response


class ImplicitFlow(OAuthController):
    """Closed for everybody: the implicit flow proves nothing of who somebody is."""

    @route()
    def signin(self, **_kw):
        raise NotFound()

    @route()
    def oea(self, **_kw):
        raise NotFound()


class CampusPassword(CurriculumPortal):
    @route()
    def security(self, **post):
        """A student of the portal has no password, device or key to look after here."""
        if not request.env.user._ntue_signs_in_elsewhere():
            return super().security(**post)
        values = self._prepare_portal_layout_values()
        provider = request.env["auth.oauth.provider"]._ntue_campus()
        values["password_page"] = provider.ntue_password_page
        return request.render("ntue_campus_login.sso_password", values)
