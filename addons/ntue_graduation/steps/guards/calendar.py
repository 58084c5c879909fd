"""The days of a term: when it is applied, left and lapsed."""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date

from ...periods import not_open_sentence
from ..registry import guard


@guard
def window_open(application):
    today = taipei_today()
    deadline = application.told_deadline
    window = application.window_id
    if window._is_open_on(today) or (deadline and today <= deadline):
        return None
    if application.student_id._permits_in_force()._keep_open(window):  # D13
        return None
    if today < window.date_open:
        return not_open_sentence(application.env, window)
    return application.env._(
        "Applications were taken from %(first)s to %(last)s. "
        "Ask the assistant of your department what can still be done.",
        first=roc_date(window.date_open),
        last=roc_date(deadline or window.date_close),
    )


@guard
def left_by_today(application):
    if application.left_on and application.left_on > taipei_today():
        return application.env._("The day of leaving is not in the future.")
    return None


@guard
def leave_passed(application):
    if application.window_id.date_leave >= taipei_today():
        return application.env._("The final leaving date has not passed yet.")
    return None
