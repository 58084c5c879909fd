"""The student's first page: where each application is, and what is asked of her now."""

from typing import NamedTuple

from odoo import models

from .conditions import may_begin
from .in_work import ENDED, present
from .next_steps import NextStep, next_steps, next_steps_before, state_words
from .standing import Standing, standing_shown


class HomeRow(NamedTuple):
    """An application, where it is, how it stands and what is asked.

    Without one ``application`` is empty and ``standing`` None; an ended one has no standing
    either, which would say nothing of what was decided. ``answered``: when the office wrote last,
    while the student has not written since.
    """

    application: models.Model
    state: str
    standing: Standing | None
    next_steps: list[NextStep]
    answered: str = ""


def home_rows(student):
    """The rows of the first page: the application in work, or the period, then what has not ended.

    Where another one may be begun beside one in work, the period comes last. Who has graduated
    reads that, and of no period.
    """
    now = present(student)
    others = now.applications.filtered(lambda row: row.state not in ENDED)
    rows = [_row(application) for application in now.in_work | now.of_term | others]
    if now.of_term or now.completed:
        return rows or [_row(now.completed)]
    if not now.in_work:
        return [_period(student), *rows]
    return [*rows, _period(student)] if may_begin(student) else rows


def _period(student):
    none = student.env["ntue.graduation.application"]
    return HomeRow(none, "", None, next_steps_before(student))


def _row(application):
    return HomeRow(
        application,
        state_words(application),
        standing_shown(application),
        next_steps(application),
        _answered(application),
    )


def _answered(application):
    written = application._exchanged()[:1]
    return "" if not written or written[0].own else written[0].when
