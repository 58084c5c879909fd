"""The pages on which a new password is chosen (63, 64, 80–85)."""

import time
from hashlib import sha256

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.ntue_curriculum.controllers.portal import CurriculumPortal
from odoo.exceptions import UserError
from odoo.http import request, route

PROVEN = "ntue_password_proven"
"""In the session: whose password was typed for the first step, and when."""

CHANGED = "ntue_password_changed"
"""In the session: the page for signing in says once that the password was changed."""

TOO_LATE = "ntue_first_password_over"
"""In the session: the page for signing in says once that the first password is over."""

INVITED = "ntue_invitation"
"""In the session: the token of the mailed link, which stays in no address."""

LONGEST = 1000
"""Characters of a link's token; what is longer is none, and fills no session."""

MINUTES = 10
"""How long the second step may take; as long as Odoo's own question for the password."""


def chosen(account, password, again):
    """Set the password of ``account`` and sign this browser out; the problem, or None."""
    if password != again:
        return request.env._("The two passwords are not the same. Type them once more.")
    try:
        account._ntue_set_new_password(password)
    except UserError as error:
        return str(error)
    with request.env["ir.http"]._ntue_carrying_unsent():
        request.session.logout(keep_db=True)
    request.session[CHANGED] = True
    request.session["auth_login"] = account.login  # Odoo fills it in on the page for signing in
    return None


class PasswordPortal(CurriculumPortal):
    """變更個人密碼: the password in use first, then the new one; or at once the first time."""

    @route(["/my/password"], type="http", auth="user", website=True, methods=["GET", "POST"])
    def password(self, step="", current="", password="", password_again="", **_post):
        account = request.env.user  # with all rights, as Odoo gives it
        must = account.ntue_must_change
        if account._ntue_is_too_late():
            with request.env["ir.http"]._ntue_carrying_unsent():
                request.session.logout(keep_db=True)
            request.session[TOO_LATE] = True
            return request.redirect("/web/login")
        if not must and not account._ntue_is_student():
            return request.redirect("/my/security")
        is_second = must or (step == "new" and self._is_proven())
        problem = None
        if request.httprequest.method == "POST":
            if is_second:
                problem = chosen(account, password, password_again)
                if problem is None:
                    return request.redirect("/web/login")
            elif step == "new":
                problem = request.env._("That took too long. Type your password once more.")
            else:
                problem = account._ntue_why_not_password(current)
                if problem is None:
                    request.session[PROVEN] = [account.id, int(time.time())]
                    return request.redirect("/my/password?step=new")
        return self._render_step(account, must, is_second, problem)

    def _is_proven(self):
        whose, when = request.session.get(PROVEN) or (0, 0)
        return whose == request.env.uid and when > time.time() - MINUTES * 60

    def _render_step(self, account, must, is_second, problem):
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="ntue_password",
            account=account,
            problem=problem,
            changed_at=account._ntue_moment(account.ntue_password_at),
        )
        if not is_second:
            return request.render("ntue_campus_login.password_current", values)
        values.update(account._ntue_password_form(), cancel=None if must else "/my")
        page = "password_first" if must else "password_new"
        return request.render(f"ntue_campus_login.{page}", values)

    @route()
    def security(self, **post):
        """Odoo's page; a student's password is changed on our own, in two steps."""
        if request.httprequest.method == "POST" and request.env.user._ntue_is_student():
            return request.redirect("/my/password")
        return super().security(**post)


class PasswordHome(AuthSignupHome):
    """What the page for signing in says after a change of the password, or too late for one."""

    @route()
    def web_login(self, *args, **kw):
        response = super().web_login(*args, **kw)
        for said in (CHANGED, TOO_LATE) if response.is_qweb else ():
            if request.session.pop(said, None):
                response.qcontext[said] = True
        return response

    @route(
        ["/web/invitation"],
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["GET", "POST"],
    )
    def invitation(self, token=None, password="", password_again="", invited="", **_post):
        """Where a mailed invitation leads: choose the first password, then sign in.

        Opening the link does nothing: programs that look through mails open it, too. Its token
        goes into the session at once, so that no page and no history shows it. What is sent
        is for the account that its page named: another link may have been opened since.
        """
        if token is not None and request.httprequest.method == "GET":
            request.session[INVITED] = token[:LONGEST]
            return request.redirect("/web/invitation")
        users = request.env["res.users"]
        account = users._ntue_of_link("invitation", request.session.get(INVITED))
        problem = None
        if account and request.httprequest.method == "POST":
            problem = (
                chosen(account, password, password_again)
                if invited == _mark_of(request.session[INVITED])
                else request.env._(
                    "Another invitation was opened in this browser meanwhile, for the account that "
                    "you see here. If it is not yours, open the link of your own mail once more."
                )
            )
            if problem is None:
                return request.redirect("/web/login")
        values = {"account": account, "problem": problem, "cancel": None}
        if account:
            mark = _mark_of(request.session[INVITED])
            values.update(account._ntue_password_form(), invited=mark)
        return request.render("ntue_campus_login.password_invited", values)


def _mark_of(token):
    """By this a form says which link it belongs to; nobody can follow it."""
    return sha256(token.encode()).hexdigest()[:16]
