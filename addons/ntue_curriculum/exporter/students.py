"""Students and what is kept about them as rows of their files: ``rows(export)``."""

from collections import Counter

from odoo.fields import Domain
from odoo.tools import split_every

from ..importer.problems import _
from ..importer.rules_decisions import PLACING
from ..importer.student_files import DECISIONS
from ..importer.writing.known import decimal

STUDENTS_AT_ONCE = 400
"""Students whose rows are in memory together."""

IN_FILES = frozenset({*DECISIONS.values(), "waived"})
"""Kinds of decisions that files have a word for; waivers have a file of their own."""

STUDENT = ("student_no", "name", "english_name", "email", "mobile", "phone", "entry_year")
ENROLMENT = (
    "offering_no",
    "name",
    "credits",
    "requirement",
    "school",
    "domain",
    "language",
    "level",
    "is_distance",
    "is_mooc",
    "counted_before",
    "grade",
    "grade_locked",
    "state",
    "withdrawn_on",
    "study_class",
    "note",
)


UNPUBLISHED = _(
    "%(count)s students are left out with all that is theirs, since their framework is not "
    "published."
)
ERASED = _(
    "%(count)s students are left out with all that is theirs, since their names and numbers were "
    "erased."
)
ARCHIVED = _(
    "%(count)s of the students are archived. The files do not say of whom: where these students "
    "are new, archive them again."
)


def _in_files(export):
    """The students of whom files have rows, as a search domain; archived ones, too."""
    return export.reach.students() & export.of_published & Domain("identity_erased_on", "=", False)


def _note_of_whom(export):
    """Say once how many students no file has, and what files do not say of others."""
    students = export.env["ntue.student"].with_context(active_test=False)
    erased = Domain("identity_erased_on", "!=", False)
    for sentence, domain in (
        (UNPUBLISHED, export.reach.students() & ~export.of_published & ~erased),
        (ERASED, export.reach.students() & erased),
        (ARCHIVED, _in_files(export) & Domain("active", "=", False)),
    ):
        count = students.search_count(domain)
        note = sentence.fill(count=count)
        if count and note not in export.notes:
            export.notes.append(note)


def _in_parts(export):
    """The students in parts by number; what was read of one part is forgotten before the next."""
    _note_of_whom(export)
    students = export.env["ntue.student"].with_context(active_test=False)
    ids = students.search(_in_files(export), order="student_no").ids
    for part in split_every(STUDENTS_AT_ONCE, ids, list):
        export.env.invalidate_all()
        yield export.env["ntue.student"].browse(part)


def students(export):
    for part in _in_parts(export):
        for row in part:
            yield {
                **{name: row[name] for name in STUDENT},
                "framework": row.curriculum_id.code,
                "is_teacher_ed": row.is_teacher_ed,
                "english_name_accepted": row.english_name_accepted,
                "class_rank": row.class_rank or None,
                "class_size": row.class_size or None,
                "final_average": row.final_average or None,
                "student_kind": row.student_kind,
                "rules_year": row.rules_year or None,
                "alias_name": row.alias_name,
                "extension_years": row.extension_years or None,
            }


def _of_part(export, model, part, order):
    return export.env[model].search([("student_id", "in", part.ids)], order=order)


def student_terms(export):
    for part in _in_parts(export):
        found = _of_part(export, "ntue.student.term", part, "id")
        for row in found.sorted(lambda one: (one.student_id.student_no, one.term_id.number)):
            yield {
                "student": row.student_id.student_no,
                "term": row.term_id.code,
                "status": row.status,
            }


def _attempt(row):
    """What tells an enrolment from others."""
    return {
        "student": row.student_id.student_no,
        "term": row.term_id.code,
        "offering_no": row.offering_no,
        "course": row.course_id.code,
    }


def enrollments(export):
    for part in _in_parts(export):
        found = _of_part(export, "ntue.enrollment", part, "id")
        for row in found.sorted(lambda one: (one.student_id.student_no, one.term_number, one.id)):
            yield {
                **{name: row[name] for name in ENROLMENT},
                **_attempt(row),
                "department": row.offering_department_id.code,
                "score": decimal(row.score) if row.is_graded else None,
                "is_pass": None,
            }


def _courses(decision):
    """The courses that a decision is about: several where they stand for a subject together."""
    return decision.enrollment_id | decision.together_ids


