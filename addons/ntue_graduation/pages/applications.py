"""The student's list of applications, and the question before them: may I apply? (115–127)"""

from typing import NamedTuple

from odoo import models
from odoo.addons.ntue_curriculum.languages import languages
from odoo.addons.ntue_curriculum.office_mail import language_of

from ..papers.calendar import deadlines
from .conditions import conditions, may_begin, outlook_of, refused
from .deferral import deferral_of
from .in_work import present
from .next_steps import day_to_submit, next_steps
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


def applications_page(student, term=None):
    """Values of the list: its rows, the application in work, and the conditions of another one.

    ``term``: the number of the term, as text, whose application the page is told of; without one
    it is that in work. A student may have one application a term.
    """
    now = present(student)
    rows = application_rows(student, now.applications, now.window)
    asked = _asked(student, now)
    told_of = _of_number(now.applications, term) if term else now.in_work
    told = next((row.next_steps for row in rows if told_of and row.application == told_of), [])
    return {
        "rows": rows,
        "in_work": now.in_work,
        "told_of": told_of,
        "next_steps_of_told": told,
        "told_until": day_to_submit(told),
        # The button of a slip that is not there yet leads to beginning.
        "no_slip_yet": bool(asked) and not refused(asked) and not now.of_slip,
        "with_days": now.applications.filtered(deadlines),
        "mailed_to": student.partner_id.email or "",
        "only_pressing_mails": student.only_pressing_mails,
        "mail_languages": languages(student.env),
        "mail_language": language_of(student.env, student.partner_id),
        "conditions": asked,
        "outlook": asked and outlook_of(student, asked),
        "window": now.window,
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


def _asked(student, now):
    """The conditions of an application; beside one in work only where one may be begun.

    None of who has graduated.
    """
    if now.of_term or now.completed or (now.in_work and not may_begin(student)):
        return []
    return conditions(student)


def _of_number(applications, term):
    return applications.filtered(lambda row: str(row.term_number) == term)


def open_draft(student):
    """The draft that this student is working on, or none."""
    return student._applications().filtered(lambda row: row.state == "draft")[:1]


def _row(term, application):
    if not application:
        return ApplicationRow(term, application, [], [], None)
    return ApplicationRow(
        term, application, steps(application), next_steps(application), standing_shown(application)
    )
