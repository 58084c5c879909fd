"""Saving the student's form, and the tokens of what its page showed (145–153, D10)."""

import hashlib
import json

from odoo.addons.ntue_curriculum.pages.progress import tick_suggestion
from odoo.exceptions import UserError

from ..steps.guards.submission import foreign_tick


def answers(application):
    """What the form asks beside the ticks, as it is saved: by field."""
    application.ensure_one()
    return {
        "teacher_ed_answer": application.teacher_ed_answer,
        "teacher_ed_confirmed": application.teacher_ed_confirmed,
    }


def is_saved_as(application, ticks, given=()):
    """Whether the saved draft has exactly these ticks and answers (D10)."""
    saved = answers(application)
    return (
        bool(application.saved_at)
        and set(ticks) == set(application.tick_ids.ids)
        and all(saved[name] == value for name, value in dict(given).items())
    )


def version(application, *shown):
    """A token of the saved draft, and of whatever else a page shows: ``shown``.

    A page sends it back, so that what another page changed meanwhile is noticed.
    """
    ticks = application.tick_ids.sorted("id").ids
    values = [application.id, application.saved_at, ticks, answers(application)]
    text = json.dumps([*values, *shown], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def save(application, ticks, sent_version, given=()):
    """Save the form (146). Returns the problems; then nothing changed.

    ``sent_version``: the token that the form was sent with; ``given``: what its other
    questions were answered, by field. Saving what is saved already is no change, so
    that a click too many and a repeated request are harmless.
    """
    application.ensure_one()
    if is_saved_as(application, ticks, given):
        return []
    if sent_version != version(application):
        application._note_refusal("stale_page")
        return [
            application.env._(
                "The draft was changed in another page after this one was opened. What you "
                "see is what you chose here; it is not saved. Save it to keep this choice, "
                "or leave to keep the other one."
            )
        ]
    if set(ticks) - set(application.student_id.enrollment_ids.ids):
        application._note_refusal("ticks_allowed")
        return [foreign_tick(application.env)]
    values = {"tick_ids": [(6, 0, ticks)], **dict(given)}
    return attempt(application, lambda: application.write(values))


def differs_from_saved(application, ticks, given):
    """Why what a page shows cannot be submitted as it is: it is not what is saved (D10)."""
    if is_saved_as(application, ticks, given):
        return []
    application._note_refusal("not_saved")
    return [
        application.env._(
            "What you see differs from the draft that is saved. Save it and look at its "
            "slip, then submit."
        )
    ]


def suggested_ticks(application):
    """The enrolments that are advised; what is ticked, if there is no advice."""
    student = application.student_id
    advice = tick_suggestion(student, student._case(application.term_id))
    return advice.keys if advice else application.tick_ids.ids


def attempt(application, change):
    """Make a change whole or not at all; returns the problems."""
    try:
        with application.env.cr.savepoint():
            change()
    except UserError as error:
        application.invalidate_recordset()
        return str(error).split("\n")
    return []
