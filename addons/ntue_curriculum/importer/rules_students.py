"""What the rows about students must keep to beyond their cells: ``rule(context, table)``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from ..codes import tidy
from ..english_name import MAX_LENGTH, is_printable, is_valid
from ..grading import POINTS
from .context import Context, unknown_message
from .problems import OfStudent, _
from .row_store import Block
from .rows import Table
from .spec import Key, Row
from .states import Said, state_of

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def student_fits_framework(context: Context, table: Table) -> None:
    """Entry year as in the framework (F18); a move to another framework is reported."""
    context.look_up("students", {(number,) for number in table.rows.distinct("student_no")})
    context.look_up("frameworks", {(row.framework,) for row in table.sound_rows})
    table.rewrite(lambda row: _in_framework(context, table, row))


def _in_framework(context: Context, table: Table, row: Row) -> Row:
    """A row of a student with the entry year that the framework gives, if the file has none."""
    if _is_draft(context, row.framework):
        message = _(
            "Framework %(code)s is a draft. Publish it, then import again.",
            code=row.framework,
        )
        context.error(table, row, "framework", message)
        return row
    kind = kind_of(context, row.framework)
    if kind != "main":
        further = _(
            "Framework %(code)s is for a further program; write it in the file "
            "“student_programmes”.",
            code=row.framework,
        )
        shared = _(
            "Framework %(code)s is a shared block; write the code of a framework that has it.",
            code=row.framework,
        )
        context.error(table, row, "framework", shared if kind == "block" else further)
        return row
    year = entry_year_of(context, row.framework)
    if row.entry_year is None:
        row = row._replace(entry_year=year)
    elif year and (row.rules_year or row.entry_year) != year:
        message = _(
            "The entry year is %(year)s, but framework %(framework)s is for %(other)s. Write "
            "that year in the column 適用學年度 if it is the one whose rules hold.",
            year=row.rules_year or row.entry_year,
            framework=row.framework,
            other=year,
        )
        column = "rules_year" if row.rules_year else "entry_year"
        context.warning(table, row, column, message)
    before = context.stored("students", (row.student_no,))
    if before is not None and before != row.framework:
        message = _(
            "The student moves from framework %(old)s to %(new)s.",
            old=OfStudent(row.student_no, before),
            new=row.framework,
        )
        context.warning(table, row, "framework", message)
    return row


def kind_of(context: Context, framework: str) -> str:
    """What a framework is for: a main program, a minor, a shared block or the like (A45, A54)."""
    row = context.provided("frameworks").get((framework,))
    stored = context.stored("frameworks", (framework,))
    header = row or (stored and stored.header)
    kind = header.kind if header else "main"
    if row is not None and "kind" in context.absent("frameworks"):  # what is stored stays (F21)
        kind = stored.header.kind if stored else "main"
    return str(kind)


def _is_draft(context: Context, framework: str) -> bool:
    """Whether the database has the framework, but never published it."""
    stored = context.stored("frameworks", (framework,))
    return stored is not None and bool(stored.state == "draft")


def email_is_written_well(context: Context, table: Table) -> None:
    """Warn of an e-mail address that no mail reaches; the student is asked for it (D7)."""
    for row in table.sound_rows:
        if row.email and not _EMAIL.fullmatch(row.email):
            message = _("“%(value)s” is no e-mail address.", value=row.email)
            context.warning(table, row, "email", message)


def english_name_is_of_the_passport(context: Context, table: Table) -> None:
    """An English name of another form is an error, unless the registrar accepted it (F30).

    That may be on record here, or the file may say so, as one that was exported does.
    """
    other = [row for row in table.sound_rows if row.english_name and not is_valid(row.english_name)]
    context.look_up("accepted_names", [(row.student_no,) for row in other])
    for row in other:
        if context.stored("accepted_names", (row.student_no,)) == row.english_name:
            continue
        if row.english_name_accepted and is_printable(row.english_name):
            message = _(
                "“%(value)s” is not written as in a passport; the file says that the registrar "
                "accepted it, and it is taken as accepted.",
                value=row.english_name,
            )
            context.warning(table, row, "english_name_accepted", message)
            continue
        message = _(
            "“%(value)s” is not written as in a passport: WANG, TA-MING, at most "
            "%(most)s characters. Correct it or leave it empty: the student is then "
            "asked for it.",
            value=row.english_name,
            most=MAX_LENGTH,
        )
        context.error(table, row, "english_name", message)


def rank_is_within_class(context: Context, table: Table) -> None:
    """A rank in class lies within the class (184)."""
    for row in table.sound_rows:
        if row.class_rank and row.class_size and row.class_rank > row.class_size:
            message = _(
                "Rank %(rank)s lies outside of a class of %(size)s.",
                rank=row.class_rank,
                size=row.class_size,
            )
            context.error(table, row, "class_rank", message)


def entry_year_of(context: Context, framework: str) -> int | None:
    row = context.provided("frameworks").get((framework,))
    stored = context.stored("frameworks", (framework,))
    year: int | None = (row or stored.header).entry_year if row or stored else None
    return year


def framework_of(context: Context, student: str) -> str | None:
    """The code of a student's framework: the file's, else the stored one."""
    row = context.provided("students").get((student,))
    code: str | None = row.framework if row else context.stored("students", (student,))
    return code


def pass_mark_of(context: Context, student: str) -> Decimal | None:
    """The pass mark of a student's program, or None when the files do not hold together."""
    framework = framework_of(context, student)
    if not framework:
        return None
    row = context.provided("frameworks").get((framework,))
    stored = None if row else context.stored("frameworks", (framework,))
    program = row.program if row else stored and stored.header.program
    if not program:
        return None
    row = context.provided("programs").get((program,))
    mark: Decimal | None = row.pass_mark if row else context.stored("programs", (program,))
    return mark


