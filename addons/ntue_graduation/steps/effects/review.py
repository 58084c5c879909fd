"""Who decided when, and what holds for the audit from then on."""

from odoo import fields
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.tools import clean_context

from ...cases import place_of_row
from ...further import frozen_programs
from ...pages.final_result import final_result
from ...workflow import RECOGNISED_AS
from ..registry import effect

RESULT = (
    "has_average",
    "final_average",
    "final_rank",
    "final_class_size",
    "final_programs",
    "final_programs_english",
)
"""What of the result is frozen with the completion (184)."""


@effect
def stamp_first(step):
    _stamp(step, "first")


@effect
def stamp_second(step):
    _stamp(step, "second")


@effect
def unstamp_first(step):
    _unstamp(step, "first")


@effect
def unstamp_second(step):
    _unstamp(step, "second")


def _stamp(step, review):
    application = step.application
    application._set(
        {
            f"{review}_reviewed_by_id": application.env.uid,
            f"{review}_reviewed_at": fields.Datetime.now(),
        }
    )


def _unstamp(step, review):
    """A review that goes on has neither reviewer nor reason."""
    names = (f"{review}_reviewed_by_id", f"{review}_reviewed_at")
    reasons = ("review_reason", "override_reason")
    step.application._set(dict.fromkeys((*names, *reasons), False))


@effect
def keep_hand_back(step):
    """The assistants read why it came back until they have decided again."""
    application = step.application
    application._set(
        {"hand_back_reason": application.review_reason, "handed_back_on": taipei_today()}
    )


@effect
def drop_hand_back(step):
    step.application._set({"hand_back_reason": False, "handed_back_on": False})


@effect
def stamp_leaving(step):
    """When the student left, with what the final audit says on that day (184)."""
    application = step.application
    result = final_result(application)
    application._set(
        {
            "has_average": result.average is not None,
            "final_average": float(result.average or 0),
            "final_rank": result.rank,
            "final_class_size": result.size,
            **frozen_programs(application),
            "left_on": application.left_on or taipei_today(),
            "final_credits": float(application._audit(final=True).earned),
            "completed_at": fields.Datetime.now(),
        }
    )


@effect
def unstamp_leaving(step):
    """Nobody has left: what was said of it, and the final audit's figure, hold no more."""
    names = ("left_on", "completed_at", "final_credits", *RESULT)
    step.application._set(dict.fromkeys(names, False))


@effect
def recognise(step):
    """Turn the decisions on rows into recognitions of this term (105, D21)."""
    application = step.application
    places = {row: place_of_row(row) for row in application.line_ids}
    values = [
        {
            "student_id": application.student_id.id,
            "enrollment_id": row.enrollment_id.id,
            "kind": RECOGNISED_AS[row.decision],
            "area_id": places[row][0].id,
            "line_id": places[row][1].id,
            "term_id": application.term_id.id,
            "author_id": row.decided_by_id.id,
            "decided_on": row.decided_at,
            "reason": row.decision_reason,
            "application_id": application.id,
        }
        for row in application.line_ids
        if row.decision in RECOGNISED_AS
    ]
    # Without the defaults of the caller's context.
    recognitions = application.env["ntue.recognition"].with_context(
        clean_context(application.env.context)
    )
    recognitions.create(values + application.exception_ids._recognition_values())


@effect
def withdraw_recognitions(step):
    """What the first review recognised holds no more (D21)."""
    recognitions = step.application.env["ntue.recognition"]
    recognitions.search([("application_id", "=", step.application.id)]).unlink()
