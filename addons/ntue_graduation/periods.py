"""Until when a student may start, submit or correct: by window, late permit or return.

Days are Taipei days, each until 24:00 (D12–D14).
"""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text


def last_day_of(student, window):
    """Until when this student may start an application in ``window``: its end, or a permit's."""
    permits = student._permits_in_force()._keep_open(window)
    return max([window.date_close, *permits.mapped("date_end")])


def last_day(application):
    """Until when the student may submit: as the return asks, else by late permit or window.

    A return may pass the end of the period (D12) and does not shorten it: once its own day is
    over, what else keeps the period open holds.
    """
    latest = last_day_of(application.student_id, application.window_id.sudo())
    asked = application.shown_deadline
    return asked if asked and (asked >= taipei_today() or asked > latest) else latest


def over_sentence(env, first, last):
    """That applications were taken from the day ``first`` to ``last``, for the student."""
    return env._(
        "Applications were taken from %(first)s to %(last)s. "
        "Ask the assistant of your department what can still be done.",
        first=day_text(env, first),
        last=day_text(env, last),
    )


def not_open_sentence(env, window):
    """That the period of ``window`` has not begun, for the student."""
    return env._(
        "Applications are taken from %(first)s to %(last)s. Come back then.",
        first=day_text(env, window.date_open),
        last=day_text(env, window.date_close),
    )
