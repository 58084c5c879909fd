from odoo import api, models
from odoo.tools.i18n import format_list

from ..clock import taipei_today
from ..degree_audit import Reading, Reason, Remark, audit, counting_for
from . import audit_adapter

class Student(models.Model):
    _inherit = "ntue.student"

    def _audit(self, ticks=(), final=False, term=None, pending=()):
        """Audit this student against the framework of the entry year.

        ``ticks``: enrolments that shall count as flexible credits. ``final``: count
        what is passed only (D2, D28). ``term``: audit for the application of this term,
        so that flexible recognitions of other terms do not count (D20). ``pending``:
        decisions that are not recorded yet, as if they were.
        Returns an ``AuditResult``; raises ``AuditError`` when a tick is not allowed.
        """
        self.ensure_one()
        audited = self._audit_all(ticks=ticks, final=final, term=term, pending=pending)
        (_student, result) = next(iter(audited))
        return result

    def _audit_all(self, ticks=(), final=False, term=None, hashed=False, own=None, pending=()):
        """Audit every student of ``self``: yields ``(student, AuditResult)`` in order.

        Frameworks are prepared once; enrolments and decisions are read in bulk. With
        ``hashed`` a digest of all that the audit was made from stands third.
        ``own``: by student, ``(ticks, pending)`` of this one.
        """
        self.check_access("read")
        frameworks = {row: row._prepared() for row in self.curriculum_id}
        sources = audit_adapter.sources_of(self, taipei_today())
        exceptions = self._framework_exceptions(term) if term else {}
        tick_keys = frozenset(enrollment.id for enrollment in ticks)
        reading = Reading.FINAL if final else Reading.EXPECTED
        for student in self:
            source, curriculum = sources[student.id], student.curriculum_id
            prepared, text = frameworks[curriculum]
            ticked, undecided = tick_keys, pending
            if own:
                own_ticks, undecided = own[student]
                ticked = frozenset(own_ticks.ids)
            decisions = counting_for(source.decisions_with(undecided), term.number if term else None)
            if student in exceptions:
                prepared = exceptions[student](prepared)
            result = audit(prepared, source.enrolments, decisions, ticked, reading)
            if hashed:
                yield student, result, source.digest(text)
            else:
                yield student, result

    def _framework_exceptions(self, _term):
        """By student, what makes the shared framework that of their application; a hook (D17)."""
        return {}

    def _audit_input(self, term=None, pending=()):
        """What this student's audit is made from today: ``(Prepared, Source, decisions)``.

        For what-if and for pages that show the courses: the same values as ``_audit``,
        for the application of ``term`` if one is given, ``pending`` as there.
        """
        self.ensure_one()
        self.check_access("read")
        source = audit_adapter.sources_of(self, taipei_today())[self.id]
        prepared, _text = self.curriculum_id._prepared()
        exceptions = self._framework_exceptions(term) if term else {}
        if self in exceptions:
            prepared = exceptions[self](prepared)
        decisions = counting_for(source.decisions_with(pending), term.number if term else None)
        return prepared, source, decisions

    @api.model
    def _reason_text(self, outcome, sentences=None, remarks=True):
        """Why an enrolment counts where it does, or does not.

        ``sentences``: those of ``_reason_sentences``, when many are to be told.
        ``remarks``: with what is to be said of the enrolment besides.
        """
        reasons, remarked = sentences or self._reason_sentences()
        text = reasons[outcome.reason]
        if outcome.reason in (Reason.COUNTS, Reason.MAPPED) and outcome.areas:
            areas = outcome.areas[0]
            if len(outcome.areas) > 1:
                areas = format_list(self.env, outcome.areas)
            text = reasons[outcome.reason, "area"] % areas
        told = outcome.remarks if remarks else ()
        return " ".join([text, *(remarked[remark] for remark in told)])

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