def _of_one_code(decisions):
    """The decisions on courses that their student has beside others of the same code (A31)."""
    rows = decisions.enrollment_id.student_id.enrollment_ids
    counts = Counter(tuple(_attempt(row).values()) for row in rows)
    return decisions.filtered(
        lambda one: any(counts[tuple(_attempt(row).values())] > 1 for row in _courses(one))
    )


def recognitions(export):
    """Decisions that hold. One that a file cannot say is left out, and that is said."""
    left_out = unclear = 0
    for part in _in_parts(export):
        found = _of_part(export, "ntue.recognition", part, "id")
        several = _of_one_code(found)
        unclear += len(several)
        found -= several
        told = found.filtered(lambda row: row.kind in DECISIONS.values() and not row.is_void)
        left_out += len(found.filtered(lambda row: row.kind not in IN_FILES))
        yield from _decision_rows(told)
    if unclear:
        export.notes.append(
            _(
                "%(count)s decisions are left out, since their student has several courses under "
                "one code in one term, and a file cannot say which of them is meant.",
                count=unclear,
            )
        )
    if left_out:
        export.notes.append(
            _(
                "%(count)s decisions are left out, since files have no word for their kind: a "
                "course counted whatever its limits.",
                count=left_out,
            )
        )


def _decision_rows(told):
    """Rows of the decisions ``told``: of each course and term the one that holds."""
    last = {}
    for row in told:
        placing = row.kind if row.kind not in PLACING else PLACING
        for course in _courses(row):
            last[(course.id, row.term_id.id, placing)] = row
    holding = Counter(last.values())
    whole = {row for row, courses in holding.items() if courses == len(_courses(row))}
    for row in sorted(whole, key=lambda one: (one.student_id.student_no, one.id)):
        is_mapped = row.kind == "mapped"
        for course in (row.enrollment_id, *row.together_ids):
            yield {
                **_attempt(course),
                "kind": "together" if row.together_ids else row.kind,
                "area": is_mapped and row.area_id.code,
                "line_course": row.kind in ("mapped", "substituted") and row.line_id.course_id.code,
                "decided_term": row.term_id.code,
                "reason": row.reason,
            }


def student_waivers(export):
    """Subjects that need not be taken, of the framework that holds; one row a course and term."""
    for part in _in_parts(export):
        found = _of_part(export, "ntue.recognition", part, "id")
        given = found.filtered(lambda row: row.kind == "waived" and not row.is_void)
        last = {(row.student_id.id, row.line_id.course_id.id, row.term_id.id): row for row in given}
        for row in sorted(last.values(), key=lambda one: (one.student_id.student_no, one.id)):
            yield {
                "student": row.student_id.student_no,
                "course": row.line_id.course_id.code,
                "decided_term": row.term_id.code,
                "reason": row.reason,
            }


EVIDENCE = ("document", "dated_on", "expires_on", "exempts", "verdict", "reason")


def student_milestones(export):
    """What was shown. Of pieces with document and day that say wholly the same one is told."""
    left_out = 0
    for part in _in_parts(export):
        found, told = _of_part(export, "ntue.milestone.evidence", part, "id"), set()
        for row in found.sorted(lambda one: (one.student_id.student_no, one.id)):
            # What was shown for a framework that holds no longer cannot be said by a file.
            if row.milestone_id.curriculum_id.code != row.student_id.curriculum_id.code:
                continue
            values = _evidence_row(row)
            said = tuple(values.values())
            if row.document and row.dated_on and said in told:
                left_out += 1
                continue
            told.add(said)
            yield values
    if left_out:
        export.notes.append(
            _(
                "%(count)s pieces of evidence are left out, since another one of the same student "
                "says wholly the same, with the same document and day.",
                count=left_out,
            )
        )


def _evidence_row(row):
    return {
        **{name: row[name] for name in EVIDENCE},
        "student": row.student_id.student_no,
        "milestone": row.milestone_id.code,
        "way": row.milestone_id.way,
        "amount": decimal(row.amount),
    }


def student_programmes(export):
    for part in _in_parts(export):
        found = _of_part(export, "ntue.student.programme", part, "id")
        for row in found.sorted(lambda one: (one.student_id.student_no, one.id)):
            # Past the rules of frameworks: whoever exports the student may know the program.
            yield {
                "student": row.student_id.student_no,
                "framework": row.sudo().curriculum_id.code,
            }
