"""Where a course of an application can be mapped to, beside what else is decided on it."""

from odoo.addons.ntue_curriculum import mapping_trial

from .cases import case_of, pending_decisions, ticks_beside


def trial_of(line):
    """The ``Trial`` of a row: beside what is decided on the others of its application."""
    application, enrolment = line.application_id._origin, line.enrollment_id._origin
    others = [
        decision
        for decision in pending_decisions(application)
        if decision.enrolment != enrolment.id
    ]
    case = case_of(line.env, application.student_id, application.term_id, others)
    ticks = ticks_beside(application, others)
    return mapping_trial.Trial(enrolment, case, application.term_id, ticks)


def fitting(line):
    """``(areas, subjects)`` in which the course of a row counts; of subjects none that is taken."""
    return mapping_trial.fitting(
        trial_of(line), line.application_id._origin.student_id.curriculum_id
    )


def fits(line):
    """Whether what a row is mapped to can take its course."""
    return trial_of(line).fits(line.mapped_area_id, line.mapped_line_id)
