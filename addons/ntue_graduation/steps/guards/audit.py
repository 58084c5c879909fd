"""What the final audit must say before the second review passes (D28)."""

from odoo.addons.ntue_curriculum.wording.missing import missing_for_reviewers
from odoo.tools.i18n import format_list

from ...further import lacking
from ..registry import guard


@guard
def nothing_in_progress(application):
    env = application.env
    if keys := in_progress(application._audit()):
        names = env["ntue.enrollment"].browse(keys).mapped("name")
        return env._("Not graded yet: %s.", format_list(env, names))
    return None


@guard
def milestones_decided(application):
    """What no machine can check is decided by a reviewer, never passed in silence (A41)."""
    env, undecided = application.env, application._audit(final=True).undecided
    if undecided:
        return env._(
            "Decide on the milestones first: %s. Record what was shown for them in the student’s "
            "record, with a verdict.",
            format_list(env, [one.name for one in undecided]),
        )
    return None


def in_progress(result):
    """Keys of the enrolments that an audit counts and that are not graded yet.

    Those too that count nowhere, and on which a milestone rests.
    """
    counted = [outcome.key for outcome in result.enrolments if outcome.in_progress]
    rested_on = (key for one in result.milestones for key in one.pending)
    return list(dict.fromkeys([*counted, *rested_on]))


@guard
def final_audit_met(application):
    if (application.override_reason or "").strip():
        return None
    if in_progress(application._audit()):
        return None  # its own sentence says that one only has to wait
    result = application._audit(final=True)
    if result.met or result.undecided:  # the latter is the concern of its own guard
        return None
    sentences = missing_for_reviewers(application.env, result)
    sentences.append(
        application.env._("Hand it back, or give an override reason if it shall pass all the same.")
    )
    return " ".join(sentences)


@guard
def further_programs_met(application):
    """Further programs without which one does not graduate; others are not noted only (A53)."""
    if (application.override_reason or "").strip() or in_progress(application._audit()):
        return None
    sentences = lacking(application, final=True)
    if not sentences:
        return None
    sentences.append(
        application.env._("Hand it back, or give an override reason if it shall pass all the same.")
    )
    return " ".join(sentences)
