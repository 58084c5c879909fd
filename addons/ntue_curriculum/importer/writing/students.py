"""Writing steps of the importer: students, their terms and what was decided on them."""

from odoo.tools import split_every

from ..problems import _
from ..student_files import RECOGNITIONS
from . import bulk
from .conflicts import Shelter
from .run import number

STUDENTS_AT_ONCE = 400
"""Students whose enrolments are read and compared together: some 20,000 rows."""

DECISION = ("enrollment_id", "kind", "term_id", "area_id", "line_id")
"""What tells one decision from another: the same again is not taken twice (F20)."""

PROFILE = ("english_name", "email", "mobile", "phone")
"""Students keep these themselves (D6): an empty cell takes nothing away."""


RANK = ("class_rank", "class_size")
"""What the student system says of a student's place in the class (184)."""


def write_students(run):
    rows = run.rows("students")
    if not rows:
        return
    frameworks, done = _published(run, {row.framework for row in rows}), 0
    for part in split_every(STUDENTS_AT_ONCE, rows, list):
        numbers = [row.student_no for row in part]
        found = run.env["ntue.student"].search([("student_no", "in", numbers)])
        stored = {student.student_no: student for student in found}
        values = {row.student_no: _student_values(row, frameworks) for row in part}
        for student in found:
            _keep_profile(values[student.student_no], student.contacts_erased_on)
            if student.identity_erased_on:  # the file has the number that replaced hers
                del values[student.student_no]["name"]
        _add_partners(run, [vals for no, vals in values.items() if no not in stored])
        counts, absent = run.counts("students"), run.absent("students")
        shelter = Shelter(run, "students", {row.student_no: row for row in part})
        run.upsert("ntue.student", values.items(), stored, counts, absent, shelter=shelter)
        run.release()
        done += len(part)
        run.tell("students", done, len(rows))


def _published(run, codes):
    curricula = run.env["ntue.curriculum"].search_fetch(
        [("code", "in", list(codes)), ("state", "=", "published")], ["code"]
    )
    return {curriculum.code: curriculum.id for curriculum in curricula}


def _student_values(row, frameworks):
    return {
        "student_no": row.student_no,
        "name": row.name,
        **{name: getattr(row, name) for name in PROFILE},
        "curriculum_id": frameworks[row.framework],
        "entry_year": row.entry_year,
        "is_teacher_ed": row.is_teacher_ed,
        "student_kind": row.student_kind or False,
        "rules_year": int(row.rules_year or 0),
        # What the registrar accepted is no file's to take away.
        **({"english_name_accepted": True} if row.english_name_accepted else {}),
        # An older file has neither, and takes nothing away.
        **{name: int(value) for name in RANK if (value := getattr(row, name)) is not None},
        **({} if row.final_average is None else {"final_average": number(row.final_average)}),
    }


def _keep_profile(values, erased):
    """Leave what an empty cell must not take away, and what a file must not bring back."""
    for name in PROFILE:
        if erased or not values[name]:
            del values[name]


def _add_partners(run, values_list):
    """Contacts of new students, made together instead of one by one."""
    contacts = run.env["ntue.student"]._create_contacts(values_list)
    for vals, contact in zip(values_list, contacts, strict=True):
        vals["partner_id"] = contact.id


def by_student(run, name):
    """The rows of a file by student, in parts that are worked on together."""
    rows = {}
    for row in run.rows(name):
        rows.setdefault(row.student, []).append(row)
    total, done = sum(map(len, rows.values())), 0
    for numbers in split_every(STUDENTS_AT_ONCE, rows, list):
        ids = run.ids("ntue.student", numbers, "student_no")
        part = [row for no in numbers for row in rows[no]]
        yield [ids[no] for no in numbers], part, ids
        done += len(part)
        run.release()
        run.tell(name, done, total)


