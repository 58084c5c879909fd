from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError


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

    def _may_not_apply(self):
        """Why this student cannot start an application now: sentences; empty when they can."""
        self.ensure_one()
        window = self.env["ntue.graduation.window"]._for_student(self)
        if not window:
            return [
                self.env._(
                    "No application period has been announced for your program. "
                    "Ask the registrar's office."
                )
            ]
        problems = []
        if self._applications().filtered(lambda row: row.term_id == window.term_id):
            problems.append(self.env._("You have an application for this term already."))
        permitted = self._permits_in_force()._keep_open(window)  # D13
        if not window._is_open_on(taipei_today()) and not permitted:
            problems.append(
                self.env._(
                    "Applications are taken from %(first)s to %(last)s. If you missed the "
                    "period, ask the assistant of your department what can still be done.",
                    first=roc_date(window.date_open),
                    last=roc_date(window.date_close),
                )
            )
        enrolled = self._enrolled_terms_until(window.term_id)
        if enrolled < self.program_id.min_enrolled_terms:
            problems.append(
                self.env._(
                    "You have been enrolled for %(count)s terms; %(needed)s are needed. "
                    "Ask the assistant of your department if you think this is wrong.",
                    count=enrolled,
                    needed=self.program_id.min_enrolled_terms,
                )
            )
        if self._study_limit_passed(window.term_id):
            problems.append(
                self.env._(
                    "Your study period of %s years is over. Ask the registrar's office.",
                    self.program_id.max_years,
                )
            )
        return problems

    def _check_may_apply(self):
        """UserError with every reason at once, when an application cannot be started."""
        problems = self._may_not_apply()
        if problems:
            raise UserError("\n".join(problems))

    def _start_application(self):
        """新增: start this term's application, or return the one that exists already."""
        self.ensure_one()
        window = self.env["ntue.graduation.window"]._for_student(self)
        existing = self._applications().filtered(lambda row: row.window_id == window)
        return existing or self.env["ntue.graduation.application"].create({"student_id": self.id})

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
