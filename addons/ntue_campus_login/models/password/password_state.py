"""What is known of the password of an account, and what ends when it changes (62, 64, D44)."""

import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.caches import forget_cached
from odoo.exceptions import AccessDenied

FORMERS = 2
"""Former passwords that may not come again: with the one in use, the last three (D45)."""


OPENS = {
    "res.users.apikeys": "user_id",
    "auth_totp.device": "user_id",
    "auth.passkey.key": "create_uid",
}
"""What lets somebody in without the password, and the field that says whose it is."""

GRACE = timedelta(minutes=10)
"""Who signed in while the first password was good has so long to choose another after its end."""


class UserPasswordState(models.AbstractModel):
    _name = "ntue.campus.user.password.state"
    _description = "Account: password state"

    # Nobody's to read or write but the code's, as Odoo has it for the secret of a second factor.
    ntue_must_change = fields.Boolean(
        string="Good for choosing a password only", groups=fields.NO_ACCESS, copy=False
    )
    ntue_password_until = fields.Datetime(
        string="First password is good until", groups=fields.NO_ACCESS, copy=False
    )
    ntue_password_at = fields.Datetime(
        string="Password changed at", groups=fields.NO_ACCESS, copy=False
    )
    ntue_former_passwords = fields.Char(
        string="Hashes of former passwords", groups=fields.NO_ACCESS, copy=False
    )
    ntue_id_tail = fields.Char(
        string="Mark of the end of the ID number", groups=fields.NO_ACCESS, copy=False
    )

    def _ntue_password_hash(self):
        """The hash of the password in use; empty for an account without one."""
        self.ensure_one()
        self.env.cr.execute("SELECT COALESCE(password, '') FROM res_users WHERE id = %s", [self.id])
        return self.env.cr.fetchone()[0]

    def _ntue_is_recent(self, password):
        """Whether it is the password in use or one of those before it."""
        known = [self._ntue_password_hash(), *self._ntue_formers()]
        context = self._crypt_context()
        return any(context.verify(password, hashed) for hashed in known if hashed)

    def _ntue_formers(self):
        return json.loads(self.sudo().ntue_former_passwords or "[]")

    def _ntue_password_changed(self, former, **state):
        """Note that another password is in use, and end whatever the former one opened.

        ``state``: values of the fields above. Sessions end by themselves: what they carry is
        made of the hash of the password.
        """
        self.ensure_one()
        formers = [hashed for hashed in (former, *self._ntue_formers()) if hashed]
        self.sudo().write(
            {
                "ntue_must_change": False,
                "ntue_password_until": False,
                "ntue_password_at": fields.Datetime.now(),
                "ntue_former_passwords": json.dumps(formers[:FORMERS]),
                **state,
            }
        )
        if former:
            self._ntue_end_what_is_open()
            forget_cached(self.env)

    def _ntue_is_too_late(self):
        """Whether the first password is over by which somebody is signed in still."""
        self.ensure_one()
        until = self.sudo().ntue_password_until
        over = bool(until) and until + GRACE < fields.Datetime.now()
        return self.sudo().ntue_must_change and over

    def _ntue_forget_passwords(self):
        """Nothing is left of an account that is erased."""
        self.sudo().write(
            {
                "ntue_must_change": False,
                "ntue_password_until": False,
                "ntue_password_at": False,
                "ntue_former_passwords": False,
                "ntue_id_tail": False,
            }
        )

    def _ntue_end_what_is_open(self):
        """Keys for remote calls, remembered devices, passkeys, and the sessions' own files.

        Passkeys, too: somebody who knew the former password may have made one, and would go on
        coming in by it.
        """
        for model, owner in OPENS.items():
            if model in self.env:
                self.env[model].sudo().search([(owner, "=", self.id)]).unlink()
        self.sudo()._action_revoke_all_devices()

    # What a first password is good for

    def _check_credentials(self, credential, env):
        """As Odoo has it; a first password signs in at a browser, until its day, and no more.

        Told apart from a wrong one by nothing: it would be a way to try ID numbers.
        """
        info = super()._check_credentials(credential, env)
        account = self.env.user
        if account.ntue_must_change:
            until = account.ntue_password_until
            interactive = (env or {}).get("interactive", True)
            if not interactive or (until and until < fields.Datetime.now()):
                raise AccessDenied()
        return info

    @api.model
    def _check_uid_passwd(self, uid, passwd):
        """Remote calls with each password: none for anyone who has to choose one first."""
        result = super()._check_uid_passwd(uid, passwd)
        if self.sudo().browse(uid).ntue_must_change:
            raise AccessDenied()
        return result
