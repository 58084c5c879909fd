from odoo import models


class Student(models.Model):
    _inherit = "ntue.student"

    def _pressing(self):
        """Those with an application that waits to be decided or completed.

        Submitted ones that the user may read; a draft is nobody's business (148).
        """
        waiting = self.env["ntue.graduation.application"].search(
            [("student_id", "in", self.ids), ("state", "=", "submitted")]
        )
        return super()._pressing() | waiting.student_id
