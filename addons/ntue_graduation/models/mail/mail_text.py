"""Mail texts as the registrar edits them: fields in words, and the whole of Odoo's template behind.

Subject and body stay Odoo's own fields, with their guards against code.
"""

from odoo import api, fields, models

from ...mail import words

REGISTRAR = "ntue_curriculum.group_registrar"


class MailText(models.Model):
    _inherit = "mail.template"

    ntue_subject = fields.Char(
        string="Subject of the mail",
        compute="_compute_ntue_words",
        inverse="_inverse_ntue_subject",
        groups=REGISTRAR,
    )
    ntue_body = fields.Html(
        string="Text of the mail",
        compute="_compute_ntue_words",
        inverse="_inverse_ntue_body",
        sanitize="email_outgoing",
        groups=REGISTRAR,
    )
    ntue_words = fields.Char(string="Fields", compute="_compute_ntue_known_words", groups=REGISTRAR)

    @api.depends("subject", "body_html")
    @api.depends_context("lang")
    def _compute_ntue_words(self):
        for text in self:
            text.ntue_subject = words.subject_in_words(self.env, text.subject)
            text.ntue_body = words.body_in_words(self.env, text.body_html)

    @api.depends_context("lang")
    def _compute_ntue_known_words(self):
        known = " ".join(f"{{{word}}}" for word in words.words(self.env).values())
        for text in self:
            text.ntue_words = known

    def _inverse_ntue_subject(self):
        for text in self:
            text.subject = words.subject_of_words(self.env, text.ntue_subject)

    def _inverse_ntue_body(self):
        for text in self:
            text.body_html = words.body_of_words(self.env, text.ntue_body)
