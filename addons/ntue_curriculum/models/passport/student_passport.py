"""A student's passport copy: until when it is needed, and who opened it."""

from datetime import timedelta

from odoo import models

from ...clock import taipei_time
from ...days import minute_text
from .passport_copy import KEEP_DAYS

SHOWN = 50
"""Openings that the student's own page lists, the latest first."""


class StudentPassport(models.AbstractModel):
    """How long the copy of a student's passport is needed, and who opened it."""

    _name = "ntue.student.passport"
    _description = "Passport copy of a student"

    def _needs_passport_copy_until(self, day):
        """Hook: the copy's use ends on ``day``; it is deleted some days after (setting)."""
        copies = self.sudo().passport_copy_ids
        copies.write({"purge_on": day + timedelta(days=copies._setting("keep_days", KEEP_DAYS))})

    def _passport_openings(self):
        """The latest openings as the student reads them; dicts of texts."""
        self.ensure_one()
        model = self.env["ntue.passport.opening"]
        rows = model.search([("student_id", "=", self.id)], limit=SHOWN)
        roles, ways = (
            dict(model._fields[name]._description_selection(self.env)) for name in ("role", "way")
        )
        return [
            {
                "when": minute_text(self.env, moment),
                "who": self.env._("You") if row.role == "owner" else roles[row.role],
                "way": ways[row.way],
            }
            for row in rows
            for moment in [taipei_time(row.opened_at)]
        ]
