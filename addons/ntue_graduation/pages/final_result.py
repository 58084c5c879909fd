"""畢業成績: the graduation average by the rule of the program, and the rank in class (184)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from odoo.addons.ntue_curriculum.average import weighted_average
from odoo.addons.ntue_curriculum.degree_audit import Reason
from odoo.tools.i18n import format_list

from ..further import kept_programs

SCORED = ("passed", "failed")
"""States of an enrolment that has a score; what was transferred or withdrawn has none."""


class FinalResult(NamedTuple):
    """``average``: None without a score; ``rank`` and ``size``: 0 when nobody gave them."""

    average: Decimal | None
    rank: int
    size: int


def final_result(application):
    """The result as it stands now; see ``kept_result`` for one that is completed."""
    student, program = application.student_id, application.program_id
    if student.final_average:  # the student system's own, which knows what is averaged (A44)
        own = Decimal(str(student.final_average))
        average = own.quantize(Decimal(1).scaleb(-program.average_decimals), ROUND_HALF_UP)
        return FinalResult(average, student.class_rank, student.class_size)
    scores = [(row.credits, row.score) for row in _in_average(application)]
    average = weighted_average(scores, program.average_decimals)
    return FinalResult(average, student.class_rank, student.class_size)


def kept_result(application):
    """The result that was frozen with the completion, or as it stands before."""
    if application.state != "completed":
        return final_result(application)
    average = Decimal(str(application.final_average)) if application.has_average else None
    return FinalResult(average, application.final_rank, application.final_class_size)


def _in_average(application):
    """The enrolments that the average is made of, as program and courses say."""
    rows = application.student_id.enrollment_ids.filtered(
        lambda row: row.is_graded and row.state in SCORED and row.course_id.in_average
    )
    scope = application.program_id.average_counts
    if scope == "passed":
        return rows.filtered(lambda row: row.state == "passed")
    if scope == "counted":
        counted = {
            one.key
            for one in application._audit(final=True).enrolments
            if one.counted_credits or one.reason is Reason.TOGETHER
        }
        return rows.filtered(lambda row: row.id in counted)
    return rows


def result_sentence(application):
    """The frozen result in a sentence, for the log; blank without one."""
    _, result = application.env._, kept_result(application)
    parts = []
    if result.average is not None:
        decimals = application.program_id.average_decimals
        parts.append(_("Average %s.", f"{result.average:.{decimals}f}"))
    if result.rank:
        parts.append(rank_text(application.env, result))
    if programs := kept_programs(application):
        names = format_list(application.env, programs)
        parts.append(_("Further programs noted: %s.", names))
    return " ".join(parts)


def rank_text(env, result):
    """The rank in class in words."""
    if result.size:
        return env._("Rank %(rank)s of %(size)s.", rank=result.rank, size=result.size)
    return env._("Rank %s.", result.rank)
