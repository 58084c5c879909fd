"""Subjects and bodies: mail templates that the registrar edits, fields and no code in them."""

import logging

from markupsafe import Markup
from odoo.addons.ntue_curriculum.office_mail import language_of
from odoo.exceptions import UserError

from ..pages.next_steps import next_steps, stage_of
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
        "hand_back",
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
    "object.department_id.shown_name",
    "object.department_id.phone",
    "object.reminder_term",
    "object.reminder_last_day",
    "object.window_id.contact_name",
    "object.window_id.contact_phone",
    "object.window_id.extension_reason",
    # In the texts of steps:
    "object.slip_number",
    "object.review_reason",
    "object.supplement_text",
    "object.supplement_day",
)
"""What a text may name: fields, and no code."""


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
    there = _as_read_by_student(application)
    template = template.with_context(lang=there.env.lang)
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
    return subject, _with_what_is_added(application, action, body)


def whole_text(application, template):
    """Subject and body as the student gets them by ``template``, what is added included.

    UserError for a text that holds code.
    """
    subject, body = rendered(application, template)
    body = Markup(body)  # noqa: S704  # a template's own markup, values escaped
    known = application.env["ir.model.data"]
    for action, name in TEXTS.items():
        if known._xmlid_to_res_id(f"ntue_graduation.mail_{name}") == template.id:
            return subject, _with_what_is_added(application, action, body)
    return subject, body


def _with_what_is_added(application, action, body):
    """``body``, below it what was submitted, where that is the step, and what is asked next."""
    there = _as_read_by_student(application)
    parts = [body]
    if action == "submit":
        parts.append(_drawn(there, "mail_receipt", receipt_values(there)))
    if stage_of(there).name not in ENDS:
        parts.append(_drawn(there, "mail_next_steps", {"next_steps": next_steps(there)}))
    return Markup().join(parts)


def _as_read_by_student(application):
    lang = language_of(application.env, application.student_id.partner_id)
    return application.with_context(lang=lang)


def is_wanted(application, action):
    """Whether the student gets a mail of this step: what asks for something or ends it always."""
    return action not in OPTIONAL or not application.student_id.only_pressing_mails


def _drawn(there, template, values):
    return there.env["ir.qweb"]._render(f"ntue_graduation.{template}", values, lang=there.env.lang)


def _text_of_step(application, action, sentence):
    if action not in TEXTS:
        return None, sentence
    try:
        subject, body = text_of(application, TEXTS[action])
    except (UserError, ValueError):
        _logger.exception("The mail text of the step %s cannot be used.", action)
        return None, sentence
    return subject, Markup(body)  # noqa: S704  # a template's own markup, values escaped
