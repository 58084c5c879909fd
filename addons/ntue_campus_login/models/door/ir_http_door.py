"""Where Odoo asks for a captcha, and where a program shows its key."""

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request
from werkzeug.exceptions import TooManyRequests, Unauthorized


class HttpSignIn(models.AbstractModel):
    _name = "ntue.campus.http.sign.in"
    _description = "Requests: sign in"

    def _verify_request_recaptcha_token(self, action):
        """Odoo's own hook; ours is asked for at the sign-in page."""
        result = super()._verify_request_recaptcha_token(action)
        if action == "login":
            self._ntue_check_captcha()
        return result

    def _ntue_check_captcha(self):
        """AccessDenied with a sentence where the captcha is needed and not answered."""
        env, form = self.env, request.params
        captcha = env["ntue.captcha"]
        typed = str(form.get("login") or "")
        if not captcha._needed("sign_in", typed):
            return
        if captcha._accept("sign_in", form):
            request.ntue_captcha_accepted = True
            return
        account = env["res.users"]._ntue_account(typed)
        env["ntue.sign.in.event"]._record("sign_in", typed, account, "captcha")
        said = (
            env._("The verification code is not right. Type the digits of the new picture.")
            if "captcha" in form
            else env._("Please type the verification code as well.")
        )
        raise AccessDenied(said)

    @classmethod
    def _auth_method_bearer(cls):
        """Keys of programs cannot be guessed; anyone who tries all the same is made to stop.

        A key that is right is taken whatever others tried from behind the same address.
        """
        try:
            return super()._auth_method_bearer()
        except Unauthorized:
            if request.httprequest.headers.get("Authorization"):
                cls._ntue_count_wrong_key()
            raise

    @classmethod
    def _ntue_count_wrong_key(cls):
        limits = request.env["ntue.sign.in.limit"]
        address = request.httprequest.remote_addr
        if limits._crowded("key", address):
            raise TooManyRequests()
        limits._failed("key", None, address)
