from odoo import models

from ... import audit_adapter
from ...clock import taipei_today


class StudentAudit(models.AbstractModel):
    """The engine's cases of students, made from their records."""

    _name = "ntue.student.audit"
    _description = "Audit of a student"

    def _case(self, term=None, pending=()):
        """The engine's ``Case`` of this student, as ``_cases`` has it; ``pending``: theirs."""
        self.ensure_one()
        ((_student, case, _source),) = self._sourced_cases(term, {self: pending})
        return case

    def _case_with_grades(self):
        """``_case`` as of today, and by its key the ``Grade`` of each enrolment, read with it."""
        self.ensure_one()
        ((_student, case, source),) = self._sourced_cases(None, {})
        return case, source.grades()

    def _cases(self, term=None, pending=None):
        """Yields ``(student, Case)`` of all of ``self``, in order.

        A case is the student before the framework of the entry year, as the records are
        today. ``term``: for the application of this term, so that recognitions of other
        terms do not count (D20), and raised limits do (D17). ``pending``: by student,
        decisions that are not recorded yet, as if they were. Frameworks are prepared once;
        enrolments and decisions are read in bulk.
        """
        for student, case, _source in self._sourced_cases(term, pending or {}):
            yield student, case

    def _sourced_cases(self, term, pending):
        """As ``_cases``, with the ``Source`` that each was made from third."""
        self.check_access("read")
        frameworks = {row: row._prepared()[0] for row in self.curriculum_id}
        sources = audit_adapter.sources_of(self, taipei_today())
        exceptions = self._framework_exceptions(term) if term else {}
        for student in self:
            source, prepared = sources[student.id], frameworks[student.curriculum_id]
            if student in exceptions:
                prepared = exceptions[student](prepared)
            yield student, source.case(prepared, term, pending.get(student, ())), source

    def _framework_exceptions(self, _term):
        """By student, what makes the shared framework that of their application; a hook (D17)."""
        return {}
