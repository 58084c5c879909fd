"""Odoo's own pages for accounts, as docs/platform.md decides them for students."""

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.http import request, route
from werkzeug.exceptions import Forbidden, NotFound

from .portal import CurriculumPortal

PROFILE = "/my/profile"
"""The one door to a student's name and e-mail."""

SENTENCES = ("message", "error")
"""Odoo's pages for signing in show what an address says under these names as if it was theirs."""

NO_EMPLOYEE = "access"
"""The one word under ``error`` by which Odoo's own pages lead to the sign-in page."""


def forget_sentences():
    """Nobody makes the school's pages say something by a link."""
    for name in SENTENCES:
        if request.params.get(name) != NO_EMPLOYEE:
            request.params.pop(name, None)


class PlatformPortal(CurriculumPortal):
    """Account and address pages: closed to students, who have their profile instead."""

    @route()
    def account(self, **kwargs):
        return self._closed() or super().account(**kwargs)

    @route()
    def my_addresses(self, **query_params):
        return self._closed() or super().my_addresses(**query_params)

    @route()
    def portal_address(self, *args, **kwargs):
        return self._closed() or super().portal_address(*args, **kwargs)

    @route()
    def portal_address_submit(self, *args, **kwargs):
        self._refuse_students()
        return super().portal_address_submit(*args, **kwargs)

    @route()
    def address_archive(self, partner_id):
        self._refuse_students()
        return super().address_archive(partner_id)

    @route()
    def deactivate_account(self, *args, **kwargs):
        return self._closed("/my/security") or super().deactivate_account(*args, **kwargs)

    def _closed(self, instead=PROFILE):
        """The way out for a student, or None for anybody else."""
        return request.redirect(instead) if request.env.user._ntue_is_student() else None

    def _refuse_students(self):
        if request.env.user._ntue_is_student():
            raise Forbidden()


class AccountHome(AuthSignupHome):
    """Sign-in pages that say the same whether or not there is an account."""

    @route(website=True, multilang=False)  # in the language that the visitor chose, at one address
    def web_login(self, *args, **kw):
        forget_sentences()
        return super().web_login(*args, **{k: v for k, v in kw.items() if k in request.params})

    def get_auth_signup_qcontext(self):
        """Without the e-mail that Odoo would answer with its login.

        An invitation is for whom it names: with another login typed, the page would tell whether
        somebody has that one.
        """
        forget_sentences()
        qcontext = super().get_auth_signup_qcontext()
        qcontext.pop("signup_email", None)
        if qcontext.get("token") and not qcontext.get("invalid_token"):
            invited = request.env["res.partner"]._ntue_invited_login(qcontext["token"])
            qcontext["login"] = invited or qcontext.get("login")
        return qcontext

    @route()
    def login_successful_external_user(self, **kwargs):
        """A page that only says that one is signed in leads nowhere."""
        if request.env.user._ntue_is_student():
            return request.redirect("/my")
        return super().login_successful_external_user(**kwargs)

    @route()
    def web_auth_reset_password(self, *args, **kw):
        qcontext = self.get_auth_signup_qcontext()
        if request.httprequest.method != "POST" or qcontext.get("token"):
            return super().web_auth_reset_password(*args, **kw)
        if not qcontext.get("reset_password_enabled"):
            raise NotFound()
        request.env["ntue.password.request"]._ask(qcontext.get("login"))
        qcontext["message"] = request.env._(
            "If there is an account of this name or e-mail, a link for a new password is on its "
            "way to its e-mail. If none comes, ask the registrar's office."
        )
        response = request.render("auth_signup.reset_password", qcontext)
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
        return response
