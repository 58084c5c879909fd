"""Where an application is on its way, step by step (116, 126, D24); what now is ``next_steps``."""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.clock import taipei_day
from odoo.addons.ntue_curriculum.days import day_text

DONE, CURRENT, AHEAD, STOPPED = "done", "current", "ahead", "stopped"


class Step(NamedTuple):
    """One step of the way: ``state`` is done, current, ahead or stopped."""

    key: str
    title: str
    state: str
    words: str


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
    return DONE, day_text(application.env, taipei_day(application.submitted_at))


def _paper(application):
    if application.paper_received_on and application.state != "draft":
        return DONE, day_text(application.env, application.paper_received_on)
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
        day = application.completed_at and taipei_day(application.completed_at)
        return DONE, day_text(application.env, day)
    if application.state == "lapsed":
        return STOPPED, application.env._("Lapsed")
    return CURRENT, ""
