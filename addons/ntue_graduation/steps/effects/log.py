"""The entry that a step leaves in the log; it comes before the message about it."""

from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.roc import roc_date

from ...frozen import frozen
from ...pages.final_result import result_sentence
from ..registry import effect


def _entry(step, reason=None, **kept):
    step.application._log(step.action, step.source, step.target, reason, **kept)


@effect
def log(step):
    _entry(step)


@effect
def log_reason(step):
    """With the reason of the review, which the student reads unless it is a hand-back's."""
    _entry(step, step.application.review_reason)


@effect
def log_step_reason(step):
    """With the reason of this very step."""
    _entry(step, step.application.step_reason)


@effect
def log_override(step):
    _entry(step, step.application.override_reason)


@effect
def log_grades(step):
    """With why it was overridden, and the grades that the review used."""
    application = step.application
    grades = application.student_id.enrollment_ids._grades_used()
    _entry(step, application.override_reason, **frozen({"grades": grades}))


@effect
def log_leaving(step):
    application = as_kept(step.application)
    needed = application.student_id.curriculum_id.graduation_credits
    left = application.env._(
        "Left on %(day)s; final audit %(earned)s of %(needed)s credits.",
        day=roc_date(application.left_on),
        earned=plain_number(application.final_credits),
        needed=plain_number(needed),
    )
    _entry(step, " ".join(filter(None, (left, result_sentence(application)))))


@effect
def log_supplement_asked(step):
    application = step.application
    _entry(step, f"{application.supplement_text} ({roc_date(application.supplement_deadline)})")


@effect
def log_supplement(step):
    _entry(step, step.application.supplement_text)
