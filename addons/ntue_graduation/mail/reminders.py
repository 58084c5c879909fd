"""Mails that keep an application from being forgotten; texts are the registrar's.

Only those who began are reminded (8). A mail on a draft goes to its student and is no part
of the application's messages: staff never learn of a draft, nor later that there was one
(148, I9, I10).
"""

import logging
from datetime import timedelta

from odoo.addons.ntue_curriculum.clock import taipei_day, taipei_today
from odoo.addons.ntue_curriculum.office_mail import queue_mail
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..periods import last_day
from .texts import text_of

_logger = logging.getLogger(__name__)

CLOSING_DAYS = 3
"""Days before the last one on which a saved draft is called to mind."""

WEEK = 7
"""Days between two reminders of the slip."""


# What is due


def due_reminder(application):
    """``(kind, day)`` of the reminder that is due today, or None.

    A day on which nothing ran is made up for while the mail still helps.
    """
    today = taipei_today()
    if today > application.window_id.date_leave:
        return None
    if application.state == "draft" and application.first_review == "returned":
        return _due_return(application, today)
    if application.state == "draft":
        return _due_draft(application, today)
    if application.state == "submitted" and application.first_review == "pending":
        return _due_paper(application, today)
    return None


def _due_extension(application):
    """Not submitted, and there is more time than was said; told once for each new last day."""
    window, today = application.window_id, taipei_today()
    if window._is_extended() and application.state == "draft" and today <= window.date_close:
        return "extended", window.date_close
    return None


def _due_draft(application, today):
    """Saved, not submitted: three days before the last day, and on it."""
    last = last_day(application)
    closing = last - timedelta(days=CLOSING_DAYS)
    if not application.saved_at:
        return None
    if today == last:
        return "last_day", last
    if closing <= today < last and taipei_day(application.saved_at) <= closing:
        return "closing", closing
    return None


def _due_return(application, today):
    """Returned for correction: the day before its own deadline (D12), and before the last day."""
    last = last_day(application)
    day = last - timedelta(days=1)
    return ("returned", day) if application.return_deadline and day <= today <= last else None


def _due_paper(application, today):
    """Submitted, no slip: after some days, then weekly until the first review is due."""
    wait = application.window_id.paper_reminder_days
    if not application._awaits_paper() or not wait:
        return None
    first = taipei_day(application.submitted_at) + timedelta(days=wait)
    weeks = (today - first).days // WEEK
    day = first + timedelta(days=WEEK * weeks)
    if weeks < 0 or (weeks > 0 and day > application.window_id._first_due()):
        return None
    return "paper", day


# Mailing it


def send_due(applications):
    """Mail what is due, each in a transaction of its own; ``applications``: the model."""
    cron = applications.env["ir.cron"]
    waiting = [application for application in _open(applications) if to_remind(application)]
    cron._commit_progress(remaining=len(waiting))
    for application in waiting:
        remind(application)
        if not cron._commit_progress(1):
            return


def _open(applications):
    return applications.search(
        [
            ("state", "in", ("draft", "submitted")),
            ("window_id.date_leave", ">=", taipei_today()),
            ("student_id.active", "=", True),
        ],
        order="id",
    )


def to_remind(application):
    """``(kind, day)`` of what is due and was not mailed; None if nothing, or no address."""
    if not email_normalize(application.student_id.email or ""):
        return None
    reminders = application.env["ntue.graduation.reminder"].sudo()
    for due in (_due_extension(application), due_reminder(application)):
        same = (
            [(name, "=", value) for name, value in _mark(application, due).items()] if due else []
        )
        if due and not reminders.search_count(same):
            return due
    return None


def _mark(application, due):
    kind, day = due
    return {
        "student_id": application.student_id.id,
        "term_id": application.term_id.id,
        "kind": kind,
        "day": day,
    }


def remind(application):
    """Mail what is due by now and keep that it was; both happen or neither.

    The application is locked and looked at again: it may have been submitted meanwhile.
    """
    if not application.exists().try_lock_for_update():
        return  # somebody is at it; tomorrow is another day
    application.invalidate_recordset()
    due = to_remind(application)
    if not due:
        return
    try:
        subject, body = text_of(application, due[0])
    except UserError:
        _logger.exception("The mail text of the reminder %s cannot be used.", due[0])
        return
    application.env["ntue.graduation.reminder"].sudo().create(_mark(application, due))
    mail_student(application, subject, body)


def mail_student(application, subject, body):
    student, window = application.student_id, application.window_id
    queue_mail(
        application.env,
        subject,
        body,
        student.email,
        window.contact_email,
        private=not application.submitted_at,
    )
