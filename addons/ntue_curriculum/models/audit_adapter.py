"""The only place where records become audit values (design "The house").

Floats of the database become ``Decimal`` through their shortest text, so that 2.5
credits are 2.5. Functions here read; they decide nothing and write nothing.
"""

from decimal import Decimal

from ..degree_audit import (
    Area,
    Decision,
    DecisionKind,
    Enrolment,
    FlexibleRule,
    Framework,
    Line,
    Origin,
    State,
    Unit,
    prepare,
)
from ..degree_audit import check_framework as check_values
from ..labels import plain_number


def decimal(number):
    """A float of a database column as the decimal number that people typed."""
    return Decimal(plain_number(round(number, 4)))


def framework_of(curriculum):
    """The engine's framework of one ``ntue.curriculum``, in framework order (A3)."""
    areas = curriculum.area_ids.sorted("sequence")
    lines = curriculum.line_ids.sorted("sequence")
    return Framework(
        code=curriculum.code,
        department=curriculum.department_id.code,
        graduation_credits=decimal(curriculum.graduation_credits),
        areas=tuple(map(_area, areas)),
        lines=tuple(map(_line, lines)),
        equivalents={
            course.code: frozenset(course.equivalent_ids.mapped("code"))
            for course in lines.course_id
            if course.equivalent_ids
        },
        flexible_rules=tuple(map(_rule, curriculum.flexible_rule_ids.sorted("sequence"))),
        revision=curriculum.revision,
    )


def prepared_framework(curriculum):
    """The framework with the engine's tables built: once for many students."""
    return prepare(framework_of(curriculum))


def check_framework(curriculum):
    """Sentences on what makes the framework unusable; empty when it is sound."""
    findings = check_values(framework_of(curriculum))
    return [f"{finding.path}: {finding.message}" for finding in findings if finding.fatal]


def _area(area):
    return Area(
        code=area.code,
        name=area.name,
        parent=area.parent_id.code or None,
        min_credits=decimal(area.min_credits),
        min_courses=area.min_courses,
        max_credits=decimal(area.max_credits) if area.has_cap else None,
        min_children=area.min_children or None,
        min_score=decimal(area.min_score) if area.has_floor else None,
    )


def _line(line):
    return Line(
        key=line.id,
        code=line.course_id.code,
        name=line.name,
        credits=decimal(line.credits),
        area=line.area_id.code or None,
        required=line.requirement == "required",
        counts_in_total=line.counts_in_total,
        shareable=line.shareable,
    )


def _rule(rule):
    return FlexibleRule(
        origin=None if rule.origin == "all" else Origin(rule.origin),
        unit=Unit(rule.unit),
        limit=decimal(rule.limit) if rule.has_limit else None,
        prior_approval=rule.prior_approval,
        exempt=rule.exempt,
    )


def enrolment_of(enrollment, today):
    """The engine's enrolment of one ``ntue.enrollment``; ``today`` tells past terms (A24)."""
    last_day = enrollment.term_id.date_end
    return Enrolment(
        key=enrollment.id,
        term=enrollment.term_number,
        code=enrollment.course_id.code,
        name=enrollment.name,
        credits=decimal(enrollment.credits),
        state=State(enrollment.state),
        score=decimal(enrollment.score) if enrollment.is_graded else None,
        offering_no=enrollment.offering_no or "",
        department=enrollment.offering_department_id.code or "",
        school=enrollment.school or "",
        term_over=bool(last_day and last_day < today),
    )


def decision_of(recognition):
    """The engine's decision of one ``ntue.recognition``."""
    return Decision(
        kind=DecisionKind(recognition.kind),
        enrolment=recognition.enrollment_id.id or None,
        area=recognition.area_id.code or recognition.line_id.area_id.code or None,
        line=recognition.line_id.id or None,
        author=recognition.author_id.name or "",
        reason=recognition.reason or "",
        term=recognition.term_id.number or None,
    )
