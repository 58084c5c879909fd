"""The only place where records become audit values (docs/architecture.md).

Floats of the database become ``Decimal`` through their shortest text, so that 2.5
credits are 2.5. Functions here read; they decide nothing and write nothing.
"""

import hashlib
import marshal
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from odoo.tools import SQL, groupby

from .counting import SOURCES
from .degree_audit import (
    Area,
    Background,
    Case,
    CountingRule,
    CourseSource,
    CourseStanding,
    Decision,
    DecisionKind,
    Enrolment,
    Evidence,
    FlexibleRule,
    Framework,
    Line,
    Measure,
    Milestone,
    Offering,
    Origin,
    Per,
    Reason,
    RuleKind,
    Selector,
    Sharing,
    State,
    Target,
    Unit,
    Verdict,
    Way,
    check_framework,
    difference,
    prepare,
)
from .importer.rules_milestones import SELECTING as WAY_SELECTING
from .labels import plain_number
from .selecting import SELECTOR_WORDS, selector_words
from .year_spans import year_spans


@lru_cache(maxsize=4096)
def decimal(number):
    """A float of a database column as the decimal number that people typed."""
    return Decimal(plain_number(round(number, 4)))


def framework_of(curriculum, parts=None):
    """The engine's framework of one ``ntue.curriculum``, in framework order (A3).

    ``parts``: gives by name of a field its records in order, where they shall not be those that
    the framework has.
    """
    parts = parts or (lambda name: curriculum[name].sorted("sequence"))
    lines = parts("line_ids")
    return Framework(
        code=curriculum.code,
        department=curriculum.department_id.code,
        graduation_credits=decimal(curriculum.graduation_credits),
        areas=tuple(map(_area, parts("area_ids"))),
        lines=tuple(map(_line, lines)),
        equivalents=curriculum._equivalents(),
        flexible_rules=tuple(map(_rule, parts("flexible_rule_ids"))),
        revision=curriculum.revision,
        counting_rules=_counting_rules(parts("counting_rule_ids"), lines),
        milestones=_milestones(parts("milestone_ids")),
    )


def sharing_of(curriculum):
    """How much of a further program may also count in the main one (A45)."""
    most = decimal(curriculum.max_shared) if curriculum.has_max_shared else None
    return Sharing(most, decimal(curriculum.min_exclusive))


def _milestones(rows):
    """Rows of one code are the ways to one milestone, in framework order."""
    return tuple(
        Milestone(code, ways[0].name, tuple(map(_way, ways)))
        for code, ways in rows.grouped("code").items()
    )


def _way(row):
    selector = Selector(
        **{name.removeprefix("select_"): selector_words(row[name] or "") for name in WAY_SELECTING}
    )
    return Way(
        name=row.way,
        measure=Measure(row.measure),
        amount=decimal(row.amount),
        credits=decimal(row.min_credits),
        selector=selector if row.measure == "courses" else None,
        student_kinds=selector_words(row.student_kinds or ""),
    )


def pass_mark_of(student):
    """The score below which nobody of the student's program passes."""
    return decimal(student.program_id.pass_mark)


def findings_of(curriculum):
    """What the engine finds wrong with the framework; empty when it is sound (F18)."""
    return findings_in(framework_of(curriculum))


def findings_in(framework):
    """As ``findings_of``, of an engine's framework that no record may be yet."""
    return check_framework(framework)


def differences(before, after):
    """In what framework ``after`` differs from ``before``, as the engine's changes."""
    planned = {
        line.id: f"{line.planned_year or ''}/{line.planned_term or ''}".strip("/")
        for line in (before | after).line_ids
    }
    return difference(framework_of(before), framework_of(after), planned)


def _area(area):
    return Area(
        code=area.code,
        name=area.name,
        parent=area.parent_id.code or None,
        min_credits=decimal(area.min_credits),
        min_courses=area.min_courses,
        max_credits=decimal(area.max_credits) if area.has_cap else None,
        min_children=area.min_children or None,
        max_children=area.max_children or None,
        waivers_lower=area.waivers_lower,
        min_score=decimal(area.min_score) if area.has_floor else None,
        selector=_selector(area),
        student_kinds=selector_words(area.student_kinds or ""),
        entry_years=year_spans(area.entry_years),
        departments=selector_words(area.departments),
    )


