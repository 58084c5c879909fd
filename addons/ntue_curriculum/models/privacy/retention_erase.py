"""What erasing does to each kind of data."""

from odoo import api, models

from ...erasing import erasing


class RetentionErasing(models.AbstractModel):
    """What erasing does to each kind of data."""

    _name = "ntue.retention.erasing"
    _description = "What retention erases"

    @api.model
    def _erase_passport_copies(self, copies):
        copies._log("purged")
        copies._delete()

    @api.model
    def _erase_contacts(self, students):
        erasing(students)._erase_contacts()

    @api.model
    def _erase_history(self, rows):
        erasing(rows).unlink()

    @api.model
    def _erase_plans(self, plans):
        plans.unlink()

    @api.model
    def _erase_openings(self, rows):
        erasing(rows).unlink()

    @api.model
    def _erase_messages(self, messages):
        messages.attachment_ids.filtered(
            lambda file: file.res_model in self._correspondences()
        ).unlink()
        erasing(messages).unlink()

    @api.model
    def _erase_files(self, files):
        files.unlink()

    @api.model
    def _erase_mails(self, mails):
        """The copies alone: a message of a correspondence is kept as long as messages are."""
        messages = mails.mail_message_id
        corresponded = messages.filtered(lambda message: message.model in self._correspondences())
        self._delete_copies(mails)
        (messages - corresponded).exists().unlink()

    @api.model
    def _delete_copies(self, mails):
        """Delete mails, and not the messages that they are copies of."""
        mails.write({"is_notification": True})
        mails.unlink()

    @api.model
    def _erase_imports(self, files):
        files.unlink()

    @api.model
    def _erase_sign_ins(self, rows):
        rows.unlink()
