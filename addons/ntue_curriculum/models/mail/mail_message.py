"""Messages of our correspondences: posted by staff, rewritten by nobody, deleted by retention.

On Odoo's own records they are rewritten and deleted by their author alone (``mail_thread``).
"""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...erasing import is_erasing
from .mail_thread import PLATFORM, SENDER

KEPT = frozenset(
    {
        "author_guest_id",
        "author_id",
        "body",
        "date",
        "email_from",
        "is_internal",
        "message_type",
        "model",
        "parent_id",
        "partner_ids",
        "reply_to",
        "res_id",
        "subject",
        "subtype_id",
    }
)
"""What a message says, and where it belongs: not even the product changes that later."""

ORIGIN = SENDER | {"create_uid", "date", "message_id", "message_type", "model", "res_id"}
"""What nobody changes of a message on Odoo's own records."""


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _ntue_is_kept(self, model):
        """Whether messages of ``model`` are kept as they were said."""
        return bool(model) and getattr(self.env.registry.get(model), "_is_correspondence", False)

    def _ntue_kept(self):
        """The messages of ``self`` that are."""
        return self.sudo().filtered(lambda message: self._ntue_is_kept(message.model))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self.env["mail.thread"]._ntue_check_speaks()
            vals_list = [self._ntue_said(vals) for vals in vals_list]
        return super().create(vals_list)

    def _ntue_said(self, vals):
        """The values of a client's new message: by staff on our records, and from the caller."""
        thread, model = self.env["mail.thread"], vals.get("model") or "mail.thread"
        if not self._ntue_is_kept(model):
            return thread._ntue_in_own_name(vals, model)
        place = self.env[model].browse(vals.get("res_id"))
        place._check_staff()
        return {**vals, **place._office_header(), "author_id": self.env.user.partner_id.id}

    def _ntue_check_own(self, names):
        """AccessError where a client changes somebody else's message, or where one comes from."""
        self.env["mail.thread"]._ntue_check_speaks()
        if not self.env["mail.thread"]._ntue_is_client():
            return
        there = self.sudo().filtered(lambda message: (message.model or "mail.thread") in PLATFORM)
        others = there.filtered(lambda message: message.author_id != self.env.user.partner_id)
        if (others and names & KEPT) or (there and names & ORIGIN):
            raise AccessError(self.env._("What somebody else wrote stays as it was written."))

    def write(self, vals):
        self._ntue_check_own(set(vals))
        kept = self._ntue_kept()
        if self.env.su:
            refused = any(message._ntue_says_otherwise(vals) for message in kept)
        else:
            refused = kept or self._ntue_is_kept(vals.get("model"))
        if refused:
            raise AccessError(self.env._("What was said stays as it was said. Write again."))
        return super().write(vals)

    def _ntue_says_otherwise(self, vals):
        """Whether ``vals`` change what a message says; what is blank may be filled in."""
        self.ensure_one()
        for name in KEPT & set(vals):
            field, now = self._fields[name], self[name]
            if field.type == "many2many":
                return bool(now)
            if now and field.convert_to_cache(vals[name], self) != field.convert_to_cache(
                now, self
            ):
                return True
        return False

    @api.model
    def _message_fetch(self, domain, *, thread=None, **kwargs):
        """Nothing of a record that the user may not read (any more).

        Odoo stands an empty record in for it, and takes that for no record at all: a form that
        was open would show whatever messages there are of others.
        """
        if thread is not None and not thread:
            domain = Domain.FALSE
        return super()._message_fetch(domain, thread=thread, **kwargs)

    @api.ondelete(at_uninstall=False)
    def _ntue_unlink_when_its_time_is_over(self):
        if not is_erasing(self) and self._ntue_kept():
            raise AccessError(self.env._("What was said is kept."))
        self._ntue_check_own(KEPT - ORIGIN)


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    def _ntue_check_followed(self, models_followed):
        """AccessError where somebody subscribes past ``message_subscribe``, which asks who."""
        kept = self.env["mail.message"]._ntue_is_kept
        if not self.env.su and any(kept(model) for model in models_followed):
            raise AccessError(self.env._("Subscribe on the messages themselves."))

    @api.model_create_multi
    def create(self, vals_list):
        self._ntue_check_followed({vals.get("res_model") for vals in vals_list})
        return super().create(vals_list)

    def write(self, vals):
        self._ntue_check_followed({vals.get("res_model"), *self.sudo().mapped("res_model")})
        return super().write(vals)

    def unlink(self):
        self._ntue_check_followed(set(self.sudo().mapped("res_model")))
        return super().unlink()