def _selector(area):
    """What the area selects its courses by; None when it lists them."""
    found = _conditions(area)
    return None if found == Selector(exceptions=found.exceptions) else found


def _conditions(record):
    """The selecting fields of an area or a counting rule."""
    return Selector(
        **{name: selector_words(record[f"select_{name}"] or "") for name in SELECTOR_WORDS},
        distance=record.select_distance or "",
    )


def _counting_rules(rules, lines):
    """``rules`` in order; they name courses as the ``lines`` do."""
    codes = lines.course_id.mapped("code")
    known = {code.casefold(): code for code in codes}
    return tuple(
        CountingRule(
            code=rule.code,
            name=rule.name,
            kind=RuleKind(rule.kind),
            courses=tuple(known.get(c.casefold(), c) for c in selector_words(rule.courses)),
            selector=_conditions(rule),
            sources=tuple(CourseSource(one.removeprefix("from_")) for one in SOURCES if rule[one]),
            area=rule.area_id.code or None,
            per=Per(rule.per),
            min_credits=decimal(rule.min_credits),
            min_courses=rule.min_courses,
            max_credits=decimal(rule.max_credits) if rule.has_cap else None,
            max_courses=rule.max_courses if rule.has_course_cap else None,
            max_share=decimal(rule.max_share) if rule.max_share else None,
            min_score=decimal(rule.min_score) if rule.has_floor else None,
        )
        for rule in rules
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
        repeats=line.repeats,
    )


def origin_of(rule):
    """The origin of an engine's flexible rule as its record names it."""
    return rule.origin.value if rule.origin else "all"


def _rule(rule):
    return FlexibleRule(
        origin=None if rule.origin == "all" else Origin(rule.origin),
        unit=Unit(rule.unit),
        limit=decimal(rule.limit) if rule.has_limit else None,
        prior_approval=rule.prior_approval,
        exempt=rule.exempt,
    )


def with_limits(prepared, limits):
    """The prepared framework with ``limits`` in place of its own, by origin and unit (D17).

    What was raised is never lowered by it: the framework may have been revised since.
    """
    rules = prepared.framework.flexible_rules
    raised = (limits.get((origin_of(rule), rule.unit.value)) for rule in rules)
    changed = tuple(
        replace(rule, limit=max(rule.limit, decimal(limit)))
        if limit and rule.limit is not None
        else rule
        for rule, limit in zip(rules, raised, strict=True)
    )
    return prepare(replace(prepared.framework, flexible_rules=changed))


def standing_on_slip(row):
    """Where a course of a slip counts and why, as ``compare`` has it of an audit."""
    return CourseStanding(
        Reason(row["reason"]), tuple(row["areas"]), Decimal(row["counted"]), void=False
    )


def planned(lines, enrolments, department):
    """The engine's ``lines`` as if they were being taken, after everything of ``enrolments``.

    ``department``: the student's, which is thought of as offering them.
    """
    term = max((row.term for row in enrolments), default=0) + 1
    return [
        Enrolment(
            -line.key,
            term,
            line.code,
            line.name,
            line.credits,
            State.IN_PROGRESS,
            department=department.code,
        )
        for line in lines
    ]


def target_of(area, line):
    """What a decision names, as the engine's ``Target``; both may be empty."""
    return Target(line.id or None, area.code or None)


_ENROLMENTS = """
    SELECT e.student_id, e.id, e.term_number, c.code, e.name, e.credits, e.state,
           CASE WHEN e.is_graded THEN e.score END,
           COALESCE(e.offering_no, ''), COALESCE(d.code, ''), COALESCE(e.school, ''),
           COALESCE(t.date_end < %(today)s, FALSE),
           COALESCE(e.domain, ''), COALESCE(e.language, ''), COALESCE(e.level, ''),
           COALESCE(e.is_distance, FALSE), COALESCE(e.is_mooc, FALSE),
           COALESCE(e.counted_before, '') <> '',
           COALESCE(e.grade_locked, FALSE), e.grade,
           EXISTS(SELECT FROM ntue_recognition WHERE student_id = ANY(%(students)s))
      FROM ntue_enrollment e
      JOIN ntue_course c ON c.id = e.course_id
      JOIN ntue_term t ON t.id = e.term_id
 LEFT JOIN ntue_department d ON d.id = e.offering_department_id
     WHERE e.student_id = ANY(%(students)s)
  ORDER BY e.student_id, e.id
"""
"""What was taken; last, and of no audit, how pages show the grade, and whether the decisions on any
of these students have to be asked for: that query takes longest where it finds nothing."""

