"""The slip in the student's own mailbox, for who has a phone and no printer (170–176)."""

from datetime import timedelta

from odoo import fields
from odoo.addons.ntue_curriculum.office_mail import language_of, queue_mail
from odoo.addons.ntue_curriculum.paragraphs import as_paragraphs
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..papers.slip import slip_name

PAUSE = timedelta(minutes=10)
"""Between two mails of one slip: a mail takes a moment, and impatience sends no second one."""


def mail_slip(application):
    """Mail the official slip to the student; the address, for the page to tell.

    ``application``: the signed-in student's own. UserError while nothing is submitted, without
    an address, and when it has just been sent. A draft copy is never mailed.
    """
    application.ensure_one()
    env, student = application.env, application.student_id
    application._wait_turn()
    if application._is_draft_copy():
        raise UserError(env._("Submit the application first: a draft is mailed to nobody."))
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
    queue_mail(
        there,
        there._("Your slip to print: %s", application._number()),
        as_paragraphs(
            there._(
                "Enclosed is the slip of your graduation application %s. Print it on A4, sign it "
                "and hand it to the assistant of your department: only then is the application "
                "complete.",
                application._number(),
            )
        ),
        address,
        papers={f"{slip_name(application)}.pdf": content},
        private=not application.submitted_at,
    )
    application.sudo()._set({"slip_mailed_at": now})
    return address
