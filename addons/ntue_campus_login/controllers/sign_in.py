from odoo.addons.ntue_curriculum.controllers.platform import AccountHome
from odoo.http import request, route

from .. import known_browser
from ..models.door.captcha import FAILED


class SignInHome(AccountHome):
    """The sign-in page of the campus; who comes in and how, the models say."""

    @route()
    def web_login(self, *args, **kw):
        response = super().web_login(*args, **kw)
        if response.is_qweb:
            response.qcontext.update(self._sign_in_values())
        elif request.params.get("login_success"):
            request.session.pop(FAILED, None)
            user = request.env["res.users"].browse(
                request.session.uid or request.session.get("pre_uid")
            )
            known_browser.remember(request.env, user, response)
        return response

    def _sign_in_values(self):
        """What the page needs besides Odoo's own values."""
        captcha = request.env["ntue.captcha"]
        if request.httprequest.method == "POST":
            request.session[FAILED] = True
        typed = str(request.params.get("login") or "")
        needed = captcha._needed("sign_in", typed)
        return {
            "captcha": None,
            **(captcha._values("sign_in") if needed else {}),
        }
