"""Writing steps of the importer: students and their terms."""

from odoo.tools import split_every

from .. import grouping
from . import bulk
from .bulk import STUDENTS_AT_ONCE
from .conflicts import Shelter
from .newcomers import Newcomers
from .run import QUIET, number

PROFILE = ("english_name", "email", "mobile", "phone", "alias_name")
"""Students keep these themselves (D6): an empty cell takes nothing away."""

RANK = ("class_rank", "class_size")
"""What the student system says of a student's place in the class (184)."""

NUMBERS = (*RANK, "extension_years")
"""Numbers of which an empty cell takes nothing away."""

SAID = (
    "student_no",
    "name",
    *PROFILE,
    "curriculum_id",
    "entry_year",
    "is_teacher_ed",
    "student_kind",
    "rules_year",
    "english_name_accepted",
    *NUMBERS,
    "final_average",
)
"""Fields of a student that a row says something of."""

STORED = (*SAID, "contacts_erased_on", "identity_erased_on")
"""Fields of a student that are looked at before it is written."""


def write_students(run):
    table = run.context.tables.get("students")
    if not table:
        return
    frameworks, done = _published(run, table.rows.distinct("framework")), 0
    newcomers = Newcomers(run, SAID)
    for part in split_every(STUDENTS_AT_ONCE, table.sound_rows, list):
        if differ := _that_differ(run, part, frameworks):
            _write_some(run, differ, newcomers)
        done += len(part)
        run.tell("students", done, len(table.rows))


def _that_differ(run, rows, frameworks):
    """The rows of students of whom something else is on record, or nothing, with their values.

    Of whom a conflict is open as well.
    """
    numbers, absent = [row.student_no for row in rows], run.absent("students")
    found = bulk.stored_rows(run.env, "ntue.student", numbers, STORED, "student_no")
    known = {values[0]: dict(zip(STORED, values, strict=True)) for _id, values in found}
    asked, differ = run.open_conflicts("ntue.student").students, []
    for row in rows:
        stored, values = known.get(row.student_no), _student_values(run, row, frameworks)
        if stored is not None:
            _leave_alone(values, stored)
        if (
            stored is None
            or row.student_no in asked
            or any(
                (value or None) != (stored[name] or None)
                for name, value in values.items()
                if name not in absent
            )
        ):
            differ.append((row, values))
    run.counts("students").unchanged += len(rows) - len(differ)
    return differ


def _write_some(run, part, newcomers):
    """Create or change the students of some rows."""
    rows = {row.student_no: row for row, _values in part}
    found = run.env["ntue.student"].search([("student_no", "in", list(rows))])
    stored = {student.student_no: student for student in found}
    known = [(row.student_no, values) for row, values in part if row.student_no in stored]
    counts, absent = run.counts("students"), run.absent("students")
    shelter = Shelter(run, "students", rows)
    run.upsert("ntue.student", known, stored, counts, absent, shelter=shelter)
    shelter.settle("ntue.student", {number: student.id for number, student in stored.items()})
    _make(run, newcomers, [values for row, values in part if row.student_no not in stored])
    # What follows from new rows is no change that anybody wants to be told of either.
    run.env(context={**run.env.context, **QUIET}).flush_all()
    run.release()


def _make(run, newcomers, vals_list):
    if not vals_list:
        return
    made = newcomers.make(vals_list)
    run.preview.created(made)
    run.counts("students").created += len(made)
    run.fresh.update(made.ids)


def _published(run, codes):
    curricula = run.env["ntue.curriculum"].search_fetch(
        [("code", "in", list(codes)), ("state", "=", "published")], ["code"]
    )
    return {curriculum.code: curriculum.id for curriculum in curricula}


def _student_values(run, row, frameworks):
    """What a row says of a student in the form that is kept, as what is stored has it."""
    students = run.env["ntue.student"]
    values = {
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
        **{name: int(value) for name in NUMBERS if (value := getattr(row, name)) is not None},
        **({} if row.final_average is None else {"final_average": number(row.final_average)}),
    }
    return students._normalised(students._typed(values))


def _leave_alone(values, stored):
    """Leave what an empty cell must not take away, and what a file must not bring back."""
    for name in PROFILE:
        if stored["contacts_erased_on"] or not values[name]:
            del values[name]
    if stored["identity_erased_on"]:  # the file has the number that replaced hers
        del values["name"]


def by_student(run, name):
    """The rows of a file by student, in parts that are worked on together."""
    table = run.context.tables.get(name)
    if not table:
        return
    ids = run.ids("ntue.student", table.rows.distinct("student"), "student_no")
    done = 0
    for part in grouping.by_student(table, STUDENTS_AT_ONCE):
        yield [ids[number] for number in dict.fromkeys(row.student for row in part)], part, ids
        done += len(part)
        run.release()
        run.tell(name, done, len(table.rows))


def write_student_terms(run):
    table = run.context.tables.get("student_terms")
    if not table:
        return
    terms = run.ids("ntue.term", table.rows.distinct("term"))
    lines = bulk.Lines(run, "ntue.student.term", ("student_id", "term_id", "status"))

    def values_of(rows, students):
        return [(students[row.student], terms[row.term], row.status) for row in rows]

    def one_by_one(rows, students):
        ids = {students[row.student] for row in rows}
        found = bulk.stored_rows(run.env, lines.model, ids, lines.names)
        stored = {values[:2]: (record, values) for record, values in found}
        wanted = [(values[:2], values) for values in values_of(rows, students)]
        of_key = {key: row for (key, _values), row in zip(wanted, rows, strict=True)}
        counts, shelter = run.counts("student_terms"), Shelter(run, "student_terms", of_key)
        bulk.upsert(run, lines, wanted, stored, counts, shelter=shelter)
        known = {key: stored[key][0] for key in of_key if key in stored}
        shelter.settle(lines.model, known)

    def lines_of(rows, students):
        return lines.of(values_of(rows, students))

    changed = bulk.Comparison(run, "student_terms", lines, lines_of, one_by_one).go()
    run.env["ntue.student"].browse(changed)._set_left_on()
