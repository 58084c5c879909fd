"""The policy of a run that leaves out the students whose rows are wrong (docs/readings.md F29)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .context import Context, check
from .problems import MOST, Problem, Report, Severity
from .rows import Table
from .spec import Row

STUDENT = ("student_no", "student")
"""Columns that say whose row it is."""


def without_faulty_students(context: Context) -> Context:
    """The files without any row of a student who has a row with an error.

    The errors stay in the report, which names the students as left out. Where an error is about
    more than one student, such as a missing column, the files are returned as they are.
    """
    report, faulty = context.report, set[str]()
    errors = report.of(Severity.ERROR)
    while errors:
        found = _students_of(context, errors)
        if found is None or report.count(Severity.ERROR) > MOST:
            return context.reporting_to(report)
        faulty |= found
        for table in _of_students(context):
            _leave_out(table, faulty)
        context = context.again(Report())
        check(context, _of_students(context))
        errors = context.report.of(Severity.ERROR)
        report.take(errors)
    report.leave_out(faulty)
    return context.reporting_to(report)


def _students_of(context: Context, errors: Sequence[Problem]) -> set[str] | None:
    """The students whose rows the errors are about; None when one is about something else."""
    places = {(error.file, error.row) for error in errors}
    whose = {
        (table.file, row.number): _student(table, row)
        for table in _of_students(context)
        for row in table.rows
        if (table.file, row.number) in places
    }
    found = {whose.get((error.file, error.row)) for error in errors}
    return None if None in found else {student for student in found if student}


def _of_students(context: Context) -> Iterator[Table]:
    """The files of which each row is of one student."""
    return (
        table
        for table in context.tables.values()
        if any(name in table.spec.by_name for name in STUDENT)
    )


def _whose(table: Table) -> str:
    """The column that says whose row it is."""
    return next(name for name in STUDENT if name in table.spec.by_name)


def _student(table: Table, row: Row) -> str | None:
    student: str | None = getattr(row, _whose(table)) or None
    return student


def _leave_out(table: Table, students: set[str]) -> None:
    column = _whose(table)
    table.drop(
        lambda row: getattr(row, column) in students,
        lambda block: not students.isdisjoint(block.values(column)),
    )
    table.whole = True
