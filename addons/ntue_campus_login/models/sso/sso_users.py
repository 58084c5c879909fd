"""Accounts under single sign-on: whom the portal lets in, and what has no password any more."""

import unicodedata
from dataclasses import dataclass

from odoo import api, models
from odoo.addons.ntue_curriculum.erasing import is_erasing
from odoo.exceptions import AccessDenied, UserError

from ...oidc.reasons import Reason, Refused

KIND = "ntue_sso"


@dataclass(frozen=True)
class Vouched:
    """The portal has vouched for this account. Made by our callback alone: no client sends one."""

    user_id: int


class UserSingleSignOn(models.AbstractModel):
    _name = "ntue.campus.user.single.sign.on"
    _description = "Account: single sign on"

    def _ntue_signs_in_elsewhere(self):
        """Whether this account is a student's who signs in by the campus portal.

        An employee who studies here keeps the ways of employees.
        """
        self.ensure_one()
        if self._is_internal() or not self.env["auth.oauth.provider"]._ntue_campus():
            return False
        return self._ntue_is_student()

    @api.model
    def _ntue_of_student_number(self, number):
        """The account of a student number, that is there and open; Refused where there is none.

        None is made here. Blanks, width and case of the number are forgiven where they leave one
        student.
        """
        number = "".join(unicodedata.normalize("NFKC", number or "").split())
        if not number:
            raise Refused(Reason.NUMBER)
        like = number.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        students = self.env["ntue.student"].sudo().with_context(active_test=False)
        found = students.search([("student_no", "=ilike", like)], limit=2)
        accounts = found.partner_id.user_ids.filtered("active") if len(found) == 1 else self
        if len(accounts) != 1 or accounts._is_internal():
            raise Refused(Reason.ACCOUNT)
        return accounts

    def _check_credentials(self, credential, env):
        """Students come by the portal alone while it is switched on; nobody by ``auth_oauth``."""
        kind = credential.get("type")
        if kind == KIND:
            return self._ntue_vouched(credential.get("vouched"))
        if kind == "oauth_token":
            self._ntue_look_at_nobodys_password()
            raise AccessDenied()
        # The password first: anyone who tries them learns nothing by how long a refusal takes.
        result = super()._check_credentials(credential, env)
        if self.env.user._ntue_signs_in_elsewhere():
            raise AccessDenied()
        return result

    def _ntue_vouched(self, vouched):
        """The portal has asked for a second factor if it wants one: none of ours comes on top."""
        user = self.env.user
        right = isinstance(vouched, Vouched) and vouched.user_id == user.id and user.active
        if not right or not user._ntue_signs_in_elsewhere():
            self._ntue_look_at_nobodys_password()
            raise AccessDenied()
        return {"uid": user.id, "auth_method": KIND, "mfa": "skip"}

    # Passwords

    def _ntue_no_password(self):
        return UserError(
            self.env._(
                "Students sign in by the campus portal; their password is changed and renewed "
                "there, and this desk keeps none."
            )
        )

    def _set_password(self):
        """No password is set for anyone who signs in by the portal, by nobody."""
        if not is_erasing(self) and any(
            user.password and user._ntue_signs_in_elsewhere() for user in self
        ):
            raise self._ntue_no_password()
        return super()._set_password()

    def _action_reset_password(self, signup_type="reset"):
        """No link for a new password goes to anyone who signs in by the portal."""
        elsewhere = self.filtered(lambda user: user._ntue_signs_in_elsewhere())
        if elsewhere and not self.env.context.get("create_user"):
            raise self._ntue_no_password()
        left = self - elsewhere  # an invitation that comes with a new account is left out
        return super(UserSingleSignOn, left)._action_reset_password(signup_type) if left else None

    # The implicit flow of auth_oauth

    @api.private
    def auth_oauth(self, provider, params):  # noqa: ARG002  # Odoo's
        """Closed: an access token in an address is no proof of who somebody is."""
        raise AccessDenied()
