"""Subjects and bodies: mail templates that the registrar edits, fields and no code in them."""

import logging

from markupsafe import Markup
from odoo.addons.ntue_curriculum import office_mail
from odoo.exceptions import UserError

from ..pages.tasks import stage_of, tasks
from .receipt import receipt_values

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
"""The mail template of each step of the log; of other steps one sentence is sent."""

ENDS = ("completed", "lapsed")
"""Stages of which the text of the step has said everything."""

OPTIONAL = frozenset(
    {
        "receive_paper",
        "pass_first",
        "pass_second",
        "take_back_first",
        "take_back_second",
        "accept_profile",
        "supplement_received",
        "withdraw_supplement",
    }
)
"""Steps of which a student may choose to get no mail: nothing is asked, and nothing ends."""

PLACES = (
    "object.student_id.name",
    "object.student_id.student_no",
    "object.department_id.name",
    "object.department_id.phone",
    "object.reminder_term",
    "object.reminder_last_day",
    "object.window_id.contact_name",
    "object.window_id.contact_phone",
    # In the texts of steps:
    "object.slip_number",
    "object.review_reason",
    "object.supplement_text",
    "object.supplement_day",
)
"""What a text may name: fields, and no code."""


def language_of(student):
    """The language in which the student is written to."""
    return office_mail.language_of(student.env, student.partner_id)


def text_of(application, kind):
    """Subject and body of the template ``mail_<kind>``, in the student's language.

    Placeholders only name fields: nobody who may edit a text can make it say more. UserError
    for a text that does not keep to that.
    """
    env = application.env
    # Not env.ref, which asks the database each time whether it is there: reading it tells.
    number = env["ir.model.data"]._xmlid_to_res_id(f"ntue_graduation.mail_{kind}", True)
    template = env["mail.template"].sudo().browse(number)
    return rendered(application, template)


def rendered(application, template):
    """Subject and body of ``template`` for ``application``; UserError for one that holds code."""
    env = application.env
    lang = language_of(application.student_id)
    template, there = template.with_context(lang=lang), application.with_context(lang=lang)
    model = application._name
    if (
        template.model != model
        or template._has_unsafe_expression_template_qweb(template.body_html, model)
        or template._has_unsafe_expression_template_inline_template(template.subject, model)
    ):
        raise UserError(env._("A mail text may name fields of the application only."))
    subject = template._render_template_inline_template_regex(
        template.subject or "", model, there.ids
    )
    body = template._render_template_qweb_regex(template.body_html or "", model, there.ids)
    return subject[application.id], template._replace_local_links(body[application.id])


def step_text(application, action, sentence):
    """Subject and body for the student, with what is asked next.

    Without a template that can be used the body begins with ``sentence``.
    """
    subject, body = _text_of_step(application, action, sentence)
    parts = [body, asked_next(application)]
    if action == "submit":
        there = application.with_context(lang=language_of(application.student_id))
        parts.insert(1, _drawn(there, "mail_receipt", receipt_values(there)))
    return subject, Markup().join(parts)


def is_wanted(application, action):
    """Whether the student gets a mail of this step: what asks for something or ends it always."""
    return action not in OPTIONAL or not application.student_id.only_pressing_mails


def _drawn(there, template, values):
    return there.env["ir.qweb"]._render(f"ntue_graduation.{template}", values, lang=there.env.lang)


def asked_next(application):
    """What is asked of the student now, in the student's language; blank at the end."""
    there = application.with_context(lang=language_of(application.student_id))
    if stage_of(there).name in ENDS:
        return Markup()
    return _drawn(there, "mail_tasks", {"tasks": tasks(there)})


def _text_of_step(application, action, sentence):
    if action not in TEXTS:
        return None, sentence
    try:
        subject, body = text_of(application, TEXTS[action])
    except (UserError, ValueError):
        _logger.exception("The mail text of the step %s cannot be used.", action)
        return None, sentence
    return subject, Markup(body)  # noqa: S704  # a template's own markup, values escaped


queue_mail = office_mail.queue_mail
"""How a mail that is no message of a record leaves."""
