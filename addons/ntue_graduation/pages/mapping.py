"""Where a course from elsewhere can be mapped to, and what a decision on it would change (D19).

What the form offers (``fitting``) and what the model takes (``fits``) ask the same ``Trial``.
"""

from functools import cached_property

from odoo.addons.ntue_curriculum.audit_adapter import decision_of
from odoo.addons.ntue_curriculum.degree_audit import DecisionKind, Reason
from odoo.addons.ntue_curriculum.labels import plain_number

from ..cases import case_of, pending_decisions, ticks_beside
from ..workflow import RECOGNISED_AS


class Trial:
    """What an audit says once one row is decided this way or that; nothing is written."""

    def __init__(self, line):
        self.line, self.env = line, line.env
        self.application = application = line.application_id._origin
        self.enrolment = line.enrollment_id._origin
        others = [
            decision
            for decision in pending_decisions(application)
            if decision.enrolment != self.enrolment.id
        ]
        self.case = case_of(self.env, application.student_id, application.term_id, others)
        self.ticks = ticks_beside(application, others)

    @cached_property
    def taken(self):
        """The subjects that courses stand for while nothing is decided on the row, by number."""
        return {one.line for one in self.undecided().enrolments if one.line and _counts(one)}

    def fits(self, area, subject):
        """Whether the course can be mapped there: to a subject that nothing stands for, or a leaf.

        ``area`` and ``subject`` as a row names them, of which one may be empty.
        """
        if subject:
            own = subject.area_id
            return area in (own, area.browse()) and (
                subject._origin.id not in self.taken and self.takes(own, subject)
            )
        return not area.child_ids and self.takes(area, subject)

    def undecided(self):
        """The audit with the student's own tick and no decision on the row."""
        return self.case.audit(self.case.allowed(self.ticks))

    def decided(self, kind, area, subject):
        """The audit with a decision of ``kind`` on the row."""
        decision = decision_of(
            kind,
            self.enrolment,
            area._origin,
            subject._origin,
            self.env.user,
            "",
            self.application.term_id,
        )
        case = self.case.deciding(decision)
        return case.audit(case.allowed(self.ticks - {self.enrolment.id}))

    def takes(self, area, subject):
        """Whether the course counts there when it is mapped to it."""
        result = self.decided(DecisionKind.MAPPED, area, subject)
        found = [one for one in result.enrolments if one.key == self.enrolment.id]
        return any(
            one.reason is Reason.MAPPED
            and (area.code in one.areas if area else one.line == subject.id)
            for one in found
        )


def fitting(line):
    """``(areas, subjects)`` in which the course of a row counts; of subjects none that is taken."""
    trial = Trial(line)
    curriculum = trial.application.student_id.curriculum_id
    no_area, no_subject = curriculum.area_ids.browse(), curriculum.line_ids.browse()
    return (
        curriculum.area_ids.filtered(lambda area: trial.fits(area, no_subject)),
        curriculum.line_ids.filtered(lambda subject: trial.fits(no_area, subject)),
    )


def fits(line):
    """Whether what a row is mapped to can take its course."""
    return Trial(line).fits(line.mapped_area_id, line.mapped_line_id)


def _counts(outcome):
    return bool(outcome.areas or outcome.counted_credits)


def effect_text(line):
    """What the decision that is being filled in changes, in a few words; blank without one."""
    env = line.env
    kind = RECOGNISED_AS.get(line.decision)
    area, subject = line.mapped_line_id.area_id or line.mapped_area_id, line.mapped_line_id
    if not kind or (line.decision == "mapped" and not (area or subject)):
        return ""
    trial = Trial(line)
    before, after = trial.undecided(), trial.decided(kind, area, subject)
    text = env._(
        "Expected credits %(before)s → %(after)s",
        before=plain_number(before.expected),
        after=plain_number(after.expected),
    )
    if before.met and not after.met:
        return env._("%s: not enough to graduate any more.", text)
    if after.met and not before.met:
        return env._("%s: enough to graduate.", text)
    return text
