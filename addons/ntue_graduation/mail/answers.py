"""What a student and the office write to each other about an application."""

import logging
from datetime import date
from email.utils import parseaddr
from typing import NamedTuple

from markupsafe import Markup
from odoo.addons.ntue_curriculum.clock import taipei_time, taipei_today
from odoo.addons.ntue_curriculum.days import minute_text
from odoo.addons.ntue_curriculum.office_mail import language_of, queue_mail
from odoo.addons.ntue_curriculum.paragraphs import as_paragraphs
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from .. import tasks, workflow
from ..pages.offices import office_to_call

_logger = logging.getLogger(__name__)

LONGEST = 2000
"""Characters of an answer."""

A_DAY = 5
"""Messages of one student on one application a day; uploaded files have a number of their own."""


def office_in_charge(application):
    """Name and address of the office whose turn it is: department, then registrar."""
    window, department = application.window_id, application.student_id.department_id
    if application.first_review == "passed" and email_normalize(window.contact_email or ""):
        return window.contact_name, window.contact_email
    return department.name, department.email


def not_now(application, reason, lost):
    """Why nothing can be sent about ``application`` where it is, for the user who tried.

    A student had the page open from before: she reads what happened since, ``lost``, a sentence
    on what became of what she sent, and whom to call. ``reason``: its name in the server's log.
    """
    env, position = application.env, application._position()
    if workflow.Role.STUDENT not in application._roles():
        return application._refusal(position, reason)
    application._note_refusal("/".join(position), reason)
    if position.state == "lapsed":
        happened = env._("Your application has lapsed.")
    elif workflow.is_new(position):
        happened = env._("Your application is a draft, which nobody but you can see.")
    else:
        happened = env._("Your application was returned to you for correction.")
    return " ".join((happened, lost, whom_to_call(application)))


def whom_to_call(application):
    """A sentence that names the office with its phone."""
    return application.env._("Call, or write to: %s", office_to_call(application).line)


def check_answer(application, text):
    """UserError unless the user may write ``text`` now."""
    env = application.env
    if not application._may_answer():
        lost = env._("Your message was not sent; copy it below if you need it.")
        raise UserError(not_now(application, "no_answer_here", lost))
    if not isinstance(text, str) or len(text) > LONGEST or "\0" in text:
        raise UserError(env._("Write at most %s characters. Shorten your message.", LONGEST))
    if not text.strip():
        raise UserError(env._("Write something before you send it."))
    application._wait_turn()
    own = [row for row in exchanged(application) if row.own and not row.files]
    today = [row for row in own if row.day == taipei_today()]
    if len(today) >= A_DAY:
        raise UserError(
            env._(
                "You have written %s messages today. Wait until tomorrow, or call the department.",
                A_DAY,
            )
        )


class Message(NamedTuple):
    """One message between the student and the office; ``who``: to the student an office, no name.

    ``when``: for the reader; ``own``: the student's; ``files``: names of what is attached.
    """

    when: str
    day: date
    who: str
    own: bool
    body: Markup
    files: list[str]


def exchanged(application):
    """What the student and the office wrote to each other as ``Message``, latest first.

    What is sent at every step is left out. About a new application nobody has written.
    """
    if workflow.is_new(application._position()):
        return []
    env = application.env
    place = application.sudo().correspondence_ids
    messages = env["mail.message"].search(
        [
            ("model", "=", place._name),
            ("res_id", "in", place.ids),
            ("author_id", "!=", env["ntue.student"]._office_author().id),
        ],
        order="id desc",
    )
    student = application.student_id.partner_id
    return [
        Message(
            when=minute_text(env, moment),
            day=moment.date(),
            who=env._("You") if own else parseaddr(message.reply_to or "")[0],
            own=own,
            body=message.body,
            files=message.sudo().attachment_ids.mapped("name"),
        )
        for message in messages
        for own in [message.author_id == student]
        for moment in [taipei_time(message.date)]
    ]


def written(env, number):
    """That the student of application ``number`` has written, for the office: subject and text."""
    return (
        env._("A student has written: %s", number),
        env._(
            "The student of application %s has written to you. Sign in to read it: a "
            "mail does not carry it.",
            number,
        ),
    )


def _way_there(env, application):
    """The link by which the office opens the application, for a mail."""
    place = f"/odoo/action-ntue_graduation.action_application_all/{application.id}"
    return Markup('<p><a href="{}">{}</a></p>').format(
        application.get_base_url() + place, env._("Open the application")
    )


def tell_office(application, kind, words):
    """Put it on the list of whose turn it is, and mail the office that there is something.

    ``kind``: of the task (``tasks``); ``words``: a function of an ``env`` and the application's
    number: subject and text in the language of that ``env``. Whether anybody is reached; that
    nobody was is kept in the server's log, in numbers.
    """
    env = application.env
    reached = bool(tasks.begin(application, kind))
    _name, address = office_in_charge(application)
    if email_normalize(address or ""):
        lang = language_of(env, env["ntue.student"]._office_author())
        there = env(context={**env.context, "lang": lang})
        subject, text = words(there, application._number())
        body = as_paragraphs(text) + _way_there(there, application)
        queue_mail(there, subject, body, email_normalize(address))
        reached = True
    if not reached:
        _logger.info(
            "application %s: nobody could be notified (%s)", application.id, kind.split(".")[-1]
        )
    return reached
