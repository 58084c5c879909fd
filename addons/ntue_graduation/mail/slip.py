"""The slip in the student's own mailbox, for who has a phone and no printer (170–176)."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ntue_curriculum.office_mail import language_of, queue_mail
from odoo.addons.ntue_curriculum.paragraphs import as_paragraphs
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..papers.slip import Use, slip_name, slip_use

PAUSE = timedelta(minutes=10)
"""Between two mails of one slip: a mail takes a moment, and impatience sends no second one."""


def mail_slip(application):
    """Mail the official slip to the student; the address, for the page to tell.

    ``application``: the signed-in student's own. UserError while nothing is submitted, of one
    that has lapsed, without an address, and when it has just been sent. A draft copy is never
    mailed. Where no signed slip is waited for, the mail says that it is a copy for her records.
    """
    application.ensure_one()
    env, student = application.env, application.student_id
    application._wait_turn()
    if application._is_draft_copy():
        raise UserError(env._("Submit the application first: a draft is mailed to nobody."))
    use = slip_use(application)
    if not use:
        raise UserError(env._("This application does not count any more: its slip is not mailed."))
    address = email_normalize(student.email or "")
    if not address:
        raise UserError(env._("Your profile has no e-mail. Enter one there, then try again."))
    sent, now = application.slip_mailed_at, fields.Datetime.now()
    if sent and now - sent < PAUSE:
        raise UserError(
            env._(
                "The slip was sent to %s a moment ago. Look among unwanted mails, too; you can "
                "send it again in ten minutes.",
                address,
            )
        )
    content, _kind = env["ir.actions.report"]._render_qweb_pdf(
        "ntue_graduation.report_slip", application.ids
    )
    there = application.with_context(lang=language_of(env, student.partner_id)).env
    subject, text = _words(there, use, application._number())
    queue_mail(
        there,
        subject,
        as_paragraphs(text),
        address,
        papers={f"{slip_name(application)}.pdf": content},
        private=not application.submitted_at,
    )
    application.sudo()._set({"slip_mailed_at": now})
    return address


def _words(env, use, number):
    """Subject and text of the mail, in the language of ``env``."""
    if use == Use.SIGN:
        text = env._(
            "Enclosed is the slip of your graduation application %s. Print it on A4, sign it "
            "and hand it to the assistant of your department: only then is the application "
            "complete.",
            number,
        )
        return env._("Your slip to print: %s", number), text
    text = env._(
        "Enclosed is the slip of your graduation application %s, as a copy for your records. "
        "This copy is neither to be signed nor to be handed in.",
        number,
    )
    return env._("A copy of your slip: %s", number), text
