"""The contact behind a student's account: nobody renames it, and nobody moves its e-mail.

Odoo mails the link that sets a new password to the contact's e-mail, so that a user who may
write that address owns the account. Students change it on their profile page, where the new address
is confirmed (student_account); administrators, who may set a password anyway, may do it too.
"""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

GUARDED = ("name", "email")
"""What the notices, the log and the way to a new password depend on."""


class ResPartner(models.Model):
    _inherit = "res.partner"

    ntue_record_ids = fields.One2many(
        "ntue.student",
        "partner_id",
        string="Student records",
        context={"active_test": False},
        copy=False,
        # Record rules read it; the address book must not tell who studies here.
        groups="base.group_system",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Addresses are read and compared before they are written.
        return super().create([self._ntue_bounded(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._ntue_bounded(vals)
        guarded = [name for name in GUARDED if name in vals]
        accounts = self._student_accounts() if guarded else self.browse()
        if accounts:
            accounts._check_may_rename(vals, guarded)
        before = {contact: contact.email for contact in accounts}
        result = super().write(vals)
        for contact, old in before.items():
            contact._keep_moved(old)
        return result

    def _student_accounts(self):
        """Those of these contacts by which a student signs in; employees' are Odoo's to guard."""
        system = self.with_user(SUPERUSER_ID).with_context(active_test=False)
        bound = system.env["ntue.student"].search([("partner_id", "in", self.ids)]).partner_id
        owned = bound.filtered(lambda contact: contact.user_ids and contact.partner_share)
        return owned.with_env(self.env)

    def _check_may_rename(self, vals, names):
        """AccessError unless the system or an administrator changes name or e-mail.

        Asked of the person, whatever rights the code was given: Odoo's own pages write a
        contact by superuser rights for the user who is signed in.
        """
        user = self.env.user
        if user._is_superuser() or user.has_group("base.group_erp_manager"):
            return
        if any((contact[name] or "") != (vals[name] or "") for contact in self for name in names):
            raise AccessError(
                self.env._(
                    "This contact is a student's account. The student changes the e-mail on the "
                    "page “Student profile”; the name is that of the student record. An "
                    "administrator may do both."
                )
            )

    def _keep_moved(self, old):
        """Keep in the student's history that an administrator moved the address."""
        if self.env.user._is_superuser() or (old or "") == (self.email or ""):
            return
        students = self.env["ntue.student"].sudo().with_context(active_test=False)
        student = students.search([("partner_id", "=", self.id)])
        row = {"student_id": student.id, "field": "account_email", "old": old, "new": self.email}
        student._log_changes([row])

    @api.model
    def _ntue_invited_login(self, token):
        """The login of whom the mailed link with this token is for; empty where it is no good."""
        return (self.sudo()._signup_retrieve_info(token) or {}).get("login")


class MergeContacts(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merging moves whatever points to a contact: students are bound by the system alone."""
        students = self.env["ntue.student"].sudo().with_context(active_test=False)
        bound = students.search_count([("partner_id", "in", partner_ids)], limit=1)
        if bound and not self.env.user.has_group("base.group_erp_manager"):
            raise AccessError(
                self.env._("A student's contact is merged with no other. Ask an administrator.")
            )
        return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
