"""What a student is told about deferral (延畢), and whether they may declare it on line."""

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today


class Student(models.Model):
    _inherit = "ntue.student"

    def _deferrals(self):
        """This student's deferrals that the user may see, revoked ones too."""
        return self.env["ntue.graduation.deferral"].search([("student_id", "in", self.ids)])

    def _deferrable_application(self):
        """The application after which this student may declare a deferral on line (191, D36).

        A daytime undergraduate's, with a review that did not pass, until the final leaving
        date; an empty one otherwise, and when the term is deferred already.
        """
        self.ensure_one()
        applications = self.env["ntue.graduation.application"]
        program = self.program_id
        if (program.division, program.degree) != ("day", "bachelor"):
            return applications
        deferred = self._deferrals().filtered(lambda row: not row.revoked_at).term_id
        return self._applications().filtered(
            lambda row: (
                row.state == "submitted"
                and "failed" in (row.first_review, row.second_review)
                and row.window_id.date_leave >= taipei_today()
                and row.term_id not in deferred
            )
        )[:1]

    def _defers_on_paper(self):
        """Whether deferral is a matter of paper for this student now (192, D37)."""
        self.ensure_one()
        program = self.program_id
        window = self.env["ntue.graduation.window"]._for_student(self)
        return (
            program.division == "continuing"
            and self._year_of_study(window.term_id) >= program.deferral_year
        )

    def _deferral_standing(self):
        """For the student's list: what stands, what may be declared, whom to ask for paper."""
        self.ensure_one()
        deferrals = self._deferrals()
        revoked = deferrals.filtered("revoked_at")
        return {
            "deferrals": deferrals - revoked,
            "revoked": revoked,
            "application": self._deferrable_application(),
            "paper": self._defers_on_paper(),
        }
