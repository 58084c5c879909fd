"""The further programs of a student, as they stand beside the main one (A45)."""

from typing import NamedTuple

from .audit_adapter import sharing_of
from .degree_audit import Beside, Reading, Sharing

ORDER = ("double_major", "minor", "teacher_ed", "certificate", "next_degree")
"""Kinds of further programs, in the order in which they go before each other."""


class Standing(NamedTuple):
    """How one stands. ``curriculum``: its framework, which the reader may not read otherwise."""

    curriculum: object
    sharing: Sharing
    stands: Beside

    @property
    def is_lacking(self):
        """Whether the student does not graduate as it stands: it is needed, and not met."""
        return self.curriculum.needed_to_graduate and not self.stands.met


def has_further(student):
    """Whether ``student`` has a further program at all; without one nothing need be audited."""
    return student.env["ntue.student.programme"]._exist() and bool(student.programme_ids)


def standings(student, case, reading=Reading.EXPECTED, ticks=(), instead=None):
    """Each further program of ``student`` beside ``case`` and those before it, in their order.

    ``ticks``: of the application in question; they count in the main program as in its audit.
    ``instead``: by framework what shall stand in its place, prepared and with its sharing.
    """
    if not has_further(student):
        return []
    found = student.programme_ids.sorted(lambda row: (ORDER.index(row.kind), row.id))
    # A student reads the own main framework only; what a program asks is no secret.
    frameworks = [row.sudo().curriculum_id for row in found]
    instead = instead or {}
    asked = [instead.get(one) or (one._prepared()[0], sharing_of(one)) for one in frameworks]
    rows = case.together(asked, reading, ticks) if asked else ()
    return [
        Standing(one, sharing, stands)
        for one, (_prepared, sharing), stands in zip(frameworks, asked, rows, strict=True)
    ]


def standing_under(case, curriculum):
    """How a further program would stand beside ``case`` with ``curriculum`` as its framework."""
    sharing = sharing_of(curriculum)
    return Standing(curriculum, sharing, case.beside(curriculum._prepared()[0], sharing))
