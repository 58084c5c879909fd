"""Several courses that stand for one subject: whether they can, and what they add up to (A55)."""

from .audit_adapter import decimal
from .degree_audit import credits_together
from .labels import plain_number

TAKEN = ("passed", "transferred")
"""States of what may stand for a subject with others, as the engine's ``together`` has them."""


def problem(env, enrollments, line):
    """Why these enrolments cannot stand for ``line`` together, in a sentence; empty if they can."""
    for enrollment in enrollments:
        if enrollment.state not in TAKEN:
            return env._(
                "%s is neither passed nor credited, so it cannot stand for a subject together "
                "with others.",
                enrollment._label(),
            )
    sizes = [decimal(one.credits) for one in enrollments]
    if credits_together(sizes, decimal(line.credits)) is None:
        return env._(
            "%(sum)s credits are fewer than the %(asked)s of %(subject)s. Name more courses, or "
            "another subject.",
            sum=plain_number(sum(sizes)),
            asked=plain_number(line.credits),
            subject=line.name,
        )
    return ""


def sum_sentence(env, enrollments, line):
    """What they add up to, and what of it counts."""
    return env._(
        "%(sum)s credits count as the %(asked)s of %(subject)s.",
        sum=" + ".join(plain_number(one.credits) for one in enrollments),
        asked=plain_number(line.credits),
        subject=line.name,
    )