_DECISIONS = """
    SELECT r.student_id, r.enrollment_id, r.kind, COALESCE(a.code, la.code), r.line_id,
           (SELECT p.name
              FROM res_users u JOIN res_partner p ON p.id = u.partner_id
             WHERE u.id = r.author_id),
           COALESCE(r.reason, ''), t.number,
           COALESCE(s.curriculum_id <> ANY(ARRAY[a.curriculum_id, l.curriculum_id]), FALSE),
           ARRAY(SELECT together.enrollment_id
                   FROM ntue_recognition_together_rel together
                  WHERE together.recognition_id = r.id
               ORDER BY together.enrollment_id)
      FROM ntue_recognition r
      JOIN ntue_student s ON s.id = r.student_id
 LEFT JOIN ntue_curriculum_area a ON a.id = r.area_id
 LEFT JOIN ntue_curriculum_line l ON l.id = r.line_id
 LEFT JOIN ntue_curriculum_area la ON la.id = l.area_id
 LEFT JOIN ntue_term t ON t.id = r.term_id
     WHERE r.student_id = ANY(%s)
  ORDER BY r.student_id, r.id
"""

_EVIDENCE = """
    SELECT e.student_id, m.code, m.way, e.amount, e.verdict,
           COALESCE(%s, FALSE), COALESCE(e.exempts, FALSE)
      FROM ntue_milestone_evidence e
      JOIN ntue_curriculum_milestone m ON m.id = e.milestone_id
     WHERE e.student_id = ANY(%s)
  ORDER BY e.student_id, e.id
"""

_EXPIRED = """
    SELECT DISTINCT audit.student_id
      FROM ntue_audit audit
      JOIN ntue_milestone_evidence e ON e.student_id = audit.student_id
     WHERE audit.student_id NOT IN (SELECT student_id FROM ntue_audit_due)
       AND %s
       AND NOT %s
"""

_DAY_OF_AUDIT = SQL("(audit.computed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Taipei')::date")


def _has_expired(day):
    """The condition that evidence ``e`` holds no longer on ``day``, a day or SQL."""
    return SQL("e.expires_on < %s", day)


READ = (
    "ntue.enrollment",
    "ntue.recognition",
    "ntue.milestone.evidence",
    "ntue.student",
    "ntue.term",
)
"""Models of which an audit reads rows by SQL."""

_STUDENT = itemgetter(0)
_BESIDE = 3
"""Columns of ``_ENROLMENTS`` that are of no audit."""

_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in DecisionKind}


def decision_of(kind, enrollment, area, line, author, reason, term, others=()):
    """A decision that is not recorded yet; records, ``enrollment`` and places may be empty.

    ``others``: ids of further enrolments that stand for the line together with it (A55).
    """
    return Decision(
        _KINDS[kind],
        enrollment.id or None,
        area.code or line.area_id.code or None,
        line.id or None,
        author.name,
        reason or "",
        term.number,
        others=tuple(others),
    )


class Grade(NamedTuple):
    """How pages show a grade: whether it is final (D4), and the letter or None (A44)."""

    final: bool
    letter: str | None


class Source:
    """What one student's audit is made from."""

    __slots__ = ("about", "decisions", "enrolments", "evidence", "rows", "taken")

    def __init__(self, student_kind="", entry_year=0, department=""):
        self.enrolments = []
        self.decisions = []
        self.evidence = []
        self.about = (student_kind, entry_year, department)
        self.taken = []
        self.rows = []

    def case(self, prepared, term=None, pending=()):
        """The ``Case`` of this student before a framework, in the application of ``term``.

        ``pending``: decisions that count as if they were recorded now, in this order.
        """
        last = len(self.decisions)
        undecided = (replace(one, recorded=at) for at, one in enumerate(pending, last + 1))
        number = term.number if term else None
        kind, entry_year, department = self.about
        background = Background(kind, tuple(self.evidence), entry_year, department)
        decisions = (*self.decisions, *undecided)
        return Case(prepared, self.enrolments, decisions, number, background)

    def digest(self, framework):
        """SHA-256 of every input: these rows and the ``framework``'s own digest."""
        rows = [self.about, *(row[:-_BESIDE] for row in self.taken), *self.rows]
        # Version 2 of the format depends on the values alone.
        return hashlib.sha256(framework + marshal.dumps(rows, 2)).hexdigest()

    def grades(self):
        """The ``Grade`` of each enrolment, by its key."""
        return {row[1]: Grade(*row[-_BESIDE:-1]) for row in self.taken}


