"""To the offices of a division: its period was extended. Students are told by the reminders."""

from odoo.addons.ntue_curriculum.days import day_text
from odoo.addons.ntue_curriculum.office_mail import language_of, queue_mail
from odoo.addons.ntue_curriculum.paragraphs import as_paragraphs
from odoo.tools import email_normalize


def mail_offices(window):
    """One mail for each assistant and each department that has programs of the window."""
    for address, lang in _reached(window).items():
        there = window.with_context(lang=lang)
        subject = there.env._(
            "%(window)s: applications are taken until %(day)s",
            window=there.display_name,
            day=day_text(there.env, there.date_close),
        )
        reason = there.env._(
            "The period was extended; the day announced first was %(day)s. Reason: %(reason)s",
            day=day_text(there.env, there.extended_from),
            reason=there.extension_reason,
        )
        queue_mail(there.env, subject, as_paragraphs(reason), address, there.contact_email)


def _reached(window):
    """The language by address. Which offices there are is no secret of anybody."""
    env = window.env
    domain = [("division", "=", window.division)]
    if window.kind:
        domain.append(("kind", "=", window.kind))
    departments = env["ntue.program"].search(domain).department_id
    reached = {}
    for user in departments.assistant_ids.filtered("active"):
        if email_normalize(user.email or ""):
            reached[email_normalize(user.email)] = language_of(env, user.partner_id)
    paper = env["ntue.student"]._paper_language()
    for department in departments:
        if email_normalize(department.email or ""):
            reached.setdefault(email_normalize(department.email), paper)
    return reached
