from odoo import models

from ...importing import import_of
from ...marked_rows import mark_rows_at_end


class FollowsStudent(models.AbstractModel):
    """Records that name a part of their student's framework, and go over to its next revision."""

    _name = "ntue.follows.student"
    _description = "Follows the student to the next revision"
    _inherit = ["ntue.follows.revision"]

    def _follow_revisions(self):
        """The students, so that nobody waits for a colleague who decides about another one.

        Of an import, which takes minutes, it is their frameworks: a student who saves her profile
        meanwhile would have all of it repeated.
        """
        students = self.student_id
        mark_rows_at_end(students.curriculum_id if import_of(self) else students)