def offering_is_named(context: Context, table: Table) -> None:
    """Offering number and department: what may be empty, and what must exist (F10, F12)."""
    named = {text for text in table.rows.distinct("department") if text}
    context.look_up("departments", {(tidy(text),) for text in named})
    departments = {text: _department_codes(context, text) for text in named}
    spoken_for = _stored_as_it_is(context, table)

    def is_concerned(block: Block) -> bool:
        texts = block.values("department")
        return _may_lack_something(block) or any(departments[text] != [text] for text in texts)

    def with_code(row: Row) -> Row:
        bare = row.state != "transferred" and table.key_of(row) not in spoken_for
        if not row.offering_no and bare:
            message = _("Write the offering number; it may be empty only where 狀態 is 抵免.")
            context.error(table, row, "offering_no", message)
        if row.department:
            code = _department(context, table, row, departments[row.department])
            return row if code == row.department else row._replace(department=code)
        if not row.school and bare:
            message = _(
                "Write the department; it may be empty only where another school (開課學校) "
                "taught the course."
            )
            context.error(table, row, "department", message)
        return row

    table.rewrite(with_code, is_concerned)


def _may_lack_something(block: Block) -> bool:
    """Whether a row may be without its offering number or its department."""
    return not all(all(block.values(name)) for name in ("offering_no", "department"))


def _stored_as_it_is(context: Context, table: Table) -> set[Key]:
    """Keys of enrolments of which the database says what the row does not (F21).

    Either the file has no column for it, or what is stored lacks it, too, and is otherwise as the
    row has it: somebody entered it by hand.
    """
    bare = {
        table.key_of(row): (row.state, bool(row.department), row.school)
        for block in table.rows.blocks()
        if _may_lack_something(block)
        for row in table.sound_rows_of(block)
        if not row.offering_no or not (row.school or row.department)
    }
    context.look_up("enrollments", bare)
    lacks_columns = bool(table.absent & {"department", "school", "state"})
    stored = ((key, said, context.stored("enrollments", key)) for key, said in bare.items())
    return {key for key, said, found in stored if found and (lacks_columns or found == said)}


def _department_codes(context: Context, text: str) -> list[str]:
    """The departments that ``text`` names, by code or else by name (docs/readings.md F10)."""
    code = tidy(text)
    if context.exists("departments", (code,)):
        return [code]
    filed = context.provided("departments")
    stored = context.stored("department_names", (text,)) or ()
    found = [row.code for row in filed.values() if row.name == text]
    return found + [code for code in stored if (code,) not in filed]


def _department(context: Context, table: Table, row: Row, found: list[str]) -> str | None:
    """The code of the department of a row, or None after saying why there is none."""
    if len(found) == 1:
        return found[0]
    if found:
        message = _(
            "Several departments bear the name “%(value)s”. Write the code.", value=row.department
        )
        context.error(table, row, "department", message)
    elif not context.may_exist("departments"):
        message = unknown_message(context, "departments").fill(value=row.department)
        context.error(table, row, "department", message)
    return None


def letter_gives_points(_context: Context, table: Table) -> None:
    """A grade in letters stands for points where the row has none (A44)."""

    def with_points(row: Row) -> Row:
        if row.grade and row.score is None:
            table.by_letter.add(row.number)
            return row._replace(score=POINTS[row.grade])
        return row

    table.rewrite(with_points, lambda block: any(block.values("grade")))


def state_is_plausible(context: Context, table: Table) -> None:
    """Warn of a row that contradicts itself, by the pass mark of the student's program (A20)."""
    students = table.rows.distinct("student")
    context.look_up("students", {(student,) for student in students})
    frameworks = {framework_of(context, student) for student in students}
    context.look_up("frameworks", {(code,) for code in frameworks if code})
    marks = {student: pass_mark_of(context, student) for student in students}

    @cache
    def is_doubtful(said: Said, mark: Decimal) -> bool:
        return bool(state_of(said, mark)[1])

    for block in table.rows.blocks():
        held = {marks[student] for student in block.values("student")} - {None}
        sayings = list(map(Said._make, block.combinations(Said._fields)))
        if not any(is_doubtful(said, mark) for said in sayings for mark in held):
            continue
        for row in table.sound_rows_of(block):
            mark = marks[row.student]
            warning = mark is not None and state_of(row, mark)[1]
            if warning:
                context.warning(table, row, "state" if row.state else "is_pass", warning)
