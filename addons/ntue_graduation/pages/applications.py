"""The student's list of applications, and the question before them: may I apply? (115–127)"""

from typing import NamedTuple

from odoo import models
from odoo.addons.ntue_curriculum.languages import languages
from odoo.addons.ntue_curriculum.office_mail import language_of

from .conditions import conditions, outlook_of
from .deferral import deferral_of
from .next_steps import next_steps
from .standing import Standing, standing_shown
from .steps import steps


class ApplicationRow(NamedTuple):
    """A term of the list; ``application`` is an empty one where nothing was applied for.

    ``steps``, ``next_steps`` and ``standing``: where it is, what is to do and how it stands; of an
    empty one nothing, and of an ended one no standing.
    """

    term: models.Model
    application: models.Model
    steps: list
    next_steps: list
    standing: Standing | None


def applications_page(student):
    """Values of the list: the rows, this term's application, and the conditions of one."""
    window = student.env["ntue.graduation.window"]._for_student(student)
    applications = student._applications()
    current = application_of_term(student)
    asked = [] if current else conditions(student)
    return {
        "rows": application_rows(student, applications, window),
        "current": current,
        "next_steps_of_current": current and next_steps(current),
        "mailed_to": student.partner_id.email or "",
        "only_pressing_mails": student.only_pressing_mails,
        "mail_languages": languages(student.env),
        "mail_language": language_of(student.env, student.partner_id),
        "conditions": asked,
        "outlook": asked and outlook_of(student, asked),
        "window": window,
        "deferral": deferral_of(student),
    }


def application_rows(student, applications, window):
    """The rows of the list in its three situations, newest term first (115–121, D23)."""
    student.ensure_one()
    rows = {row.term_id: row for row in applications}
    if not applications and student.is_extended:
        enrolled = student.term_ids.filtered(lambda row: row.status == "enrolled").term_id
        late = enrolled.sorted("number")[student.program_id.normal_terms :]
        for term in late.filtered(lambda term: not window or term.number <= window.term_id.number):
            rows.setdefault(term, applications)
    return [_row(term, rows[term]) for term in sorted(rows, key=lambda term: -term.number)]


def application_of_term(student):
    """The application of the term that the present window is for; perhaps none."""
    student.ensure_one()
    term = student.env["ntue.graduation.window"]._for_student(student).term_id
    return student._applications().filtered(lambda row: row.term_id == term)


def open_draft(student):
    """The draft that this student is working on, or none."""
    return student._applications().filtered(lambda row: row.state == "draft")[:1]


def _row(term, application):
    if not application:
        return ApplicationRow(term, application, [], [], None)
    return ApplicationRow(
        term, application, steps(application), next_steps(application), standing_shown(application)
    )
