"""Messages on Odoo's own records: who writes them, and in whose name (docs/platform.md).

Odoo lets everybody who posts say who the author is and which address the mail comes from. Here
people speak for themselves: a client's call bears the caller's name and address. Who has a portal
account writes, follows and notifies nowhere; a student's words reach the office by the page of
the application. What is closed here is the client's call: the product and Odoo's own jobs post
with the rights of the system.
"""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools.misc import is_list_of

PLATFORM = frozenset(
    {
        "discuss.channel",
        "iap.account",
        "ir.actions.server",
        "ir.cron",
        "mail.blacklist",
        "mail.thread",
        "phone.blacklist",
        "res.partner",
    }
)
"""Models of Odoo with messages on which people speak in their own name only."""

SENDER = frozenset(
    {
        "author_guest_id",
        "author_id",
        "email_from",
        "incoming_email_cc",
        "incoming_email_to",
        "mail_server_id",
        "outgoing_email_to",
        "record_alias_domain_id",
        "record_company_id",
        "reply_to",
        "reply_to_force_new",
    }
)
"""What a message says of where it comes from and where answers go."""


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _ntue_is_client(self):
        """Whether somebody calls who is neither the system nor a Settings administrator."""
        return not self.env.su and not self.env.user.has_group("base.group_system")

    @api.model
    def _ntue_check_speaks(self):
        """AccessError for users with a portal account, or with none."""
        if not self.env.su and self.env.user.share:
            raise AccessError(
                self.env._(
                    "Messages are written by staff. Write to the office from the page of your "
                    "application."
                )
            )

    @api.model
    def _ntue_check_is_gateway(self):
        """AccessError unless mail comes in: the caller who hands one over says who wrote it."""
        if self._ntue_is_client():
            raise AccessError(self.env._("Incoming mail is handed over by an administrator only."))

    @api.model
    def _ntue_short(self, said):
        """What is ``said`` of a message, with the names of its files, short enough and whole."""
        files = said.get("attachments")
        for file in files if isinstance(files, list | tuple) else ():
            if isinstance(file, list | tuple) and file:
                self.env["ir.attachment"]._ntue_bounded({"name": file[0]})
        return self.env["mail.message"]._ntue_bounded(said)

    @api.model
    def _ntue_own_sender(self):
        """Where a mail comes from that the caller sends, and where answers go."""
        me = self.env.user
        return {
            "author_id": me.partner_id.id,
            "email_from": me.email_formatted,
            "mail_server_id": False,
            "reply_to": me.email_formatted,
        }

    @api.model
    def _ntue_in_own_name(self, said, model=None):
        """What is ``said`` of a message on ``model``, from the caller and to readable contacts."""
        if not self._ntue_is_client() or (model or self._name) not in PLATFORM:
            return said
        own = {name: value for name, value in said.items() if name not in SENDER}
        if is_list_of(own.get("partner_ids"), int):  # commands are Odoo's own, made of them
            contacts = self.env["res.partner"].search([("id", "in", list(own["partner_ids"]))])
            own["partner_ids"] = contacts.ids
        return {**own, "author_id": self.env.user.partner_id.id}

    def message_post(self, **kwargs):
        self._ntue_check_speaks()
        return super().message_post(**self._ntue_in_own_name(self._ntue_short(kwargs)))

    def message_notify(self, **kwargs):
        self._ntue_check_speaks()
        return super().message_notify(**self._ntue_in_own_name(self._ntue_short(kwargs)))

    def _message_update_content(self, message, /, **kwargs):
        return super()._message_update_content(message, **self._ntue_short(kwargs))

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        self._ntue_check_speaks()
        return super().message_subscribe(partner_ids, subtype_ids)

    def message_unsubscribe(self, partner_ids=None):
        self._ntue_check_speaks()
        return super().message_unsubscribe(partner_ids)

    @api.model
    def message_process(self, *args, **kwargs):
        self._ntue_check_is_gateway()
        return super().message_process(*args, **kwargs)

    @api.model
    def message_route(self, *args, **kwargs):
        self._ntue_check_is_gateway()
        return super().message_route(*args, **kwargs)

    @api.model
    def message_parse(self, *args, **kwargs):
        self._ntue_check_is_gateway()
        return super().message_parse(*args, **kwargs)


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _prepare_mail_values(self, res_ids):
        """What somebody composed is from that person, whatever the dialog says.

        To students staff write by the messages beside their record, one by one, where it stays.
        """
        thread = self.env["mail.thread"]
        model = self.model or thread._name
        if not thread._ntue_is_client() or not (model in PLATFORM or model.startswith("ntue.")):
            return super()._prepare_mail_values(res_ids)
        is_kept = self.env["mail.message"]._ntue_is_kept(model)
        if model not in PLATFORM and not (is_kept and self.composition_mode == "comment"):
            raise AccessError(self.env._("Write on the messages beside the record instead."))
        own = thread._ntue_own_sender()
        values = super()._prepare_mail_values(res_ids)
        return {
            key: said | {name: own[name] for name in own.keys() & said.keys()}
            for key, said in values.items()
        }


class DiscussChannelMember(models.Model):
    _inherit = "discuss.channel.member"

    def _ntue_check_may_join(self):
        """AccessError for students: in chat rooms they would reach any employee."""
        if not self.env.su and self.env.user._ntue_is_student():
            raise AccessError(self.env._("Students are in no chat rooms."))

    @api.model_create_multi
    def create(self, vals_list):
        self._ntue_check_may_join()
        return super().create(vals_list)

    def write(self, vals):
        self._ntue_check_may_join()
        return super().write(vals)
