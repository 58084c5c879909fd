"""What a mail text becomes for a real student, before any student gets it."""

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.ntue_curriculum.office_mail import queue_mail
from odoo.exceptions import UserError
from odoo.tools import email_normalize, html2plaintext

from ..mail.texts import whole_text

PHONE = 390
"""Pixels of a phone's width, at which the mail is shown."""


class MailPreview(models.TransientModel):
    """A mail text made for one application that the registrar may see; sends a test to herself."""

    _name = "ntue.graduation.mail.preview"
    _description = "Preview of a mail text"
    _inherit = ["ntue.readable.references"]

    template_id = fields.Many2one(
        "mail.template", string="Mail text", required=True, ondelete="cascade"
    )
    application_id = fields.Many2one(
        "ntue.graduation.application",
        string="As for",
        ondelete="cascade",
        compute="_compute_application_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    subject = fields.Char(string="Subject of the mail", compute="_compute_mail", compute_sudo=False)
    body = fields.Html(compute="_compute_mail", compute_sudo=False, sanitize=False)
    plain = fields.Text(string="As plain text", compute="_compute_mail", compute_sudo=False)

    @api.depends("template_id")
    def _compute_application_id(self):
        """The latest that the registrar may see: a draft is nobody's (148)."""
        latest = self.env["ntue.graduation.application"].search([], order="id desc", limit=1)
        for preview in self:
            preview.application_id = preview.application_id or latest

    @api.depends("template_id", "application_id")
    def _compute_mail(self):
        for preview in self:
            subject, body = preview._mail()
            preview.subject = subject
            preview.body = body and Markup('<div style="max-width: %spx">%s</div>') % (PHONE, body)
            preview.plain = body and html2plaintext(body)

    def _mail(self):
        """Subject and body with the rights of who looks; nothing without an application."""
        if not self.application_id or not self.template_id:
            return False, False
        self.application_id.check_access("read")
        return whole_text(self.application_id, self.template_id)

    def action_send_test(self):
        """Mail it to the registrar who looks at it, and to nobody else."""
        self.ensure_one()
        address = email_normalize(self.env.user.email or "")
        if not address:
            raise UserError(
                self.env._("You have no e-mail. Enter one under your name, My Preferences.")
            )
        subject, body = self._mail()
        if not body:
            raise UserError(self.env._("Choose an application that the mail is made for."))
        queue_mail(self.env, self.env._("[Test] %s", subject), body, address)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("A test is on its way to %s.", address),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
