"""What Odoo lets an account do by itself, as far as a school decides it (docs/platform.md)."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.tools import ormcache

from ... import feed, quiet_log
from ...erasing import is_erasing
from ..guarded.bounded_search import bound_time

quiet_log.install()


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        # What people change of their own account is written with the rights of the system.
        return super().write(self._ntue_bounded(vals))

    def _ntue_is_student(self):
        """Whether a student record, archived ones too, is bound to this account."""
        self.ensure_one()
        students = self.env["ntue.student"].sudo().with_context(active_test=False)
        return bool(students.search_count([("partner_id", "=", self.partner_id.id)], limit=1))

    def _ntue_is_feed(self):
        """Whether this is the account of another system that sends files."""
        self.ensure_one()
        return self.has_group(feed.GROUP)

    def _deactivate_portal_user(self, **post):
        """Students do not delete their account: it is the only way to their application."""
        if any(user._ntue_is_student() for user in self):
            raise UserError(
                self.env._(
                    "The account of a student is closed by the school, after graduation. Ask the "
                    "registrar's office."
                )
            )
        return super()._deactivate_portal_user(**post)

    @api.private
    def authenticate(self, credential, user_agent_env):
        """Sign in; the address that a browser gave as the site's is not believed.

        Odoo takes it over from an administrator's request, for mails and printed codes.
        Private: a remote call signs in by Odoo's own services, and has no use for this.
        """
        if user_agent_env:
            user_agent_env = {**user_agent_env, "base_location": None}
        return super().authenticate(credential, user_agent_env)

    @contextmanager
    def _assert_can_auth(self, user=None):
        """As Odoo has it; a login that nobody has takes as long as a wrong password."""
        with super()._assert_can_auth(user=user):
            try:
                yield
            except AccessDenied:
                if isinstance(user, str) and not self._ntue_is_login(user):
                    self._crypt_context().verify(user, self._ntue_nobodys_password())
                raise

    def _check_credentials(self, credential, env):
        """As Odoo has it; who is refused without a look at a password waits as long as with one.

        Odoo looks at none where nothing was typed, where the account has none, and where somebody
        sends a kind of credential that it does not know. The account of another system signs in
        nowhere, whatever password it was given.
        """
        if self.env.user._ntue_is_feed():
            self._ntue_look_at_nobodys_password()
            raise AccessDenied()
        try:
            return super()._check_credentials(credential, env)
        except AccessDenied:
            if not self._ntue_was_looked_at(credential, env or {}):
                self._ntue_look_at_nobodys_password()
            raise

    def _ntue_look_at_nobodys_password(self):
        """Take as long as a look at a password takes."""
        self._crypt_context().verify("anything", self._ntue_nobodys_password())

    def _ntue_was_looked_at(self, credential, env):
        """Whether Odoo has compared the password of ``credential`` with the account's."""
        if credential.get("type") != "password" or not credential.get("password"):
            return False
        if not env.get("interactive", True) and self.env.user._rpc_api_keys_only():
            return False
        query = "SELECT COALESCE(password, '') <> '' FROM res_users WHERE id = %s"
        self.env.cr.execute(query, [self.env.uid])
        return (self.env.cr.fetchone() or [False])[0]

    @api.model
    def _get_signup_invitation_scope(self):
        """Accounts are given by the school: nobody makes one, nor learns by it who has one."""
        return "b2b"

    def _ntue_is_login(self, login):
        return bool(self.sudo().search_count(self._get_login_domain(login), limit=1))

    @ormcache()
    def _ntue_nobodys_password(self):
        """A hash as expensive as any of ours, of a password that is nobody's."""
        return self._crypt_context().hash("nobody")

    def _check_uid_passwd(self, uid, passwd):
        """Calls that bring their account in the text open a cursor of their own."""
        result = super()._check_uid_passwd(uid, passwd)
        user = self.browse(uid)
        if uid != SUPERUSER_ID and not user._is_internal():
            bound_time(self.env.cr)
        return result

    def _ntue_is_assistant_of(self, department):
        """Whether this user is an assistant (TA) of ``department`` (D39)."""
        self.ensure_one()
        return self in department.sudo().assistant_ids

    def _notify_security_setting_update(self, *args, **kwargs):
        """Closing an account for good leaves no mail behind that names its owner."""
        if is_erasing(self):
            return None
        return super()._notify_security_setting_update(*args, **kwargs)
