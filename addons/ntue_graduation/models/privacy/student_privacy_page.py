"""Who sees what of a student's applications, for the page about her data."""

from odoo import models


class StudentPrivacyPage(models.AbstractModel):
    """Who sees what of a student's applications."""

    _name = "ntue.graduation.student.privacy.page"
    _description = "What a student reads about their applications' data"

    def _who_sees(self):
        _ = self.env._
        return {
            **super()._who_sees(),
            "drafts": _("You alone."),
            "snapshots": _("You, the assistants of your department, and the registrar's office."),
        }
