"""What the final audit must say before the second review passes (D28)."""

from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.tools.i18n import format_list

from ..registry import guard


@guard
def nothing_in_progress(application):
    env = application.env
    if keys := in_progress(application._audit()):
        names = env["ntue.enrollment"].browse(keys).mapped("name")
        return env._("Not graded yet: %s.", format_list(env, names))
    return None


def in_progress(result):
    """Keys of the enrolments that an audit counts and that are not graded yet."""
    return [outcome.key for outcome in result.enrolments if outcome.in_progress]


@guard
def final_audit_met(application):
    if (application.override_reason or "").strip():
        return None
    if in_progress(application._audit()):
        return None  # its own sentence says that one only has to wait
    result = application._audit(final=True)
    if result.met:
        return None
    sentences = missing_in(application.env, result)
    sentences.append(
        application.env._("Hand it back, or give an override reason if it shall pass all the same.")
    )
    return " ".join(sentences)


def missing_in(env, result):
    """What an audit misses, a sentence each, for reviewers; empty when it is met."""
    sentences = []
    if result.missing_credits:
        sentences.append(
            env._(
                "%s credits are missing to the graduation credits.",
                plain_number(result.missing_credits),
            )
        )
    areas = [area.code for area in result.areas if not area.met]
    if areas:
        sentences.append(env._("Areas not met: %s.", format_list(env, areas)))
    lines = env["ntue.curriculum.line"].browse(result.missing_lines)
    if lines:
        sentences.append(
            env._("Required subjects not passed: %s.", format_list(env, lines.mapped("name")))
        )
    return sentences
