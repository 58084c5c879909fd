from odoo import api, models
from odoo.tools.i18n import format_list

from ... import audit_adapter
from ...clock import taipei_today
from ...degree_audit import Reading, Reason, Remark


class StudentAudit(models.AbstractModel):
    """Audits of students, and the reasons in sentences."""

    _name = "ntue.student.audit"
    _description = "Audit of a student"

    def _audit(self, ticks=(), final=False, term=None, pending=()):
        """Audit this student against the framework of the entry year.

        ``ticks``: enrolments that shall count as flexible credits. ``final``: count
        what is passed only (D2, D28). ``term``, ``pending``: as ``_cases`` has them, the
        latter of this student. Returns an ``AuditResult``; raises ``AuditError`` when a
        tick is not allowed.
        """
        reading = Reading.FINAL if final else Reading.EXPECTED
        return self._case(term, pending).audit([tick.id for tick in ticks], reading)

    def _case(self, term=None, pending=()):
        """The engine's ``Case`` of this student: see ``_cases``."""
        self.ensure_one()
        ((_student, case, _source),) = self._sourced_cases(term, {self: pending})
        return case

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

    @api.model
    def _reason_text(self, outcome, sentences=None, remarks=True):
        """Why an enrolment counts where it does, or does not.

        ``sentences``: those of ``_reason_sentences``, when many are written.
        ``remarks``: with what is to be said of the enrolment besides.
        """
        reasons, remarked = sentences or self._reason_sentences()
        text = reasons[outcome.reason]
        if outcome.reason in (Reason.COUNTS, Reason.MAPPED) and outcome.areas:
            areas = outcome.areas[0]
            if len(outcome.areas) > 1:
                areas = format_list(self.env, outcome.areas)
            text = reasons[outcome.reason, "area"] % areas
        shown = outcome.remarks if remarks else ()
        return " ".join([text, *(remarked[remark] for remark in shown)])

    @api.model
    def _reason_sentences(self):
        """A sentence for every reason and every remark of the engine, in two dicts."""
        _ = self.env._
        counts = _("Counts towards the graduation credits.")
        reasons = {
            Reason.COUNTS: counts,
            Reason.MAPPED: counts,
            (Reason.COUNTS, "area"): _("Counts in area %s."),
            (Reason.MAPPED, "area"): _("Counts in area %s by decision of a reviewer."),
            Reason.FLEXIBLE: _("Recognised as flexible credits."),
            Reason.TICKED: _("Ticked to count as flexible credits."),
            Reason.FAILED: _("Not passed, so it does not count."),
            Reason.WITHDRAWN: _("Withdrawn, so it does not count."),
            Reason.IN_PROGRESS: _("Not graded yet, so it does not count in the end."),
            Reason.REPEATED: _("Taken again: another attempt counts."),
            Reason.GRADE_FLOOR: _("Passed, but below the least score that the area asks."),
            Reason.IN_EXCESS: _("In excess: the areas that list it are full."),
            Reason.OUTSIDE: _("Outside your framework and not recognised yet."),
            Reason.REFUSED: _("Refused by a reviewer."),
        }
        remarks = {
            Remark.CREDITS_DIFFER: _(
                "Its credits differ from the framework's; they count as taken."
            ),
            Remark.MISSING_SCORE: _("The term is over and no score has been entered."),
            Remark.MATCHED_BY_EQUIVALENT: _("Matched through an equivalent course."),
            Remark.MATCHED_BY_NAME: _("Matched by its name and credits."),
            Remark.DECISION_VOID: _(
                "A reviewer's decision names an area or subject that the framework has no more."
            ),
            Remark.NOT_PROVEN: _("Placed as the best way found has it; a better one may exist."),
        }
        return reasons, remarks
