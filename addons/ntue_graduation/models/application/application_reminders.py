"""Mails that keep an application from being forgotten; texts are the registrar's.

Only those who began are reminded (8). A mail on a draft goes to its student and is no part
of the application's messages: staff never learn of a draft, nor later that there was one
(148, I9, I10).
"""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_day, taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError
from odoo.tools import email_normalize

_logger = logging.getLogger(__name__)

CLOSING_DAYS = 3
"""Days before the last one on which whoever keeps a draft is reminded."""

WEEK = 7
"""Days between two reminders of the slip."""

PLACES = (
    "object.student_id.name",
    "object.student_id.student_no",
    "object.department_id.name",
    "object.department_id.phone",
    "object.reminder_term",
    "object.reminder_last_day",
    "object.window_id.contact_name",
    "object.window_id.contact_phone",
)
"""What the text of a mail may name: fields, and no code."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    reminder_term = fields.Char(compute="_compute_reminder_words")
    reminder_last_day = fields.Char(
        compute="_compute_reminder_words", help="Until when the student may submit, ROC years."
    )

    @api.depends("window_id.date_close", "told_deadline", "first_review")
    def _compute_reminder_words(self):
        for application in self:
            application.reminder_term = application.term_id._short_name()
            application.reminder_last_day = roc_date(application._last_day())

    @api.private
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), *PLACES)

    def _last_day(self):
        """Until when the student may submit: by return, by late permit, or by the window."""
        self.ensure_one()
        window = self.window_id
        if self.told_deadline:
            return self.told_deadline
        permits = self.student_id._permits_in_force()._keep_open(window)
        return max([window.date_close, *permits.mapped("date_end")])

    # What is due

    def _due_reminder(self):
        """``(kind, day)`` of the reminder that is due today, or None.

        A day on which nothing ran is made up for while the mail still helps.
        """
        self.ensure_one()
        today = taipei_today()
        if today > self.window_id.date_leave:
            return None
        if self.state == "draft" and self.first_review == "returned":
            return self._due_return(today)
        if self.state == "draft":
            return self._due_draft(today)
        if self.state == "submitted" and self.first_review == "pending":
            return self._due_paper(today)
        return None

    def _due_draft(self, today):
        """Saved, not submitted: three days before the last day, and on it."""
        last = self._last_day()
        closing = last - timedelta(days=CLOSING_DAYS)
        if not self.saved_at:
            return None
        if today == last:
            return "last_day", last
        if closing <= today < last and taipei_day(self.saved_at) <= closing:
            return "closing", closing
        return None

    def _due_return(self, today):
        """Returned for correction: the day before its own deadline (D12)."""
        if not self.return_deadline:
            return None
        day = self.return_deadline - timedelta(days=1)
        return ("returned", day) if day <= today <= self.return_deadline else None

    def _due_paper(self, today):
        """Submitted, no slip: after some days, then weekly until the first review is due."""
        wait = self.window_id.paper_reminder_days
        if not self._awaits_paper() or not wait:
            return None
        first = taipei_day(self.submitted_at) + timedelta(days=wait)
        weeks = (today - first).days // WEEK
        day = first + timedelta(days=WEEK * weeks)
        if weeks < 0 or (weeks > 0 and day > self.window_id._first_due()):
            return None
        return "paper", day

    # Mailing it

    @api.model
    def _send_reminders(self):
        """The daily cron: mail what is due, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        waiting = [application for application in self._open_ones() if application._to_remind()]
        cron._commit_progress(remaining=len(waiting))
        for application in waiting:
            application._remind()
            if not cron._commit_progress(1):
                return

    @api.model
    def _open_ones(self):
        return self.search(
            [
                ("state", "in", ("draft", "submitted")),
                ("window_id.date_leave", ">=", taipei_today()),
                ("student_id.active", "=", True),
            ],
            order="id",
        )

    def _to_remind(self):
        """``(kind, day)`` of what is due and was not mailed; None if nothing, or no address."""
        due = self._due_reminder()
        if not due or not email_normalize(self.student_id.email or ""):
            return None
        same = [(name, "=", value) for name, value in self._mark(due).items()]
        return None if self.env["ntue.graduation.reminder"].sudo().search_count(same) else due

    def _mark(self, due):
        kind, day = due
        return {
            "student_id": self.student_id.id,
            "term_id": self.term_id.id,
            "kind": kind,
            "day": day,
        }

    def _remind(self):
        """Mail what is due by now and keep that it was; both happen or neither.

        The application is locked and looked at again: it may have been submitted meanwhile.
        """
        self.ensure_one()
        if not self.exists().try_lock_for_update():
            return  # somebody is at it; tomorrow is another day
        self.invalidate_recordset()
        due = self._to_remind()
        if not due:
            return
        try:
            subject, body = self._reminder_text(due[0])
        except UserError:
            _logger.exception("The mail text of the reminder %s cannot be used.", due[0])
            return
        self.env["ntue.graduation.reminder"].sudo().create(self._mark(due))
        self._mail_student(subject, body)

    def _reminder_text(self, kind):
        """Subject and body in the student's language.

        Placeholders only name fields: whoever may edit a text cannot make it tell more.
        """
        template = self.env.ref(f"ntue_graduation.mail_{kind}").sudo()
        lang = self.student_id._mail_language()
        template, there = template.with_context(lang=lang), self.with_context(lang=lang)
        model = self._name
        if template._has_unsafe_expression_template_qweb(
            template.body_html, model
        ) or template._has_unsafe_expression_template_inline_template(template.subject, model):
            raise UserError(self.env._("A mail text may name fields of the application only."))
        subject = template._render_template_inline_template_regex(
            template.subject or "", model, there.ids
        )
        body = template._render_template_qweb_regex(template.body_html or "", model, there.ids)
        return subject[self.id], template._replace_local_links(body[self.id])

    def _mail_student(self, subject, body):
        """Mail the student."""
        self._queue_mail(subject, body, self.student_id.email, self.window_id.contact_email)

    @api.model
    def _queue_mail(self, subject, body, email, reply_to=None):
        """Put a mail of its own into the queue: no message of any record, gone when sent."""
        company = self.env.company
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": body,
                "body": False,
                "email_to": email,
                "email_from": self.env["ntue.student"]._office_sender(),
                "reply_to": reply_to or company.email or False,
                "author_id": company.partner_id.id,
                "message_type": "email_outgoing",
                "model": False,
                "res_id": False,
                "record_name": False,
                "recipient_ids": False,
                "partner_ids": False,
                "auto_delete": True,
                "state": "outgoing",
            }
        )


class Student(models.Model):
    _inherit = "ntue.student"

    def _mail_language(self):
        """The student's own language where it is installed, else that of the papers."""
        lang = self.env["res.lang"]._get_data(code=self.partner_id.lang or "").code
        return lang or self._paper_language()
