"""What is attached to a receipt when it is sent."""

from odoo import models
from odoo.tools import html2plaintext
from odoo.tools.mail import append_content_to_html

from ...mail.receipt import SUBTYPE, attached


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """A receipt goes with the slip and the days that there are, made now and kept nowhere."""
        found = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        place = self.env["ntue.graduation.correspondence"]
        receipt = self.env.ref(SUBTYPE, raise_if_not_found=False)
        if not receipt or self.subtype_id != receipt or self.model != place._name:
            return found
        # An administrator sends again what was written before; nothing of it is shown to him.
        application = place.sudo().browse(self.res_id).exists().application_id
        if not application:
            return found
        files, words = attached(application)
        if not files and not words.strip():
            return found
        for values in found:
            body = append_content_to_html(values["body"], words, plaintext=False)
            values.update(
                attachments=[*values["attachments"], *files],
                body=body,
                body_alternative=html2plaintext(body),
            )
        return found
