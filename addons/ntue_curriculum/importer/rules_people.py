"""Whether a row is about somebody else, or a time before entry: ``rule(context, table)``.

Warnings all of them: two people may have one name, and courses are taken before entry, too.
"""

from __future__ import annotations

from .context import Context
from .problems import OfStudent, _
from .rows import Table
from .spec import Row


def is_nobody_else(context: Context, table: Table) -> None:
    """Warn of a new student with the name and the e-mail of another one, or of a contact."""
    new = [
        row
        for row in table.sound_rows
        if row.email and context.stored("students", (row.student_no,)) is None
    ]
    people = {_person(row) for row in new}
    context.look_up("people", people)
    context.look_up("contacts", {(email,) for _name, email in people})
    first: dict[tuple[str, str], str] = {}
    for row in new:
        person = _person(row)
        stored = context.stored("people", person)
        other = stored or first.setdefault(person, row.student_no)
        if other != row.student_no:
            message = _(
                "Student %(other)s has the same name and e-mail. If it is the same person, "
                "correct the number; otherwise leave the row as it is.",
                other=OfStudent(stored, stored) if stored else other,
            )
            context.warning(table, row, "student_no", message)
        elif context.stored("contacts", (person[1],)):
            message = _(
                "There is a contact with this e-mail already, who is no student here. The student "
                "gets a contact of their own; check the address."
            )
            context.warning(table, row, "email", message)


def _person(row: Row) -> tuple[str, str]:
    return row.name, row.email.lower()


def is_taken_after_entry(context: Context, table: Table) -> None:
    """Warn of a course that was taken before the year of entry; transferred ones may be."""
    filed = context.provided("students")
    students = table.rows.distinct("student")
    context.look_up("entry_years", {(one,) for one in students if (one,) not in filed})
    began = {student: 10 * _entry_year(context, student) for student in students}
    for block in table.rows.blocks():
        if not any(
            term and int(term) < began[student]
            for student, term in block.combinations(("student", "term"))
        ):
            continue
        for row in table.sound_rows_of(block):
            if int(row.term) < began[row.student] and row.state != "transferred":
                message = _(
                    "The term lies before the student's entry in %(year)s. Check the term; for "
                    "transferred credit write 抵免 in the column 狀態.",
                    year=_as_told(context, row.student, began[row.student] // 10),
                )
                context.warning(table, row, "term", message)


def _as_told(context: Context, student: str, year: int) -> int | OfStudent:
    """A year of entry as a finding may say it: no file says one that is stored."""
    filed = context.provided("students").get((student,))
    return year if filed else OfStudent(student, year)


def _entry_year(context: Context, student: str) -> int:
    """The year of entry, 0 where nothing says it."""
    row = context.provided("students").get((student,))
    year: int | None = row.entry_year if row else context.stored("entry_years", (student,))
    return year or 0
