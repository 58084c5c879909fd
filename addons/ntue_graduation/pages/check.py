"""Check your answers: what is about to be submitted, once more, and nothing else (49, 154–160)."""

from typing import NamedTuple

from .. import workflow
from ..cases import held
from ..further import lacking
from ..papers.unprintable import problems_before_submitting
from ..workflow import Role
from . import draft
from .next_steps import next_steps
from .standing import standing
from .teacher_ed import teacher_ed
from .verdict import delays_sentence

ROWS = ("english_name", "alias_name", "email", "mobile", "phone")
"""What of the profile is checked, in this order (45, 49)."""

ANCHORS = {
    "ticks_allowed": "check_ticks",
    "flexible_rules_hold": "check_ticks",
    "teacher_ed_answered": "check_teacher_ed",
    "shortfall_acknowledged": "check_credits",
}
"""The row of the page that a guard speaks of."""


class ProfileRow(NamedTuple):
    """A point of the profile; ``wrong``: what is wrong with it, or None."""

    key: str
    label: str
    value: str
    wrong: str | None


class Problem(NamedTuple):
    """What keeps from submitting; ``anchor``: the row of the page it is about, or empty."""

    key: str
    text: str
    anchor: str


def check_page(application):
    """Values of the page before 確認送出: each point, what is wrong with it, the version."""
    application.ensure_one()
    result = application._audit()
    window = application.window_id.sudo()
    stands = standing(application)
    profile = _profile(application)
    problems = _problems(application, profile)
    short = bool(result.ticks_allowed and not stands.met)
    acknowledge = short and application.program_id.shortfall_policy != "block"
    return {
        "problems": problems,
        "broken": {problem.key for problem in problems},
        "profile": profile,
        "next_steps": next_steps(application),
        "ticks": [tick._label() for tick in application.tick_ids.sorted("term_number")],
        "tickable": bool(application.student_id._case(application.term_id).savable),
        "standing": stands,
        "shortfall": stands.missing if short else [],
        "acknowledge": acknowledge,
        "delay": delays_sentence(application.env) if acknowledge else "",
        "teacher_ed": teacher_ed(application),
        "cautions": [
            sentence
            for name in ("submit_caution", "caution")
            for sentence in window._sentences(name)
        ],
        "unprintable": problems_before_submitting(application, ROWS),
        "version": check_version(application, result),
    }


def _profile(application):
    """The points of the profile with their values and what is wrong with each."""
    student = application.student_id
    problems = student._diploma_problems(application.term_id)
    labels = student.fields_get(ROWS, ["string"])
    rows = []
    for name in ROWS:
        # A copy that is missing is a fault of the alias.
        wrong = problems.get("passport_copy" if name == "alias_name" else name)
        value = student[name] or (application.env._("Not given") if name == "phone" else "")
        if value or wrong or name != "alias_name":
            rows.append(ProfileRow(name, labels[name]["string"], value, wrong))
    return rows


def _problems(application, profile):
    """What keeps from submitting, the box of the page itself aside."""
    guards = next(
        application._guards_of(row)
        for row in workflow.open_actions(application._position(), {Role.STUDENT})
        if row.action == "submit"
    )
    told_by_box = application.program_id.shortfall_policy != "block"
    unmet = application._unmet(
        name
        for name in guards
        if name != "profile_complete" and not (name == "shortfall_acknowledged" and told_by_box)
    )
    return [
        *(Problem(name, text, ANCHORS.get(name, "")) for name, text in unmet.items()),
        *(Problem(row.key, row.wrong, f"check_{row.key}") for row in profile if row.wrong),
    ]


def check_version(application, result=None):
    """The token of everything that the page shows of the application (D10).

    ``result``: the application's audit, if it has been made already.
    """
    result = result or application._audit()
    figures = [str(result.expected), str(result.graduation_credits), result.met]
    figures += lacking(application)
    profile = [application.student_id[name] or "" for name in ROWS]
    return draft.version(application, profile, figures)


def submit_checked(application, sent_version, acknowledged):
    """送出 what the page showed (D10). Returns the problems; then nothing changed.

    ``sent_version``: the token that the page was sent with.
    """
    application.ensure_one()
    with held(application.env):
        return _submit_shown(application, sent_version, acknowledged)


def _submit_shown(application, sent_version, acknowledged):
    if sent_version != check_version(application):
        application._note_refusal("stale_page")
        return [
            application.env._(
                "Something has changed since this page was opened: the draft, your profile or "
                "your courses. This is how it stands now. Look at it again, then submit."
            )
        ]
    return draft.attempt(application, lambda: _submit_acknowledged(application, acknowledged))


def _submit_acknowledged(application, acknowledged):
    if application.shortfall_acknowledged != acknowledged:
        application.write({"shortfall_acknowledged": acknowledged})
    application.action_submit()
