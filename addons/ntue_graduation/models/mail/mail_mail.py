"""What is attached to a receipt when it is sent."""

from odoo import models

from ...mail.receipt import SUBTYPE, attached


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """A receipt goes with the slip and the days, made now and kept nowhere."""
        found = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        place = self.env["ntue.graduation.correspondence"]
        receipt = self.env.ref(SUBTYPE, raise_if_not_found=False)
        if not receipt or self.subtype_id != receipt or self.model != place._name:
            return found
        application = place.browse(self.res_id).exists().application_id
        more = attached(application) if application else []
        return [{**values, "attachments": [*values["attachments"], *more]} for values in found]
