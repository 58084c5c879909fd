"""The student's first page: where each application is, and what is asked of her now."""

from typing import NamedTuple

from odoo import models

from .applications import application_of_term
from .next_steps import NextStep, next_steps, next_steps_before, state_words
from .standing import ENDED, Standing, standing_shown


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
    """The rows of the first page: this term's application or the period, then others not ended."""
    current = application_of_term(student)
    others = student._applications().filtered(lambda row: row.state not in ENDED) - current
    rows = [_row(application) for application in (*current, *others)]
    if not current:
        rows.insert(0, HomeRow(current, "", None, next_steps_before(student)))
    return rows


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
