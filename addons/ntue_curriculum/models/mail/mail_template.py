"""Mails that are made of a template: of what it says, in the caller's name, to no student.

Odoo makes the mail with the rights of the system from whatever values a client adds: sender,
addresses, files by their numbers. Of a client nothing is taken but plain texts, and the mail
comes from the caller, as any message on Odoo's own records does (``mail_thread``).
"""

from odoo import models
from odoo.exceptions import AccessError

ADDED = frozenset({"auto_delete", "body", "body_html", "email_cc", "email_to", "subject"})
"""What a client may say of a mail besides its template."""


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, *args, email_values=None, **kwargs):
        thread = self.env["mail.thread"]
        if thread._ntue_is_client():
            email_values = self._ntue_in_own_name(email_values)
        return super().send_mail_batch(res_ids, *args, email_values=email_values, **kwargs)

    def _ntue_in_own_name(self, email_values):
        """What a client says of a mail, from the caller; AccessError where it is about ours."""
        self.env["mail.thread"]._ntue_check_speaks()
        if (self.model or "").startswith("ntue."):
            raise AccessError(self.env._("Write on the messages beside the record instead."))
        said = {name: value for name, value in (email_values or {}).items() if name in ADDED}
        sender = self.env["mail.thread"]._ntue_own_sender()
        return {**self.env["mail.mail"]._ntue_bounded(said), **sender}
