"""What a student sees to before 確認送出."""

from odoo.addons.ntue_curriculum.degree_audit import TickNotAllowed
from odoo.addons.ntue_curriculum.wording.limits import tick_problems

from ...further import is_short
from ...teacher_ed import HOLD_OFF
from ..registry import guard


@guard
def draft_saved(application):
    if not application.saved_at:
        return application.env._("Save the draft and look at its slip first, then submit.")
    return None


@guard
def ticks_allowed(application):
    """Only courses that may be ticked (D18)."""
    ticks = application.sudo().tick_ids
    if any(tick.student_id != application.student_id for tick in ticks):
        return foreign_tick(application.env)
    try:
        application._audit(strict=True)
    except TickNotAllowed:
        return application.env._(
            "A ticked course cannot count as flexible credits. Reload the page: "
            "courses that can be ticked have a box before them."
        )
    return None


def foreign_tick(env):
    return env._("A ticked course is not yours. Reload the page and tick again.")


@guard
def flexible_rules_hold(application):
    """Saving and submitting stop at a limit on flexible credits (D17)."""
    curriculum = application.student_id.curriculum_id
    return "\n".join(tick_problems(application.env, curriculum, application._audit())) or None


@guard
def shortfall_acknowledged(application):
    if not application._audit().ticks_allowed or not is_short(application):
        return None  # the former is the concern of its own guard
    if application.program_id.shortfall_policy == "block":
        return application.env._(
            "Your program takes applications only when the requirements are met, "
            "courses in progress included. See your study progress for what is missing."
        )
    if not application.shortfall_acknowledged:
        return application.env._(
            "Something is still missing (see your study progress). Confirm that you know "
            "this, then submit."
        )
    return None


@guard
def teacher_ed_answered(application):
    if not application.is_teacher_ed:
        return None
    if not application.teacher_ed_answer:
        return application.env._(
            "You are in teacher education. Answer the question about it, then submit."
        )
    if application.teacher_ed_answer in HOLD_OFF and not application.teacher_ed_confirmed:
        return application.env._(
            "With your answer about teacher education you should not apply yet. Confirm that "
            "you know this and apply all the same, or leave."
        )
    return None
