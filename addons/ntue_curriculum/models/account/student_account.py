"""How a student record and the account of its contact belong together.

The system alone binds a contact. The record's name is copied to it; the record's e-mail is
where the diploma goes, and becomes the address that resets the password only when the owner
confirms it: by a link that is mailed to the new address, signed in, with the password. The
contact of an internal user is never written.
"""

from datetime import timedelta
from hashlib import sha256

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessDenied, AccessError
from odoo.tools import email_normalize
from odoo.tools.misc import hash_sign, verify_hash_signed

from ...office_mail import language_of, queue_mail
from . import remembered_contacts

LINK_HOURS = 72
"""How long a mailed link may be used."""

LINKS_A_DAY = 5
"""Links mailed for one student in 24 hours: the school's server is nobody's way to send mail."""

SCOPE = "ntue-account-email"


class StudentAccount(models.AbstractModel):
    """The contact and the account behind a student record."""

    _name = "ntue.student.account"
    _description = "Account of a student"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("partner_id") for vals in vals_list):
            raise self._binding_error()
        return super().create(vals_list)

    def write(self, vals):
        if "partner_id" in vals and not self.env.su:
            raise self._binding_error()
        if not {"name", "email"} & set(vals):
            return super().write(vals)
        before = {student: student.email or "" for student in self.sudo()}
        result = super().write(vals)
        for student, email in before.items():
            student.with_env(self.env)._update_contact(
                "name" in vals, email != (student.email or "")
            )
        return result

    def _binding_error(self):
        return AccessError(
            self.env._(
                "A student record is bound to its contact by the system alone. Leave the contact "
                "out; the record gets one of its own."
            )
        )

    # The contact

    @api.model
    def _create_contacts(self, vals_list):
        """Contacts of no student yet, from names and e-mails; made by the system itself.

        Not by superuser rights of the caller: a context or a default of theirs would name
        more, such as the account that the contact shall belong to. Who had a contact before
        the addons were uninstalled gets that one back.
        """
        lang = self.env["ntue.student"]._paper_language()
        system = self.env(user=SUPERUSER_ID, context={"lang": lang, "tracking_disable": True})
        known = remembered_contacts.take(system, [vals.get("student_no") for vals in vals_list])
        alone = [vals for vals in vals_list if vals.get("student_no") not in known]
        # Nobody is above a new contact or below it with whom Odoo, one by one, could have anything
        # to bring in line.
        contacts = system["res.partner"].with_context(_partners_skip_fields_sync=True)
        made = iter(
            contacts.create(
                [
                    {"name": vals.get("name"), "email": vals.get("email"), "parent_id": False}
                    for vals in alone
                ]
            ).with_env(system)
        )
        return [known.get(vals.get("student_no")) or next(made) for vals in vals_list]

    def _contact(self):
        """The contact as the system sees it, with accounts that are closed."""
        self.ensure_one()
        # Followers of a contact get no mail about what a student keeps up to date.
        system = {"active_test": False, "tracking_disable": True}
        return self.sudo().partner_id.with_env(self.env(user=SUPERUSER_ID, context=system))

    def _update_contact(self, name_written, email_changed):
        """Copy what may be copied; ask the owner of an account about its address."""
        contact, student = self._contact(), self.sudo()
        accounts = contact.user_ids
        if not contact or any(not account.share for account in accounts):
            return
        if name_written:
            contact.write({"name": student.name})
        if email_changed and accounts:
            self._ask_about_account_email()
        elif email_changed:
            contact.write({"email": student.email})

    # The address of the account

    def _account(self):
        """The student's own account that is open, as the system sees it; none of staff."""
        accounts = self._contact().user_ids.filtered(lambda user: user.active)
        return accounts if len(accounts) == 1 and accounts.share else accounts.browse()

    def _pending_account_email(self):
        """``(old, new)`` where the profile has another address than the account, else None."""
        account = self._account()
        old, new = account.email or "", self.sudo().email or ""
        if not account or not email_normalize(new) or email_normalize(old) == email_normalize(new):
            return None
        return old, new

    def _ask_about_account_email(self):
        """Mail the link to the new address and word of it to the old one.

        Returns whether a link was mailed: there is something to confirm, and not too many
        were mailed today.
        """
        pending = self._pending_account_email()
        if not pending or self._links_today() >= LINKS_A_DAY:
            return False
        old, new = pending
        self._log_account_email("asked", old, new)
        own = self._account() == self.env.user
        words = {"old": old, "new": new, "own": own, "hours": LINK_HOURS}
        link = f"{self.get_base_url()}/my/profile/address?token={self._account_email_token()}"
        self._mail_account("mail_account_email_asked", new, link=link, **words)
        if email_normalize(old):
            self._mail_account("mail_account_email_asked", old, link=None, **words)
        return True

    def _links_today(self):
        since = fields.Datetime.now() - timedelta(days=1)
        asked = [("student_id", "=", self.id), ("action", "=", "asked"), ("changed_at", ">", since)]
        return self.env["ntue.student.change"].sudo().search_count(asked)

    def _log_account_email(self, action, old, new):
        row = {"student_id": self.id, "field": "account_email", "old": old, "new": new}
        self._log_changes([row], action=action)

    def _account_email_token(self):
        """Good for this account and this change alone, for some days."""
        values = self._account_email_claim()
        return hash_sign(self.sudo().env, SCOPE, values, expiration_hours=LINK_HOURS)

    def _account_email_claim(self):
        """What a link says; addresses as a digest, since links are in the server's logs."""
        both = "\n".join(self._pending_account_email())
        return [self._account().id, sha256(both.encode()).hexdigest()]

    def _is_account_email_token(self, token):
        """Whether ``token`` was made for the change that waits here, and is not too old."""
        try:
            values = verify_hash_signed(self.sudo().env, SCOPE, token)
        except ValueError:  # not even a token
            return False
        return bool(self._pending_account_email()) and values == self._account_email_claim()

    def _confirm_account_email(self, token, password):
        """Move the account to the profile's address; returns a problem as a sentence, or None.

        AccessError for everybody but the owner of the account.
        """
        self.ensure_one()
        account = self._account()
        if not account or account != self.env.user:
            raise AccessError(self.env._("Only the owner of an account confirms its address."))
        if not self._is_account_email_token(token):
            return self._stale_link()
        if self._asks_account_password():
            try:
                credential = {"type": "password", "login": account.login, "password": password}
                with self.env.user._assert_can_auth(user=account.id):
                    self.env.user._check_credentials(credential, {"interactive": True})
            except AccessDenied:
                return self.env._("This is not your password. Type it once more.")
        self._move_account(account, *self._pending_account_email())
        return None

    def _asks_account_password(self):
        """Whether the owner shows by a password that it is them; not where they have none here."""
        return True

    def _stale_link(self):
        return self.env._(
            "This link cannot be used any more: it is too old, was used already, or your e-mail "
            "has been changed since. Have a new one sent from your profile."
        )

    def _move_account(self, account, old, new):
        self._contact().write({"email": new})
        same_login = [("login", "=ilike", new.replace("_", r"\_").replace("%", r"\%"))]
        if account.login == old and not account.search_count(same_login):
            account.login = new
        self._log_account_email("changed", old, new)
        if email_normalize(old):
            self._mail_account("mail_account_email_moved", old, old=old, new=new)

    def _mail_account(self, template, email, **values):
        """Queue a mail of its own: no message of any record, gone when sent."""
        lang = language_of(self.env, self._contact())
        there = self.with_context(lang=lang)
        values["name"] = self.sudo().name
        body = there.env["ir.qweb"]._render(f"ntue_curriculum.{template}", values, lang=lang)
        subject = there.env._("Your e-mail for signing in")
        queue_mail(there.env, subject, body, email_normalize(email))
