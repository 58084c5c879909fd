"""The rows of a file by student, a number of students at a time, however the file is ordered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile

from .row_store import IN_MEMORY, Rows
from .rows import Table
from .spec import Row

LOOSE = 50_000
"""Rows that wait in memory until they are put with the others of their students."""


def by_student(table: Table, at_once: int) -> Iterator[list[Row]]:
    """Yield the sound rows of ``at_once`` students together, those of each in the file's order.

    Students come in the order of their first rows.
    """
    if _is_in_order(table):
        yield from _as_they_come(table, at_once)
        return
    for part in _sorted_out(table, at_once):
        rows: dict[str, list[Row]] = {}
        for row in part:
            rows.setdefault(row.student, []).append(row)
        yield [*chain.from_iterable(rows.values())]


def _is_in_order(table: Table) -> bool:
    """Whether the rows of each student follow each other."""
    seen, last = set[str](), None
    for block in table.rows.blocks():
        for student in block.cells("student"):
            if student == last:
                continue
            if student in seen:
                return False
            seen.add(student)
            last = student
    return True


def _as_they_come(table: Table, at_once: int) -> Iterator[list[Row]]:
    part: list[Row] = []
    last, count = None, 0
    for row in table.sound_rows:
        if row.student != last:
            if count == at_once:
                yield part
                part, count = [], 0
            last = row.student
            count += 1
        part.append(row)
    if part:
        yield part


def _sorted_out(table: Table, at_once: int) -> Iterator[Rows]:
    """The rows of each so many students, which lie anywhere in the file."""
    spool = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - as long as the rows that are in it
    places: dict[str, int] = {}
    parts: list[Rows] = []
    loose = 0
    for row in table.sound_rows:
        place = places.setdefault(row.student, len(places)) // at_once
        if place == len(parts):
            parts.append(Rows(table.spec.row_type, spool))
        parts[place].append(row)
        loose += 1
        if loose == LOOSE:
            for part in parts:
                part.pack()
            loose = 0
    yield from parts
