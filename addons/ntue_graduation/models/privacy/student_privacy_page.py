"""Who sees what of a student's applications, for the page about her data."""

from odoo import models


class Student(models.Model):
    _inherit = "ntue.student"

    def _who_sees(self):
        _ = self.env._
        return {
            **super()._who_sees(),
            "drafts": _("You alone."),
            "snapshots": _("You, the assistants of your department, and the registrar's office."),
        }
