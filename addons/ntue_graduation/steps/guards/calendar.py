"""The days of a term: when it is applied, left and lapsed."""

from odoo.addons.ntue_curriculum.clock import taipei_time, taipei_today
from odoo.addons.ntue_curriculum.days import day_text, minute_text

from ...pages.deferral import deferral_sentence
from ...periods import not_open_sentence, over_sentence
from ..registry import guard

ENDING = ("complete", "lapse")
"""Steps after which an application waits for nobody."""


@guard
def window_open(application):
    today = taipei_today()
    deadline = application.shown_deadline
    window = application.window_id
    if window._is_open_on(today) or (deadline and today <= deadline):
        return None
    if application.student_id._permits_in_force()._keep_open(window):  # D13
        return None
    if today < window.date_open:
        return not_open_sentence(application.env, window)
    last = max(filter(None, (deadline, window.date_close)), default=None)
    return over_sentence(application.env, window.date_open, last)


@guard
def left_by_today(application):
    if application.left_on and application.left_on > taipei_today():
        return application.env._("The day of leaving is not in the future.")
    return None


@guard
def not_deferred(application):
    """Nobody leaves in a term and stays on beyond it; which of the two is not ours to say (D36)."""
    if deferred := deferral_sentence(application):
        first = application.env._(
            "Who has deferred the term does not complete in it: revoke the deferral first, with a "
            "reason, if the student leaves after all."
        )
        return f"{deferred} {first}"
    return None


@guard
def received_by_today(application):
    if application.paper_received_on and application.paper_received_on > taipei_today():
        return application.env._("The day on which the slip was handed in is not in the future.")
    return None


@guard
def leave_to_come(application):
    if application.window_id.date_leave < taipei_today():
        return application.env._(
            "The final leaving date was %s: it would lapse again in the night. Move that date in "
            "the application window first.",
            day_text(application.env, application.window_id.date_leave),
        )
    return None


@guard
def diploma_list_open(application):
    """Until the diploma list of the day on which it ended is closed."""
    closed = application.window_id.diploma_closed_at
    ended = application.event_ids.filtered(lambda row: row.action in ENDING)[-1:].happened_at
    if closed and ended and ended <= closed:
        return application.env._(
            "The diploma list was closed on %s: what had ended by then is not taken back.",
            minute_text(application.env, taipei_time(closed)),
        )
    return None


@guard
def leave_passed(application):
    if application.window_id.date_leave >= taipei_today():
        return application.env._("The final leaving date has not passed yet.")
    return None
