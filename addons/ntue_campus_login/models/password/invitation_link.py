"""Mailed links by which the owner of an account chooses a password; good once.

Not rows with a secret's hash, as the links for a forgotten password are (``password_link``): those
are mailed at once, past the queue, so that no secret is ever stored, are good for minutes, and are
counted for an account and a day. An invitation waits in the queue of mails, with a thousand others,
and is good for weeks: it ends by itself with the state of the account that it names, and nothing
is left to be kept or cleared away.
"""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.office_mail import language_of, queue_mail
from odoo.tools import email_normalize
from odoo.tools.misc import hash_sign, hmac, verify_hash_signed

from ... import quiet_links

SCOPE = "ntue-password-link"

quiet_links.install()


class UserInvitation(models.AbstractModel):
    _name = "ntue.campus.user.invitation"
    _description = "Account: invitation"

    ntue_invited_until = fields.Datetime(
        string="Invitation is good until", groups=fields.NO_ACCESS, copy=False
    )

    def _ntue_link_token(self, purpose, until):
        """A signed text that lets anyone who has it choose the password, until ``until``.

        It names the password in use by a digest: once another is set, or the account is mailed
        at another address, it is good for nothing.
        """
        self.ensure_one()
        seconds = until - fields.Datetime.now()
        return hash_sign(self.sudo().env, SCOPE, self._ntue_link_claim(purpose), seconds)

    def _ntue_link_claim(self, purpose):
        account = self.sudo()
        state = [account._ntue_password_hash(), account.login, account.email or ""]
        return [purpose, account.id, hmac(account.env, SCOPE, state)[:20]]

    @api.model
    def _ntue_of_link(self, purpose, token):
        """The account for which ``token`` is good, with all rights; empty for none."""
        accounts = self.sudo().browse()
        try:
            claim = verify_hash_signed(accounts.env, SCOPE, token or "")
        except (ValueError, UnicodeError):  # not even a token
            return accounts
        if not claim:
            return accounts
        account = accounts.browse(claim[1]).exists()
        # Who has come to work here since keeps the ways of employees.
        own = account.active and account.share and account._ntue_is_student()
        return account if own and claim == account._ntue_link_claim(purpose) else accounts

    def _ntue_invite(self):
        """Mail the owner of the account a link to choose the first password with."""
        self.ensure_one()
        account = self.sudo()
        until = account._ntue_first_until()
        account.ntue_invited_until = until
        token = account._ntue_link_token("invitation", until)
        link = f"{account.get_base_url()}/web/invitation?token={token}"
        lang = language_of(self.env, account.partner_id)
        there = self.with_context(lang=lang)
        values = {
            "account": account,
            "link": link,
            "until": account._ntue_moment(until),
            "school": self.env.company,
        }
        body = there.env["ir.qweb"]._render("ntue_campus_login.mail_invitation", values, lang=lang)
        subject = there.env._("Your account of the school")
        queue_mail(there.env, subject, body, email_normalize(account.email))
