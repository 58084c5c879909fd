from odoo import models
from odoo.exceptions import ConcurrencyError
from psycopg2.errors import UniqueViolation


class Student(models.Model):
    _inherit = "ntue.student"

    def _applications(self):
        """This student's applications that the user may see.

        No field: a search on one would tell staff who keeps a draft (148).
        """
        return self.env["ntue.graduation.application"].search([("student_id", "in", self.ids)])

    def _under_review_sentence(self):
        """What a change of the profile means to an application under review (D6), or nothing."""
        submitted = self._applications().filtered(lambda row: row.state == "submitted")[:1]
        if not submitted:
            return None
        return self.env._(
            "You have submitted an application for term %s. What you change here does not alter "
            "it: the reviewers see the change, and the registrar decides whether the diploma is "
            "made with it.",
            submitted.term_id._short_name(),
        )

    def _start_application(self):
        """新增: start this term's application, or return the one that exists already."""
        self.ensure_one()
        window = self.env["ntue.graduation.window"]._for_student(self)
        existing = self._applications().filtered(lambda row: row.term_id == window.term_id)
        if existing:
            return existing
        try:
            with self.env.cr.savepoint():
                return self.env["ntue.graduation.application"].create({"student_id": self.id})
        except UniqueViolation:
            # A second click came first. Only a new transaction sees what it made: once more.
            raise ConcurrencyError("application started meanwhile") from None

    def _open_draft(self):
        """The draft that this student is working on, or none."""
        return self._applications().filtered(lambda row: row.state == "draft")[:1]

    def _application_of_term(self):
        """The application of the term that the present window is for; perhaps none."""
        self.ensure_one()
        term = self.env["ntue.graduation.window"]._for_student(self).term_id
        return self._applications().filtered(lambda row: row.term_id == term)

    def _application_rows(self):
        """The rows of the list in its three situations (115–121, D23).

        Dicts with ``term``, ``application`` (or an empty one for a term after the
        normal duration in which nothing was applied for), newest term first.
        """
        self.ensure_one()
        applications = self._applications()
        rows = {row.term_id: row for row in applications}
        window = self.env["ntue.graduation.window"]._for_student(self)
        if not applications and self.is_extended:
            enrolled = self.term_ids.filtered(lambda row: row.status == "enrolled").term_id
            late = enrolled.sorted("number")[self.program_id.normal_terms :]
            for term in late.filtered(
                lambda term: not window or term.number <= window.term_id.number
            ):
                rows.setdefault(term, self.env["ntue.graduation.application"])
        return [
            {"term": term, "application": rows[term]}
            for term in sorted(rows, key=lambda term: -term.number)
        ]
