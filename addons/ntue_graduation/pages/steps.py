"""Where an application is, in words, and what its student does next (116, 126, D24)."""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.clock import taipei_day, taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date

from ..steps.registry import GUARDS
from .conditions import department_office, window_office

DONE, CURRENT, AHEAD, STOPPED = "done", "current", "ahead", "stopped"


class Step(NamedTuple):
    """One step of the way: ``state`` is done, current, ahead or stopped."""

    key: str
    title: str
    state: str
    words: str


class Next(NamedTuple):
    """What the student does next: by which day (ROC, or empty) and where (or empty)."""

    text: str
    day: str = ""
    place: str = ""
    waits: bool = False
    """Nothing to do but wait for others."""


def steps(application):
    """Submitted, paper, first review, second review, completed: each with its state."""
    application.ensure_one()
    rows = [
        ("submitted", application.env._("Submission"), *_submitted(application)),
        ("paper", application.env._("Paper handed in"), *_paper(application)),
        ("first", application.env._("First review"), *_review(application, "first")),
        ("second", application.env._("Second review"), *_review(application, "second")),
        ("completed", application.env._("Completion of leaving"), *_completed(application)),
    ]
    if application.department_id.sudo().is_paperless and not application.paper_received_on:
        rows = [row for row in rows if row[0] != "paper"]
    way, reached = [], False
    for key, title, state, words in rows:
        # What comes after the first open step is ahead; after lapsing nothing is.
        if state == CURRENT and (reached or application.state == "lapsed"):
            state = AHEAD
        reached = reached or state in (CURRENT, STOPPED)
        way.append(Step(key, title, state, words or _words_of(application, state)))
    return way


def _words_of(application, state):
    words = {
        DONE: application.env._("Done"),
        CURRENT: application.env._("Now"),
        AHEAD: application.env._("Not yet"),
        STOPPED: application.env._("Stopped"),
    }
    return words[state]


def _submitted(application):
    if application.state == "draft" and application.first_review == "returned":
        return CURRENT, application.env._("Returned for correction")
    if application.state == "draft" or not application.submitted_at:
        return CURRENT, application.env._("Not submitted")
    return DONE, roc_date(taipei_day(application.submitted_at))


def _paper(application):
    if application.paper_received_on and application.state != "draft":
        return DONE, roc_date(application.paper_received_on)
    return CURRENT, ""


def _review(application, which):
    verdict = application[f"{which}_review"]
    names = dict(application._fields[f"{which}_review"]._description_selection(application.env))
    words = names["pending" if application.state == "draft" else verdict]
    if application.state == "draft":
        return CURRENT, words
    return {"passed": DONE, "failed": STOPPED}.get(verdict, CURRENT), words


def _completed(application):
    if application.state == "completed":
        return DONE, roc_date(application.completed_at and taipei_day(application.completed_at))
    if application.state == "lapsed":
        return STOPPED, application.env._("Lapsed")
    return CURRENT, ""


def next_step(application):
    """The one thing to do next, with its day and its place."""
    application.ensure_one()
    if application.state == "draft":
        return _next_of_draft(application)
    if application.state == "completed":
        return Next(application.env._("Your graduation is completed. Congratulations."), waits=True)
    if application.state == "lapsed":
        return Next(
            application.env._(
                "This application does not count any more. Apply again in the term in which "
                "you leave, and tick the flexible courses again."
            )
        )
    return _next_of_submitted(application)


def _next_of_draft(application):
    window = application.window_id.sudo()
    if application.first_review == "returned":
        text = application.env._(
            "Correct it and submit it again: %s", application.shown_reason or ""
        )
        return Next(text, roc_date(application.shown_deadline))
    closed = GUARDS["window_open"](application)
    if closed:
        return Next(closed, place=_office_text(department_office(application.student_id)))
    permit = application.student_id._permits_in_force()._keep_open(window)[:1]
    if not application.saved_at:
        text = application.env._("Nothing is saved yet: continue, save the draft, then submit it.")
    else:
        text = application.env._(
            "Only saved, not submitted: nobody but you can see it, and nobody can review "
            "it. Check it and submit it."
        )
    return Next(text, roc_date(permit.date_end or window.date_close))


def _next_of_submitted(application):
    window = application.window_id.sudo()
    department = _office_text(department_office(application.student_id))
    registrar = _office_text(window_office(application.student_id, window))
    leave = roc_date(window.date_leave)
    if application.first_review == "failed":
        text = application.env._(
            "Your first review has not passed: %s Ask your department.",
            application.shown_reason or "",
        )
        return Next(text, place=department)
    if application.first_review != "passed" and application._awaits_paper():
        text = application.env._(
            "Print the slip, sign it and hand it in. It is reviewed only then."
        )
        due = window._first_due()
        return Next(text, roc_date(due) if due >= taipei_today() else "", department)
    if application.first_review != "passed":
        text = application.env._("Nothing: your department reviews the application.")
        return Next(text, roc_date(window._first_due()), department, waits=True)
    if application.second_review == "failed":
        text = application.env._(
            "Your second review has not passed: %s Ask the office.",
            application.shown_reason or "",
        )
        return Next(text, place=registrar)
    if application.second_review != "passed":
        text = application.env._(
            "Go through the leaving procedure. The second review follows when all grades are there."
        )
        return Next(text, leave, registrar)
    text = application.env._("Complete the leaving procedure and collect your diploma.")
    return Next(text, leave, registrar)


def _office_text(office):
    """An office in one line, as it is printed after “where”."""
    return " ".join(filter(None, office))
