"""Odoo's page for a new password asks for the captcha, too, and shows students their own page."""

from odoo.addons.ntue_curriculum.controllers.platform import AccountHome
from odoo.http import request, route

from . import asking_captcha

PURPOSE = "reset"


class CampusReset(AccountHome):
    @route()
    def web_auth_reset_password(self, *args, **kw):
        has_token = kw.get("token") or request.session.get("auth_signup_token")
        asks = request.httprequest.method == "POST" and not has_token
        if asks and not asking_captcha.accepts(PURPOSE, kw):
            return self._ask_again()
        response = super().web_auth_reset_password(*args, **kw)
        if response.is_qweb and not response.qcontext.get("message"):
            response.qcontext.update(asking_captcha.values(PURPOSE))
        return response

    def _ask_again(self):
        """The form once more, with a new captcha."""
        qcontext = {**self.get_auth_signup_qcontext(), "error": asking_captcha.wrong()}
        qcontext |= asking_captcha.values(PURPOSE)
        return request.render("auth_signup.reset_password", qcontext)
