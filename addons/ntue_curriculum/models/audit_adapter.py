"""The only place where records become audit values (design "The house").

Floats of the database become ``Decimal`` through their shortest text, so that 2.5
credits are 2.5. Functions here read; they decide nothing and write nothing.
"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

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


@lru_cache(maxsize=4096)
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


class Decided(NamedTuple):
    """A decision for the engine, with what tells whether it holds for an application."""

    kind: str
    enrollment: int | None
    term: int | None
    decision: Decision


_ENROLMENTS = """
    SELECT e.student_id, e.id, e.term_number, c.code, e.name, e.credits, e.state,
           CASE WHEN e.is_graded THEN e.score END,
           COALESCE(e.offering_no, ''), COALESCE(d.code, ''), COALESCE(e.school, ''),
           COALESCE(t.date_end < %s, FALSE)
      FROM ntue_enrollment e
      JOIN ntue_course c ON c.id = e.course_id
      JOIN ntue_term t ON t.id = e.term_id
 LEFT JOIN ntue_department d ON d.id = e.offering_department_id
     WHERE e.student_id = ANY(%s)
  ORDER BY e.student_id, e.id
"""

_DECISIONS = """
    SELECT r.student_id, r.enrollment_id, r.kind, COALESCE(a.code, la.code), r.line_id,
           p.name, COALESCE(r.reason, ''), t.number
      FROM ntue_recognition r
      JOIN res_users u ON u.id = r.author_id
      JOIN res_partner p ON p.id = u.partner_id
 LEFT JOIN ntue_curriculum_area a ON a.id = r.area_id
 LEFT JOIN ntue_curriculum_line l ON l.id = r.line_id
 LEFT JOIN ntue_curriculum_area la ON la.id = l.area_id
 LEFT JOIN ntue_term t ON t.id = r.term_id
     WHERE r.student_id = ANY(%s)
  ORDER BY r.student_id, r.id
"""

_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in DecisionKind}


def enrolments_of(students, today):
    """What each student took: ``{student id: [Enrolment]}``; ``today`` tells past terms (A24).

    One query for all, past the record rules: the caller has checked that the user may
    read these students.
    """
    students.env["ntue.enrollment"].flush_model()
    students.env["ntue.term"].flush_model()
    students.env.cr.execute(_ENROLMENTS, (today, students.ids))
    taken = {}
    for row in students.env.cr.fetchall():
        student, key, term, code, name, points, state, score, number, department, school, over = row
        taken.setdefault(student, []).append(
            Enrolment(
                key,
                term,
                code,
                name,
                decimal(points),
                _STATES[state],
                None if score is None else decimal(score),
                number,
                department,
                school,
                over,
            )
        )
    return taken


def decisions_of(students):
    """What was decided on each student: ``{student id: [Decided]}``, oldest first; see above."""
    students.env["ntue.recognition"].flush_model()
    students.env.cr.execute(_DECISIONS, (students.ids,))
    decided = {}
    for row in students.env.cr.fetchall():
        student, enrollment, kind, area, line, author, reason, term = row
        decision = Decision(_KINDS[kind], enrollment, area, line, author, reason, term)
        decided.setdefault(student, []).append(Decided(kind, enrollment, term, decision))
    return decided