def framework_digest(framework):
    """A framework for ``Source.digest``: 32 bytes, since thousands are mixed with them."""
    return hashlib.sha256(repr(framework).encode()).digest()


def sources_of(students, today):
    """What each student took and what was decided: ``{student id: Source}``.

    ``today`` tells past terms (A24) and what has expired (A41). One query for all, another where
    anything was decided and one more where there are milestones, past the record rules: the caller
    has checked that the user may read these students.
    """
    sources = {
        student.id: Source(
            student.student_kind or "",
            student.rules_year or student.entry_year,
            student.department_id.code or "",
        )
        for student in students
    }
    _write_back(students.env)
    rows = _rows(students, _ENROLMENTS, {"today": today, "students": students.ids})
    for student, own in groupby(rows, _STUDENT):
        source = sources[student]
        source.taken = own
        source.enrolments = list(map(_enrolment, own))
    if not rows or rows[0][-1]:
        _read_decisions(students, sources)
    if students.env["ntue.curriculum.milestone"]._exist():
        _read_evidence(students, today, sources)
    return sources


def _read_decisions(students, sources):
    """What reviewers decided."""
    for row in _rows(students, _DECISIONS, (students.ids,)):
        *single, others = row
        student, *decided, elsewhere = single
        source = sources[student]
        # Without what it lacks: audits of before are fresh as long as nothing else changed.
        source.rows.append(row if others else tuple(single))
        source.decisions.append(_recorded(decided, elsewhere, others, len(source.decisions) + 1))


def _recorded(decided, elsewhere, others, number):
    """One row of ``_DECISIONS`` as the engine's value."""
    enrollment, kind, area, line, author, reason, term = decided
    if elsewhere:
        area = line = None
    return Decision(
        _KINDS[kind],
        enrollment,
        area,
        line,
        author,
        reason,
        term,
        number,
        elsewhere,
        tuple(others),
    )


def _read_evidence(students, today, sources):
    """What was shown for milestones."""
    query = SQL(_EVIDENCE, _has_expired(today), students.ids)
    for row in _rows(students, query):
        student, code, way, amount, verdict, expired, exempts = row
        source = sources[student]
        source.rows.append(row)
        source.evidence.append(
            Evidence(code, way, decimal(amount or 0), Verdict(verdict), expired, exempts)
        )


def _enrolment(row):
    """One row of ``_ENROLMENTS`` as the engine's value."""
    _, key, term, code, name, points, state, score, number, department, school, over, *more = row
    domain, language, level, distance, mooc, used, *_beside = more
    points, score = decimal(points), None if score is None else decimal(score)
    return Enrolment(
        key,
        term,
        code,
        name,
        points,
        _STATES[state],
        score,
        number,
        department,
        school,
        over,
        _offering(domain, language, level, distance, mooc),
        used,
    )


_offering = lru_cache(maxsize=4096)(Offering)


def students_with_expired(env, today):
    """Ids of the students of whom evidence has expired by ``today`` since they were audited."""
    for model in ("ntue.audit", "ntue.milestone.evidence"):
        env[model].flush_model()
    env.cr.execute(SQL(_EXPIRED, _has_expired(today), _has_expired(_DAY_OF_AUDIT)))
    return [student for (student,) in env.cr.fetchall()]


def _write_back(env):
    """Have the database know what the ORM still holds back of what is read by SQL."""
    for model in READ:
        env[model].flush_model()


def _rows(students, query, parameters=None):
    """The rows of one of the queries."""
    students.env.cr.execute(query, parameters)
    return students.env.cr.fetchall()
