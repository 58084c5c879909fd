"""Enrolments that the whole list of a term does not have: shown, and withdrawn when asked (F24)."""

from collections import defaultdict
from types import SimpleNamespace

from ...clock import taipei_today
from ..problems import OfStudent, _
from ..same_rows import without_row
from ..student_files import known_apart
from .conflicts import Shelter

NO_ROW = SimpleNamespace(number=None)
"""Stands for the row that is not there."""


def withdraw_missing(run):
    """List what the declared terms have beyond the file; withdraw it if the run says so.

    While students are left out nothing is withdrawn: a row whose student number is mistyped is
    left out, and what it was about is no more in the list (F29).
    """
    withdraws = run.choices.withdraw_missing and not run.report.left_out
    for code in dict.fromkeys(run.choices.whole_terms):
        rows = [row for row in run.context.rows("enrollments") if row.term == code]
        term = run.env["ntue.term"].search([("code", "=", code)])
        if not rows or not term:
            run.report.error(
                run.file("enrollments"),
                _(
                    "There is no row of term %(term)s, so this is not its whole list. Add the "
                    "file “enrollments” of the term, or leave the choice out.",
                    term=code,
                ),
            )
            continue
        missing = _missing(run, term, rows)
        run.report.missing += len(missing)
        run.counts("enrollments").missing += len(missing)
        if missing:
            run.preview.missing(missing)
        for record in missing:
            _list(run, code, record)
        shelter = Shelter(run, "enrollments", dict.fromkeys(missing.ids, NO_ROW))
        if withdraws:
            _withdraw(run, missing, shelter)
        # What the list does not have it offers nothing of; but that it is missing still holds. Of
        # students who were left out it may have what is missing here.
        if not run.report.left_out:
            still = None if withdraws else (lambda conflict: conflict._says_missing())
            shelter.settle(missing._name, {number: number for number in missing.ids}, still)
    if run.choices.withdraw_missing and run.report.left_out and run.report.missing:
        run.report.warning(
            run.file("enrollments"),
            _(
                "Nothing was withdrawn, since students were left out: with a student number that "
                "is mistyped, another student's course is missing here. Correct the errors, then "
                "import the whole list again."
            ),
        )


def _missing(run, term, rows):
    """The enrolments of the term that no row is about; several courses may have one code (A31)."""
    students = run.ids("ntue.student", {row.student for row in rows}, "student_no")
    courses = run.ids("ntue.course", {row.course for row in rows})
    listed = defaultdict(list)
    for row in rows:
        key = students[row.student], row.offering_no, courses[row.course]
        listed[key].append(known_apart(row))
    found = run.env["ntue.enrollment"].search(
        [("term_id", "=", term.id), ("state", "!=", "withdrawn")]
    )
    left_out = {*run.report.left_out}  # their rows were in the file
    there = found.filtered(lambda one: one.student_id.student_no not in left_out)
    missing = []
    for key, several in there.grouped(_attempt).items():
        records = [known_apart(record) for record in several]
        missing += [several[place].id for place in without_row(listed.get(key, ()), records)]
    return found.browse(missing)


def _attempt(record):
    return record.student_id.id, record.offering_no or "", record.course_id.id


def _list(run, term, record):
    number = record.student_id.student_no
    message = _(
        "The list of term %(term)s does not have %(course)s of student %(student)s.",
        term=term,
        course=OfStudent(number, record._label()),
        student=OfStudent(number, number),
    )
    run.report.warning(run.file("enrollments"), message)


def _withdraw(run, missing, shelter):
    """The record stays, withdrawn; what staff corrected is a conflict instead (F23)."""
    gone = {"state": "withdrawn", "withdrawn_on": taipei_today(), "gone_missing": True}
    changed = [(record.id, record, gone, dict(gone)) for record in missing]
    for _key, record, _values, changes in shelter(changed):
        if changes:
            record.write(changes)
            run.counts("enrollments").updated += 1
            run.counts("enrollments").withdrawn += 1
