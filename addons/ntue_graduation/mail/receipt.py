"""The receipt of a submission: what the mail repeats, and what is attached to it."""

import logging

from odoo.addons.ntue_curriculum.office_mail import language_of
from odoo.exceptions import UserError

from ..papers.calendar import MIMETYPE, calendar_file, deadlines
from ..papers.slip import slip_name, slip_use

_logger = logging.getLogger(__name__)

SUBTYPE = "ntue_graduation.mt_receipt"
"""By this a mail of the queue is known as a receipt when it is sent."""

REPORT = "ntue_graduation.report_slip"


def receipt_values(application):
    """What was submitted, for the mail: number, ticked courses, credits."""
    return {
        "number": application._number(),
        "ticks": application.line_ids.filtered("ticked").mapped("label"),
    }


def attached(application):
    """Slip and calendar for the receipt: name, bytes, type of each; and what they are, as HTML.

    Made when the mail is sent, by the queue: nobody waits for a paper while submitting. Of
    what was returned meanwhile no slip is sent, and no calendar where there is no day to keep.
    """
    slip = _slip(application)
    lang = language_of(application.env, application.student_id.partner_id)
    there = application.with_context(lang=lang)
    days = _days(there)
    values = {"slip": bool(slip), "days": bool(days), "use": slip_use(application)}
    words = there.env["ir.qweb"]._render("ntue_graduation.mail_attached", values, lang=lang)
    return [*slip, *days], words


def _days(application):
    entries = deadlines(application)
    if not entries:
        return []
    return [(f"{application._number()}.ics", calendar_file(application, entries), MIMETYPE)]


def _slip(application):
    there = application.with_context(lang=application.student_id._paper_language())
    if application._is_draft_copy():
        return []
    try:
        content, _kind = there.env["ir.actions.report"]._render_qweb_pdf(REPORT, there.ids)
    except UserError as error:  # the printer is busy, or no typeface has a character of it
        _logger.warning("The receipt of application %s has no slip: %s", application.id, error)
        return []
    return [(f"{slip_name(there)}.pdf", content, "application/pdf")]
