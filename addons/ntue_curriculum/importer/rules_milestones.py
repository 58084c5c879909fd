"""What the rows about milestones and sources must keep to: ``rule(context, table)``."""

from __future__ import annotations

import re
from typing import Any

from .context import Context
from .problems import _
from .rows import Table
from .rules_decisions import with_blocks
from .rules_students import framework_of, kind_of
from .spec import Row

ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
"""What a page can link to; anything else could run in a reader's browser."""

SELECTING = ("select_prefixes", "select_names", "select_departments", "select_languages")
"""Columns, and fields of a way, that say which courses it counts."""


def names_of_milestones_agree(context: Context, table: Table) -> None:
    """The ways to one milestone give it one name."""
    first: dict[tuple[str, str], Row] = {}
    for row in table.sound_rows:
        other: Row = first.setdefault((row.framework, row.code), row)
        if other.name != row.name:
            message = _(
                "Row %(row)s calls this milestone “%(name)s”. Give it one name.",
                row=other.number,
                name=other.name,
            )
            context.error(table, row, "name", message)


def asks_something(context: Context, table: Table) -> None:
    """A way asks for an amount, and one by courses says for which."""
    for row in table.sound_rows:
        if row.measure != "reviewer" and not (row.amount or row.min_credits):
            context.error(table, row, "amount", _("Write how much is needed."))
        elif row.measure == "courses" and not any(getattr(row, name) for name in SELECTING):
            message = _("Write which courses count: by their codes, names, department or language.")
            context.error(table, row, "select_prefixes", message)


def begins_with_address(context: Context, table: Table) -> None:
    """A link leads to a page."""
    for row in table.sound_rows:
        if row.link and not ADDRESS.fullmatch(row.link):
            message = _("“%(value)s” is no address of a page: begin with https://", value=row.link)
            context.error(table, row, "link", message)


def evidence_is_of_the_framework(context: Context, table: Table) -> None:
    """What was shown is for a milestone of the student's framework, and can be shown at all."""
    students = {row.student for row in table.sound_rows}
    context.look_up("students", {(student,) for student in students})
    frameworks = {student: framework_of(context, student) for student in students}
    context.look_up("frameworks", {(code,) for code in frameworks.values() if code})
    if any(map(context.may_exist, ("students", "frameworks"))):
        return
    measures = {code: _measures(context, code) for code in set(frameworks.values()) if code}
    for row in table.sound_rows:
        framework = frameworks[row.student]
        if not framework:
            continue  # an unknown student is an error of its own
        measure = measures[framework].get((row.milestone, row.way))
        if measure is None:
            message = _(
                "Framework %(code)s has no milestone “%(milestone)s” that is reached by “%(way)s”.",
                code=framework,
                milestone=row.milestone,
                way=row.way,
            )
            context.error(table, row, "way", message)
        elif measure == "courses" and not row.exempts:
            message = _("Courses are counted from the enrolments. Leave the row out.")
            context.error(table, row, "way", message)
        elif measure == "reviewer" and row.verdict == "accepted" and not row.reason:
            context.error(table, row, "reason", _("Write why a reviewer decided so."))


def _measures(context: Context, framework: str) -> dict[tuple[str, str], str]:
    """By milestone and way, what a framework and its blocks measure, in files and database."""
    codes = with_blocks(context, framework)
    rows = [
        row
        for code in codes
        if (stored := context.stored("frameworks", (code,)))
        for row in stored.parts.get("framework_milestones", ())
    ]
    rows += context.rows("framework_milestones")
    return {(row.code, row.way): row.measure for row in rows if row.framework in codes}


def verdict_has_reason(context: Context, table: Table) -> None:
    """What is rejected, or exempts, says why (A41)."""
    for row in table.sound_rows:
        decided = row.verdict == "rejected" or (row.verdict == "accepted" and row.exempts)
        if decided and not row.reason:
            context.error(table, row, "reason", _("Write why; the student reads it."))
        if row.dated_on and row.expires_on and row.expires_on < row.dated_on:
            message = _("%(last)s comes before %(first)s.", last=row.expires_on, first=row.dated_on)
            context.error(table, row, "expires_on", message)


def pieces_are_several(context: Context, table: Table) -> None:
    """Rows that say the same without document or day are several pieces; that is remarked on."""
    first: dict[tuple[Any, ...], int] = {}
    for row in table.sound_rows:
        if row.document and row.dated_on:
            continue  # twice the same would be an error
        number = first.setdefault(tuple(row)[1:], row.number)
        if number != row.number:
            message = _(
                "The same as row %(row)s. Since document or day is missing, each of them counts: "
                "leave one of the two out if they are one piece.",
                row=number,
            )
            context.warning(table, row, "document", message)


def framework_is_of_a_further_programme(context: Context, table: Table) -> None:
    """A main program is the student's own framework, and no further one (A45)."""
    if context.may_exist("frameworks"):
        return
    context.look_up("frameworks", {(row.framework,) for row in table.sound_rows})
    for row in table.sound_rows:
        stored = context.stored("frameworks", (row.framework,))
        if stored and stored.state == "draft":
            message = _(
                "Framework %(code)s is a draft. Publish it, then import again.",
                code=row.framework,
            )
            context.error(table, row, "framework", message)
        elif kind_of(context, row.framework) in ("main", "block"):
            message = _(
                "Framework %(code)s is for no further program. That of a main program is written "
                "in the file “students”.",
                code=row.framework,
            )
            context.error(table, row, "framework", message)