def write_student_terms(run):
    names = ("student_id", "term_id", "status")
    terms = run.ids("ntue.term", {row.term for row in run.rows("student_terms")})
    for ids, rows, students in by_student(run, "student_terms"):
        found = bulk.stored_rows(run.env, "ntue.student.term", ids, names)
        stored = {values[:2]: (record, values) for record, values in found}
        wanted, of_key = [], {}
        for row in rows:
            key = (students[row.student], terms[row.term])
            wanted.append((key, (*key, row.status)))
            of_key[key] = row
        counts, shelter = run.counts("student_terms"), Shelter(run, "student_terms", of_key)
        bulk.upsert(run, "ntue.student.term", names, wanted, stored, counts, shelter=shelter)


def _stored_enrollments(run, student_ids):
    """The enrolments there are, by what both files call one; several of one code (A31)."""
    found = {}
    for row in run.env["ntue.enrollment"].search([("student_id", "in", student_ids)]):
        key = row.student_id.id, row.term_id.id, row.offering_no or "", row.course_id.id
        found.setdefault(key, []).append(row)
    return found


def write_recognitions(run):
    """Add decisions that are not there yet; a decision taken stays as it was taken (I6)."""
    rows = run.rows("recognitions")
    terms = run.ids("ntue.term", {code for row in rows for code in (row.term, row.decided_term)})
    courses = run.ids("ntue.course", {row.course for row in rows})
    for ids, part, students in by_student(run, "recognitions"):
        enrollments = _stored_enrollments(run, ids)
        found = run.env["ntue.recognition"].search([("student_id", "in", ids)])
        stored = {_decision_key(record): record for record in found}
        wanted = []
        for row in part:
            key = (students[row.student], terms[row.term], row.offering_no, courses[row.course])
            if len(enrollments[key]) > 1:
                run.report.error(
                    run.file("recognitions"),
                    _(
                        "The student has several courses under this code in this term, so the "
                        "file cannot say which one is meant. Decide on screen."
                    ),
                    row.number,
                    RECOGNITIONS.header("course"),
                )
                continue
            values = _recognition_values(row, enrollments[key][0], terms)
            identity = tuple(values[name] for name in DECISION)
            if identity in stored:
                _keep_as_taken(run, row, values, stored[identity])
            wanted.append((identity, values))
        run.upsert("ntue.recognition", wanted, stored, run.counts("recognitions"))


def _keep_as_taken(run, row, values, decision):
    """Leave a decision that has been taken, and say so when its words differ."""
    if values["reason"] != (decision.reason or ""):
        run.warn(
            "recognitions",
            row,
            "reason",
            _("This decision is there already with other words, which stay as they are."),
        )
    for name in ("reason", "area_id", "line_id"):
        del values[name]


def _decision_key(record):
    """What a file says of a decision: a place for 對應 only, and the subject's own area."""
    area, line = record.area_id, record.line_id
    if record.kind != "mapped":
        area, line = area.browse(), line.browse()
    elif line:
        area = line.area_id
    return (record.enrollment_id.id, record.kind, record.term_id.id, area.id, line.id)


def _recognition_values(row, enrollment, terms):
    area, line = _target(row, enrollment.student_id.curriculum_id)
    return {
        "student_id": enrollment.student_id.id,
        "enrollment_id": enrollment.id,
        "kind": row.kind,
        "term_id": terms[row.decided_term] if row.decided_term else False,
        "area_id": area.id,
        "line_id": line.id,
        "reason": row.reason,
    }


def _target(row, curriculum):
    """The area and the subject that 對應 names, as the checks have found them."""
    area, line = curriculum.area_ids.browse(), curriculum.line_ids.browse()
    if row.kind != "mapped":
        return area, line
    if row.area:
        area = curriculum.area_ids.filtered(lambda found: found.code == row.area)
    if row.line_course:
        line = curriculum.line_ids.filtered(
            lambda found: (
                found.course_id.code == row.line_course and (not row.area or found.area_id == area)
            )
        )
        area = line.area_id
    return area, line
