"""What the notice says today, and whom it concerns (4–30)."""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text

CAUTIONS = ("caution", "submit_caution", "draft_caution", "validity_notice")
"""What students are warned of, in the order in which it may meet them."""


def state_sentence(window):
    """Whether applications are taken today, until or from when, and why longer than announced."""
    window.ensure_one()
    sentence = _state(window)
    if not window._is_extended():
        return sentence
    extended = window.env._(
        "The period was extended; the day announced first was %(day)s. Reason: %(reason)s",
        day=day_text(window.env, window.extended_from),
        reason=window.extension_reason,
    )
    return f"{sentence} {extended}"


def _state(window):
    env, today = window.env, taipei_today()
    if window._is_open_on(today):
        left = (window.date_close - today).days
        if not left:
            return env._("Applications are taken. Today is the last day.")
        return env._(
            "Applications are taken until %(last)s (days left: %(days)s).",
            last=day_text(env, window.date_close),
            days=left,
        )
    if today < window.date_open:
        return env._("Applications are taken from %s.", day_text(env, window.date_open))
    return env._("The period ended on %s.", day_text(env, window.date_close))


def cautions(window):
    """What students are warned of, a sentence each."""
    return [sentence for name in CAUTIONS for sentence in window._sentences(name)]


def announced_window(student):
    """The window whose notice concerns this student now: none after the leaving date."""
    student.ensure_one()
    window = student.env["ntue.graduation.window"]._for_student(student)
    return window.filtered(lambda row: taipei_today() <= row.date_leave)


def public_windows(env):
    """The windows of which everybody may read the notice: none after its leaving date.

    The registrar says of each whether it is published; what it names of people is the case
    officer.
    """
    windows = env["ntue.graduation.window"].sudo()
    published = [("notice_is_public", "=", True), ("date_leave", ">=", taipei_today())]
    return windows.search(published, order="date_open, id")


def public_notice(env, number=None):
    """Values of the notice for visitors: that of the window ``number``, else of the first."""
    windows = public_windows(env)
    window = windows.filtered(lambda row: row.id == number) or windows[:1]
    return {"windows": windows, **_notice(window)}


def notice_page(student):
    """Values of the notice of the window that concerns ``student``."""
    return _notice(announced_window(student))


def _notice(window):
    return {
        "window": window,
        "state": window and state_sentence(window),
        "cautions": window and cautions(window),
    }
