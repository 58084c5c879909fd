"""What the rows about decisions on students must keep to: ``rule(context, table)``."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..selecting import selector_words
from .context import Context, unknown_message
from .problems import OfStudent, _
from .rows import Table
from .rules_students import framework_of
from .spec import Key, Row

PLACING = ("flexible", "mapped", "refused", "substituted", "together")
"""Decisions of which an enrolment has at most one per term."""

STANDING = ("substituted", "together")
"""Decisions that a course, by itself or with others, stands for a subject."""


def decision_is_whole(context: Context, table: Table) -> None:
    """A recognition says where an enrolment counts, once a term (docs/readings.md F20)."""
    first: dict[Key, Row] = {}
    for row in table.sound_rows:
        if row.kind == "mapped":
            _check_target(context, table, row)
        elif row.kind in STANDING:
            _check_subject(context, table, row)
        if unread := _unread(row):
            message = _("Only 對應 counts in an area or for a subject; this is not read.")
            context.warning(table, row, unread, message)
        if row.kind not in PLACING:
            continue
        key = (row.student, row.term, row.offering_no, row.course, row.decided_term)
        other: Row = first.setdefault(key, row)
        if other.kind != row.kind:
            message = _(
                "Row %(row)s decides otherwise on the same enrolment for the same term. "
                "Leave one of the two out.",
                row=other.number,
            )
            context.error(table, row, "kind", message)


def _may_be_named(context: Context) -> bool:
    """Whether files that do not hold together may have what a decision names."""
    return any(map(context.may_exist, ("framework_areas", "students", "courses")))


def _unread(row: Row) -> str:
    """The column that says a place where the decision has none; empty when none does."""
    if row.kind == "mapped":
        return ""
    if row.area:
        return "area"
    return "line_course" if row.line_course and row.kind not in STANDING else ""


def _check_target(context: Context, table: Table, row: Row) -> None:
    """The area and the subject that 對應 names are in the student's framework."""
    if not row.area and not row.line_course:
        message = _("Write the area or the subject that the enrolment counts for.")
        context.error(table, row, "area", message)
        return
    framework = framework_of(context, row.student)
    if not framework or _may_be_named(context):
        return
    areas, lines = framework_contents(context, framework)
    if row.area and row.area not in areas:
        message = unknown_message(context, "framework_areas").fill(value=row.area)
        context.error(table, row, "area", message)
    elif row.area and row.area in areas.values():
        message = _("Area %(area)s has areas of its own. Write one of those.", area=row.area)
        context.error(table, row, "area", message)
    if row.line_course:
        found = {
            area for area, course in lines if course == row.line_course and row.area in ("", area)
        }
        if not found:
            filed = context.provided("students").get((row.student,))
            code = framework if filed else OfStudent(row.student, framework)
            message = _("The framework %(code)s has no such subject there.", code=code)
            context.error(table, row, "line_course", message)
        elif len(found) > 1:
            message = _("This subject is in several areas. Write the area (領域代碼) too.")
            context.error(table, row, "line_course", message)


def _check_subject(context: Context, table: Table, row: Row) -> None:
    """The subject that a course stands for is in the student's framework."""
    if not row.line_course:
        message = _("Write the subject that the enrolment stands for.")
        context.error(table, row, "line_course", message)
        return
    framework = framework_of(context, row.student)
    if not framework or _may_be_named(context):
        return
    _check_is_subject(context, table, row, framework, "line_course")


def _check_is_subject(
    context: Context, table: Table, row: Row, framework: str, column: str
) -> None:
    """The course in ``column`` is a subject of the ``framework``, in whatever area."""
    subjects = {course for _area, course in framework_contents(context, framework).subjects}
    if getattr(row, column) in subjects:
        return
    filed = context.provided("students").get((row.student,))
    code = framework if filed else OfStudent(row.student, framework)
    message = _("The framework %(code)s has no such subject.", code=code)
    context.error(table, row, column, message)


def together_is_of_several(context: Context, table: Table) -> None:
    """Courses that stand for a subject together are two at least, for one reason (A55)."""
    groups: dict[Key, list[Row]] = {}
    for row in table.sound_rows:
        if row.kind == "together":
            key = (row.student, row.line_course, row.decided_term)
            groups.setdefault(key, []).append(row)
    for rows in groups.values():
        if len(rows) == 1:
            message = _(
                "Write the other courses that stand for the subject with it, each in a row of its "
                "own with 合併抵充, or write 抵充."
            )
            context.error(table, rows[0], "kind", message)
        for row in rows[1:]:
            if row.reason != rows[0].reason:
                message = _(
                    "Row %(row)s gives another reason for the same decision. Write one.",
                    row=rows[0].number,
                )
                context.error(table, row, "reason", message)


class FrameworkContents(NamedTuple):
    """The areas of a framework with their parents, and its subjects as (area, course)."""

    parents: dict[str, str]
    subjects: set[tuple[str, str]]


def framework_contents(context: Context, framework: str) -> FrameworkContents:
    """What is in a framework and its shared blocks, in the files and in the database."""
    if framework not in context.contents:
        codes = with_blocks(context, framework)
        parts = [stored.parts for code in codes if (stored := _stored(context, code))]
        areas = [row for part in parts for row in part.get("framework_areas", ())]
        lines = [row for part in parts for row in part.get("framework_courses", ())]
        areas += context.rows("framework_areas")
        lines += context.rows("framework_courses")
        context.contents[framework] = FrameworkContents(
            {row.area: row.parent for row in areas if row.framework in codes},
            {(row.area, row.course) for row in lines if row.framework in codes},
        )
    contents: FrameworkContents = context.contents[framework]
    return contents


def with_blocks(context: Context, framework: str) -> tuple[str, ...]:
    """A framework and the shared blocks whose parts it has (A54), by code."""
    row = context.provided("frameworks").get((framework,))
    stored = _stored(context, framework)
    if row is not None and "blocks" not in context.absent("frameworks"):
        return framework, *selector_words(row.blocks)
    return framework, *(selector_words(stored.header.blocks) if stored else ())


def _stored(context: Context, framework: str) -> Any:
    """What the database has of a framework, or None."""
    return context.stored("frameworks", (framework,))


def waived_is_of_the_framework(context: Context, table: Table) -> None:
    """What is waived is a subject of the student's framework."""
    students = {row.student for row in table.sound_rows}
    context.look_up("students", {(student,) for student in students})
    frameworks = {student: framework_of(context, student) for student in students}
    context.look_up("frameworks", {(code,) for code in frameworks.values() if code})
    if _may_be_named(context):
        return
    for row in table.sound_rows:
        framework = frameworks[row.student]
        if not framework:
            continue  # an unknown student is an error of its own
        _check_is_subject(context, table, row, framework, "course")
