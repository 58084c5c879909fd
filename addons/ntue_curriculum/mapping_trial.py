"""Where a course can be mapped to: an audit with the decision, of which nothing is written (D19).

What a form offers (``fitting``) and what a model takes (``Trial.fits``) ask the same ``Trial``.
"""

from functools import cached_property

from .audit_adapter import decision_of
from .degree_audit import DecisionKind, Reason


class Trial:
    """What an audit says once one enrolment is decided this way or that; nothing is written.

    ``case``: without a decision of now on the enrolment; ``ticks``: those of the application that
    it is decided in, if any; ``term``: for which it is decided, perhaps none.
    """

    def __init__(self, enrolment, case, term, ticks=frozenset(), others=()):
        """``others``: ids of further enrolments that stand for a subject with it (A55)."""
        self.enrolment, self.env = enrolment, enrolment.env
        self.case, self.term, self.ticks = case, term, ticks
        self.others = tuple(others)

    @cached_property
    def taken(self):
        """The subjects that courses stand for while nothing is decided on it, by number."""
        return {one.line for one in self.undecided().enrolments if one.line and _counts(one)}

    def fits(self, area, subject):
        """Whether the course can be mapped there: to a subject that nothing stands for, or a leaf.

        Of ``area`` and ``subject`` one may be empty.
        """
        if subject:
            own = subject.area_id
            return area in (own, area.browse()) and (
                subject._origin.id not in self.taken and self.takes(own, subject)
            )
        return not area.child_ids and self.takes(area, subject)

    def undecided(self):
        """The audit with the student's own tick and no decision of now on it."""
        return self.case.audit(self.case.allowed(self.ticks))

    def decided(self, kind, area, subject):
        """The audit with a decision of ``kind`` on it."""
        decision = decision_of(
            kind,
            self.enrolment,
            area._origin,
            subject._origin,
            self.env.user,
            "",
            self.term,
            self.others,
        )
        case = self.case.deciding(decision)
        return case.audit(case.allowed(self.ticks - {self.enrolment.id, *self.others}))

    def takes(self, area, subject):
        """Whether the course counts there when it is mapped to it."""
        result = self.decided(DecisionKind.MAPPED, area, subject)
        found = [one for one in result.enrolments if one.key == self.enrolment.id]
        return any(
            one.reason is Reason.MAPPED
            and (area.code in one.areas if area else one.line == subject.id)
            for one in found
        )


def fitting(trial, curriculum):
    """``(areas, subjects)`` of ``curriculum`` where the course counts; of subjects none taken."""
    no_area, no_subject = curriculum.area_ids.browse(), curriculum.line_ids.browse()
    return (
        curriculum.area_ids.filtered(lambda area: trial.fits(area, no_subject)),
        curriculum.line_ids.filtered(lambda subject: trial.fits(no_area, subject)),
    )


def trial_of(recognition):
    """The ``Trial`` of a decision that is being made, on the form or a moment ago."""
    case = recognition.student_id._origin._case()
    # In the order in which they were recorded: a moment ago is last.
    before = case.before_the_last() if recognition._origin else case
    return Trial(
        recognition.enrollment_id._origin,
        before,
        recognition.term_id._origin,
        others=recognition.together_ids._origin.ids,
    )


def _counts(outcome):
    return bool(outcome.areas or outcome.counted_credits)
