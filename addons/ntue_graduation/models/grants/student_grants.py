"""What was granted to a student, as audits, pages and guards ask for it."""

from functools import partial

from odoo import models
from odoo.addons.ntue_curriculum.audit_adapter import with_limits
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.days import day_text


class StudentGrants(models.AbstractModel):
    """The late permits of a student, and the limits that were raised."""

    _name = "ntue.graduation.student.grants"
    _description = "What was granted to a student"

    def _permits_in_force(self):
        """The late permits of this student, of any term, that hold today."""
        self.ensure_one()
        return self.env["ntue.graduation.late.permit"].search(
            [
                ("student_id", "=", self.id),
                ("revoked_at", "=", False),
                ("date_end", ">=", taipei_today()),
            ]
        )

    def _permit_sentence(self, window):
        """Until when a late permit lets this student apply in ``window``, for the student."""
        permit = self._permits_in_force()._keep_open(window)[:1]
        if not permit:
            return ""
        return self.env._(
            "You have a late permit for term %(term)s: you may apply until %(day)s.",
            term=permit.term_id._short_name(),
            day=day_text(self.env, permit.date_end),
        )

    def _framework_exceptions(self, term):
        """The limits raised for the application of ``term``; one query for all students.

        Not by rule: a revision of the framework brings rules of its own.
        """
        in_force = [
            ("student_id", "in", self.ids),
            ("term_id", "=", term.id),
            ("revoked_at", "=", False),
        ]
        raised = {}
        for row in self.env["ntue.graduation.cap.exception"].sudo().search(in_force):
            limits = raised.setdefault(row.student_id, {})
            limits[row.rule_id.origin, row.rule_id.unit] = row.limit
        own = {student: partial(with_limits, limits=limits) for student, limits in raised.items()}
        return {**super()._framework_exceptions(term), **own}
