"""Every way in by a password: found by however its name is written, counted, entered.

Odoo asks ``_login`` where a name was typed, and ``_check_credentials`` wherever a password is
looked at: at sign-in, by each call of a program, in "confirm your password" and at a change of it.
"""

from math import ceil

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.fields import Domain
from odoo.http import request

from ... import account_name, asker

COUNTED = "ntue_sign_in_counted"
_COUNTED = object()
"""Said by ``_login`` to ``_check_credentials``; no remote call can send this object."""

PASSWORD = "password"  # noqa: S105  # the kind of a credential


def _is_text(value):
    """Whether ``value`` is a text that a database and a hash can take; no form sends another."""
    if not isinstance(value, str) or not value or "\0" in value:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


class UserSignIn(models.AbstractModel):
    _name = "ntue.campus.user.sign.in"
    _description = "Account: sign in"

    ntue_account_key = fields.Char(
        compute="_compute_ntue_account_key",
        store=True,
        index=True,
        groups=fields.NO_ACCESS,
        string="Name as accounts are compared by it",
    )

    @api.depends("login")
    def _compute_ntue_account_key(self):
        for user in self:
            user.ntue_account_key = account_name.key(user.login or "")

    @api.model
    def _ntue_account(self, typed):
        """The account that ``typed`` names, in whatever spelling; none where it may be two.

        A name that is written exactly is its account's alone. A student's number names the
        student's account, whatever that is called.
        """
        users = self.sudo().with_context(active_test=True)
        name = account_name.key(typed) if _is_text(typed) else ""
        if not name:
            return users.browse()
        found = users.search(Domain("login", "=", typed) | Domain("ntue_account_key", "=", name))
        numbers = [name, name.upper()]
        found |= users.search(
            Domain("share", "=", True)
            & Domain("partner_id.ntue_record_ids.student_no", "in", numbers)
        )
        exact = found.filtered(lambda user: user.login == typed)
        return exact or (found if len(found) == 1 else users.browse())

    def _login(self, credential, user_agent_env):
        if not asker.is_there():
            return super()._login(credential, user_agent_env)
        if credential.get("type") != PASSWORD:
            info = super()._login(credential, user_agent_env)
            self._ntue_note(None, self.browse(info["uid"]), "success")
            return info
        typed, password = credential.get("login"), credential.get("password")
        if not (_is_text(typed) and _is_text(password)):
            raise AccessDenied(self._ntue_not_right())
        account = self._ntue_account(typed)
        is_program = not (user_agent_env or {}).get("interactive", True)
        has_key = is_program and bool(account) and account._ntue_is_own_key(password)
        if not has_key:
            self._ntue_take(account or typed, network=True)
        if account:
            credential["login"] = account.login
        try:
            counted = self.with_context(**{COUNTED: _COUNTED})
            info = super(UserSignIn, counted)._login(credential, user_agent_env)
        except AccessDenied:
            self._ntue_note(typed, account, "failure")
            raise AccessDenied(self._ntue_not_right()) from None
        if not has_key:
            self._ntue_let_in(account, is_program=is_program)
        # A program signs in before each of its calls.
        self._ntue_note(typed, account, "success", together=is_program)
        return info

    def _check_credentials(self, credential, env):
        if not asker.is_there() or credential.get("type") != PASSWORD:
            return super()._check_credentials(credential, env)
        if self.env.context.get(COUNTED) is _COUNTED:
            return super()._check_credentials(credential, env)
        user, is_program = self.env.user, not (env or {}).get("interactive", True)
        if is_program and user._ntue_is_own_key(credential.get("password")):
            return super()._check_credentials(credential, env)
        self._ntue_take(user, network=is_program)
        try:
            info = super()._check_credentials(credential, env)
        except AccessDenied:
            self._ntue_note(None, user, "failure")
            raise
        self._ntue_let_in(user, is_program=is_program)
        return info

    def _ntue_is_own_key(self, text):
        """Whether ``text`` is an API key of this account, by which its programs sign in.

        Nobody guesses one; without this, wrong passwords that others type would lock programs
        out, which have no browser to be told apart by.
        """
        if not _is_text(text):
            return False
        keys = self.env["res.users.apikeys"].sudo()
        return keys._check_credentials(scope="rpc", key=text) == self.id

    def _ntue_take(self, account, *, network):
        """Count a try; AccessDenied with how long to wait for anyone who has none left.

        ``network``: whether one that has used up its budget has to wait, too. A page shows a
        captcha instead, and a program cannot.
        """
        limits, address = self.env["ntue.sign.in.limit"], asker.address()
        seconds = limits._take("sign_in", account, address)
        shown = bool(request) and getattr(request, "ntue_captcha_accepted", False)
        if not seconds and network and not shown and limits._crowded("sign_in", address):
            seconds = 60
        if seconds:
            known = isinstance(account, models.BaseModel)
            user = account if known else self.browse()
            self._ntue_note(None if known else account, user, "waiting")
            raise AccessDenied(self._ntue_wait_sentence(seconds))

    def _ntue_let_in(self, account, *, is_program):
        """Forget the failures; of a program its own try alone.

        It signs in every minute, and would give everybody who guesses new tries by it.
        """
        limits, address = self.env["ntue.sign.in.limit"], asker.address()
        if is_program:
            limits._taken_back("sign_in", account, address)
        else:
            limits._succeeded("sign_in", account, address)

    def _ntue_note(self, typed, user, outcome, **how):
        self.env["ntue.sign.in.event"]._record("sign_in", typed, user, outcome, **how)

    # Words

    @api.model
    def _ntue_not_right(self):
        return self.env._("The account or the password is not right. Type both once more.")

    @api.model
    def _ntue_wait_sentence(self, seconds):
        minutes = ceil(seconds / 60)
        return self.env._(
            "Too many tries that were not right. Please try again in %s minutes. If it is urgent, "
            "ask the registrar's office to unlock the account.",
            minutes,
        )

    # What else may not lock anybody out, or has to unlock

    def _on_login_cooldown(self, failures, previous):  # noqa: ARG002  # the names are Odoo's
        """Never: Odoo's pause is for everybody behind an address, in one worker of several."""
        return False

    def _set_encrypted_password(self, uid, pw):
        """A new password lets its owner in at once."""
        result = super()._set_encrypted_password(uid, pw)
        self.env["ntue.sign.in.limit"]._unlock(self.browse(uid))
        return result
