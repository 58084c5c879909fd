"""What a reviewer sees to before a decision."""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text
from odoo.tools.i18n import format_list

from ...cases import without_place
from ...pages.review import short_text
from ..registry import guard


@guard
def not_own(application):
    if application.student_id.sudo().partner_id == application.env.user.partner_id:
        return application.env._("Nobody reviews their own application. Ask a colleague.")
    return None


@guard
def paper_received(application):
    if application._awaits_paper():
        return application.env._("Record the day on which the signed slip was handed in.")
    return None


@guard
def rows_decided(application):
    env = application.env
    open_rows = application.line_ids._to_decide()
    if open_rows:
        return env._("Decide on: %s.", format_list(env, open_rows.mapped("name")))
    if gone := without_place(application):
        return env._(
            "The student's framework is another one since, and has no more what was decided for: "
            "%s. Decide on the course again, or take the exception back.",
            format_list(env, gone),
        )
    return None


@guard
def checked_by_hand(application):
    if application.student_id.reference_only and not application.hand_checked:
        return application.env._(
            "The classification of this entry year is for reference only. "
            "Check the courses by hand and tick “Checked by hand”."
        )
    return None


@guard
def reason_given(application):
    if not (application.review_reason or "").strip():
        return application.env._("Give a reason; the student will read it.")
    return None


@guard
def hand_back_reason_given(application):
    """One office tells it the other: ``SHOWN`` of the log is by ``reason_given``."""
    if not (application.review_reason or "").strip():
        return application.env._(
            "Say why it is handed back: the department reads it, and the student does not."
        )
    return None


@guard
def return_deadline_given(application):
    sentence = application.env._("Give a day until which the student may submit again.")
    return _day_refused(application, application.return_deadline, sentence)


@guard
def step_reason_given(application):
    if not (application.step_reason or "").strip():
        return application.env._("Say why; it is kept in the log.")
    return None


@guard
def step_deadline_given(application):
    sentence = application.env._("Give a day, today or later, until which it is needed.")
    return _day_refused(application, application.step_deadline, sentence)


def _day_refused(application, day, sentence):
    """Why the student cannot be asked to answer until ``day``, and what to do; None if she can.

    ``sentence``: what is said where no day is given, or one that is past.
    """
    env, last, today = application.env, application.window_id.date_leave, taipei_today()
    if last < today:
        return env._(
            "The final leaving date was %s: the application is about to lapse, and no day can be "
            "given any more. Ask the registrar's office to move that date first.",
            day_text(env, last),
        )
    if not day or day < today:
        return sentence
    if day > last:
        return env._(
            "The application lapses after the final leaving date, %s. Give that day or one before "
            "it, or ask the registrar's office to move that date first.",
            day_text(env, last),
        )
    return None


@guard
def no_supplement_open(application):
    if application.supplement_is_open:
        return application.env._(
            "The supplement asked for on %s is still open. Mark it as received, or take the "
            "request back.",
            day_text(application.env, application.supplement_requested_on),
        )
    return None


@guard
def supplement_open(application):
    if not application.supplement_is_open:
        return application.env._("No supplement is being waited for.")
    return None


@guard
def short_as_seen(application):
    """Nobody passes what has become short since the page was opened, without being asked.

    The form says with the click what it showed as short (``ntue_short``), blank for nothing: it
    asks before something short is passed. A call without that is whatever its caller knows.
    """
    seen = application.env.context.get("ntue_short")
    if not isinstance(seen, str):
        return None
    now = short_text(application)
    if not now or now == seen:
        return None
    return application.env._(
        "Something has changed since you opened this page, and it is short now: %s Reload the "
        "page, and pass it again if it shall pass all the same.",
        now,
    )
