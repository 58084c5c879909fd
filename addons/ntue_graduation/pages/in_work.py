"""Which application of a student is meant where none is named.

Windows of later terms are prepared, and open, while an application is under review. What may be
begun in the window of now is one question, what is in work another: both are answered here.
"""

from typing import NamedTuple

from odoo import models

from .. import workflow

ENDED = ("completed", "lapsed")
"""States of an application that has ended: what was decided is what counts."""


def completed_of(applications):
    """The one of a student's ``applications`` with which she graduated; perhaps none."""
    return applications.filtered(lambda row: row.state == "completed")[:1]


class Present(NamedTuple):
    """The window that concerns a student now, perhaps none, and her applications.

    ``applications``: those that the user may see, the latest term first.
    """

    window: models.Model
    applications: models.Model

    @property
    def of_term(self):
        """The application of the window's term, ended or not: none is begun there beside it."""
        return self.applications.filtered(lambda row: row.term_id == self.window.term_id)

    @property
    def in_work(self):
        """The application that is being worked on, whatever window is prepared; perhaps none.

        That of the window's term while it has not ended, else the latest other one that was
        submitted. A draft of another term that never was waits for nobody.
        """
        waiting = self.applications.filtered(lambda row: row.state not in ENDED)
        begun = waiting.filtered(lambda row: not workflow.is_new(row._position()))
        return (waiting & self.of_term) or begun[:1]

    @property
    def completed(self):
        """The application with which she graduated; she begins no other one."""
        return completed_of(self.applications)

    @property
    def of_slip(self):
        """The application whose slip is meant: in work, else of the term, else completed."""
        return self.in_work or self.of_term or self.completed


def present(student):
    """What ``student`` has and may begin now, as ``Present``."""
    student.ensure_one()
    window = student.env["ntue.graduation.window"]._for_student(student)
    return Present(window, student._applications())
