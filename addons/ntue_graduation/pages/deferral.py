"""What students and reviewers read about deferral (延畢), and whether it is declared on line."""

from typing import NamedTuple

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text

from .in_work import completed_of


class Deferral(NamedTuple):
    """For the student's list: what holds, what may be declared, whom to ask for paper."""

    deferrals: models.Model
    revoked: models.Model
    application: models.Model
    """The one after which a deferral may be declared, perhaps none."""
    paper: bool


def deferral_of(student):
    """How it is with this student's deferral, as ``Deferral``."""
    deferrals = _deferrals(student)
    revoked = deferrals.filtered("revoked_at")
    return Deferral(
        deferrals - revoked, revoked, deferrable_application(student), _is_on_paper(student)
    )


def deferrable_application(student):
    """The application after which this student may declare a deferral on line (191, D36).

    A daytime undergraduate's, with a review that did not pass, until the final leaving
    date; an empty one otherwise, and when the term is deferred already.
    """
    student.ensure_one()
    program = student.program_id
    if (program.division, program.degree) != ("day", "bachelor"):
        return student.env["ntue.graduation.application"]
    deferred = _deferrals(student).filtered(lambda row: not row.revoked_at).term_id
    return student._applications().filtered(
        lambda row: (
            row.state == "submitted"
            and "failed" in (row.first_review, row.second_review)
            and row.window_id.date_leave >= taipei_today()
            and row.term_id not in deferred
        )
    )[:1]


def deferral_sentence(application):
    """When and by whom the term of ``application`` was deferred, for reviewers; blank if it is not.

    What was revoked does not count.
    """
    env = application.env
    in_force = env["ntue.graduation.deferral"].search(
        [
            ("student_id", "=", application.student_id.id),
            ("term_id", "=", application.term_id.id),
            ("revoked_at", "=", False),
        ],
        limit=1,
    )
    if not in_force:
        return ""
    values = {
        "term": in_force.term_id._short_name(),
        "day": day_text(env, in_force.filed_on),
        "who": in_force.logged_by_id.name,
    }
    if in_force.kind == "online":
        return env._(
            "The student declared on line on %(day)s to stay on beyond term %(term)s.", **values
        )
    return env._(
        "By a paper form of %(day)s the student stays on beyond term %(term)s; entered by %(who)s.",
        **values,
    )


def _deferrals(student):
    """This student's deferrals that the user may see, revoked ones too."""
    return student.env["ntue.graduation.deferral"].search([("student_id", "in", student.ids)])


def _is_on_paper(student):
    """Whether deferral is a matter of paper for this student now (192, D37).

    Who has graduated stays on no longer.
    """
    if completed_of(student._applications()):
        return False
    program = student.program_id
    window = student.env["ntue.graduation.window"]._for_student(student)
    return (
        program.division == "continuing"
        and student._year_of_study(window.term_id) >= program.deferral_year
    )
