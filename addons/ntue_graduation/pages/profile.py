"""What of the profile differs from what was submitted, and what the diploma is made with (D6)."""

from typing import NamedTuple

from odoo.addons.ntue_curriculum.lists import clauses

from ..profile_fields import WATCHED

REVIEWED = ("submitted", "completed")
"""States in which a difference still matters to somebody."""


class ProfileDifference(NamedTuple):
    """A field as submitted, as it is now, and as the diploma is made with it."""

    label: str
    submitted: str
    now: str
    valid: str
    is_accepted: bool


def valid(application, name):
    """What the diploma is made with now, in the field ``name`` of the profile."""
    application.ensure_one()
    return application[f"accepted_{name}" if application.profile_accepted_at else name]


def accepted(application):
    """What the diploma is made with now, by field; what the check of the log compares."""
    return {name: valid(application, name) or "" for name in WATCHED}


def is_reviewed(application):
    """Whether a change of the profile still matters to this application."""
    return application.state in REVIEWED and bool(application.submitted_at)


def differs(application):
    """Whether today's profile is another than what the diploma is made with."""
    return is_reviewed(application) and bool(_changed(application))


def differences(application):
    """What differs from what was submitted, for people; empty when nothing does."""
    if not is_reviewed(application):
        return []
    labels = application.fields_get(WATCHED, ["string"])
    rows = []
    for name in WATCHED:
        submitted, now = application[name] or "", application.student_id[name] or ""
        holds = valid(application, name) or ""
        if submitted != now or submitted != holds:
            label = labels[name]["string"]
            rows.append(ProfileDifference(label, submitted, now, holds, holds == now))
    return rows


def changes_text(application):
    """Old and new of what is being accepted, for the log."""
    env = application.env
    labels = application.fields_get(WATCHED, ["string"])
    blank = env._("(blank)")
    return clauses(
        env,
        (
            env._(
                "%(label)s: %(old)s → %(new)s",
                label=labels[name]["string"],
                old=valid(application, name) or blank,
                new=application.student_id[name] or blank,
            )
            for name in _changed(application)
        ),
    )


def under_review_sentence(student):
    """What a change of the profile means to an application under review (D6), or nothing."""
    submitted = student._applications().filtered(lambda row: row.state == "submitted")[:1]
    if not submitted:
        return None
    return student.env._(
        "You have submitted an application for term %s. What you change here does not alter "
        "it: the reviewers see the change, and the registrar decides whether the diploma is "
        "made with it.",
        submitted.term_id._short_name(),
    )


def _changed(application):
    """The fields whose value today is another than what the diploma is made with."""
    student = application.student_id
    return [name for name in WATCHED if (valid(application, name) or "") != (student[name] or "")]
