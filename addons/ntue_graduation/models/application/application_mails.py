"""What students are told at every step, and assistants once a day (I10).

The texts to students are mail templates that the registrar edits; a text that cannot be used
holds up no step, the plain sentence goes out instead. Everything leaves by the mail queue.
"""

import logging

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)

TEXTS = {
    "submit": "step_submitted",
    "receive_paper": "step_paper",
    "ask_supplement": "step_supplement",
    "return": "step_returned",
    "pass_first": "step_first_passed",
    "fail_first": "step_first_failed",
    "pass_second": "step_second_passed",
    "fail_second": "step_second_failed",
    "complete": "step_completed",
    "lapse": "step_lapsed",
}
"""The mail template of each step of the log; other steps are told in one sentence."""

MORE_PLACES = (
    "object.slip_number",
    "object.review_reason",
    "object.supplement_text",
    "object.supplement_day",
)
"""What the texts of steps may name besides; fields, and no code."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    supplement_day = fields.Char(compute="_compute_supplement_day", help="In ROC years.")
    announced_at = fields.Datetime(
        readonly=True, help="When the assistants were told of it in the mail of the day."
    )

    @api.depends("supplement_deadline")
    def _compute_supplement_day(self):
        for application in self:
            day = application.supplement_deadline
            application.supplement_day = day and roc_date(day)

    @api.private
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), *MORE_PLACES)

    # To the student, of the step that the log has last

    def _tell_student(self, body):
        """Post to the student, in the words of the step's template."""
        self.ensure_one()
        lent = self.sudo()
        subject, text = lent._step_text(lent.event_ids[-1:].action, body)
        student = self.student_id.partner_id
        # Of what they did themselves students are told, too: mention means that they are named.
        told = lent._correspondence().with_context(
            mail_notify_force_send=False, mail_notify_author_mention=True
        )
        # Whoever follows it is not mailed what students are told.
        told.message_unsubscribe((told.message_partner_ids - student).ids)
        told.message_post(
            body=text,
            subject=subject,
            partner_ids=student.ids,
            author_id=self.env["ntue.student"]._office_author().id,
            subtype_xmlid="mail.mt_comment",
        )

    def _step_text(self, action, sentence):
        """Subject and body for the student; without a template that can be used, ``sentence``."""
        if action not in TEXTS:
            return None, sentence
        try:
            subject, body = self._reminder_text(TEXTS[action])
        except (UserError, ValueError):
            _logger.exception("The mail text of the step %s cannot be used.", action)
            return None, sentence
        return subject, Markup(body)  # noqa: S704  # a template's own markup, values escaped

    # To the assistants, once a day

    @api.model
    def _send_digest(self):
        """The daily cron: one mail an assistant on what came in since the last one."""
        cron = self.env["ir.cron"]
        fresh = self.search(
            [
                ("state", "=", "submitted"),
                ("first_review", "=", "pending"),
                ("announced_at", "=", False),
            ]
        )
        departments = fresh.department_id.filtered("assistant_ids")
        cron._commit_progress(remaining=len(departments))
        for department in departments:
            mine = fresh.filtered(lambda row, home=department: row.department_id == home)
            mine._mail_digest(department)
            for application in mine:
                application._set({"announced_at": fields.Datetime.now()})
            if not cron._commit_progress(1):
                return

    def _mail_digest(self, department):
        """Numbers, and no names: a mail lies in many places."""
        domain = [("department_id", "=", department.id), ("step", "=", "first")]
        waiting = self.search_count(domain)
        for user in department.assistant_ids.filtered("active"):
            if not email_normalize(user.email or ""):
                continue
            there = self.with_context(lang=user.lang or self.env.lang)
            body = there.env["ir.qweb"]._render(
                "ntue_graduation.mail_digest",
                {
                    "name": user.name,
                    "department": department.with_env(there.env).name,
                    "numbers": self.mapped("slip_number"),
                    "waiting": waiting,
                    "desk": f"{self.browse().get_base_url()}/odoo/"
                    "action-ntue_graduation.action_application_desk",
                },
                lang=there.env.lang,
            )
            subject = there.env._("%s graduation applications have come in", len(self))
            there._queue_mail(subject, body, user.email)
