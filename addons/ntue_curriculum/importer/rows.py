"""A file's cells into typed rows, every fault reported with row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .columns import CellError, Column
from .problems import Message, Report, _
from .spec import FileSpec, Key, Row
from .tables import Cells, NumberedCells, UnreadableError, is_blank, read_cells

_CACHE_LIMIT = 50_000
"""Different texts of a column that are remembered: files repeat themselves a lot."""


@dataclass
class Table:
    """What was read of one file.

    ``rows``: all of them, with None in place of a cell that could not be read; such rows
    are numbered in ``bad``. ``whole``: every row's key was read, so that what is not here
    is missing from the file.
    """

    spec: FileSpec
    file: str
    rows: list[Row] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    whole: bool = True

    @property
    def sound_rows(self) -> Iterator[Row]:
        """The rows without a fault of their own."""
        return (row for row in self.rows if row.number not in self.bad)

    def key_of(self, row: Row) -> Key:
        return tuple(getattr(row, name) for name in self.spec.key)


class _Outcome(NamedTuple):
    value: Any
    note: Message | None
    error: Message | None


class _Header(NamedTuple):
    """The columns at their places, and how many cells the header has."""

    columns: list[_Cell]
    width: int


class _Cell:
    """One column at its place in one file, remembering the texts it has read."""

    def __init__(self, column: Column, place: int | None) -> None:
        self.column = column
        self.place = place
        self._seen: dict[str, _Outcome] = {}
        # A column that the file does not have counts as empty (F11); where it may not,
        # the header is at fault, not every row.
        self._absent = _Outcome(None if column.required else column.empty, None, None)

    def outcome(self, cells: Cells) -> _Outcome:
        if self.place is None:
            return self._absent
        raw = cells[self.place] if self.place < len(cells) else None
        if not isinstance(raw, str):
            return self._read(raw)
        outcome = self._seen.get(raw)
        if outcome is None:
            if len(self._seen) >= _CACHE_LIMIT:
                self._seen.clear()
            outcome = self._seen[raw] = self._read(raw)
        return outcome

    def _read(self, raw: object) -> _Outcome:
        try:
            value, note = self.column.read_cell(raw)
        except CellError as error:
            return _Outcome(None, None, error.message)
        return _Outcome(value, note, None)


def read_table(spec: FileSpec, file: str, data: bytes, report: Report) -> Table:
    """Read one file; what is wrong with it goes to ``report``."""
    table = Table(spec, file)
    cells = read_cells(file, data)
    try:
        header = _header(table, cells, report)
        if header is not None:
            _read_rows(table, header, cells, report)
    except UnreadableError as error:
        report.error(file, error.message, error.row)
        table.whole = False
    _report_twice(table, report)
    return table


def _header(table: Table, cells: Iterator[NumberedCells], report: Report) -> _Header | None:
    """The columns in their places, or None when there is no header to go by."""
    number, titled = next(cells, NumberedCells(0, []))
    if number != 1:
        report.error(table.file, _("The first row must name the columns."), 1)
        table.whole = False
        return None
    titles = [str(title).strip().strip("\ufeff") if title is not None else "" for title in titled]
    if _is_wrongly_separated(titles):
        report.error(
            table.file, _("The columns are not separated by commas. Save it as “CSV UTF-8”."), 1
        )
        table.whole = False
        return None
    return _Header(_placed_columns(table, titles, report), len(titles))


def _is_wrongly_separated(titles: list[str]) -> bool:
    filled = [title for title in titles if title]
    return len(filled) == 1 and any(mark in filled[0] for mark in ";\t|")


def _placed_columns(table: Table, titles: list[str], report: Report) -> list[_Cell]:
    names = {
        title.casefold(): column
        for column in table.spec.columns
        for title in (column.header, *column.aliases)
    }
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        column = names.get(title.casefold())
        if column is None:
            if title:
                message = _("No column of this name is expected, so it is not read.")
                report.warning(table.file, message, 1, title)
        elif column.name in places:
            message = _("The file has this column twice: “%(first)s” and “%(second)s”.")
            first = titles[places[column.name]]
            report.error(table.file, message.fill(first=first, second=title), 1, column.header)
        else:
            places[column.name] = place
    for column in table.spec.columns:
        if column.name not in places and table.spec.is_needed(column):
            report.error(table.file, _("The file has no such column. Add it."), 1, column.header)
            if column.name in table.spec.key:
                table.whole = False
    return [_Cell(column, places.get(column.name)) for column in table.spec.columns]


def _read_rows(
    table: Table, header: _Header, cells: Iterator[NumberedCells], report: Report
) -> None:
    columns, width = header
    row_type = table.spec.row_type
    key = set(table.spec.key)
    # What no row has is reported once, at the header; yet no rule may go by such rows.
    all_bad = any(column.place is None and column.column.required for column in columns)
    for number, values in cells:
        read = [column.outcome(values) for column in columns]
        for column, outcome in zip(columns, read, strict=True):
            if outcome.error:
                report.error(table.file, outcome.error, number, column.column.header)
                table.bad.add(number)
                if column.column.name in key:
                    table.whole = False
            elif outcome.note:
                report.note(table.file, outcome.note, number, column.column.header)
        if _is_wider(values, width):
            message = _("The row has more cells than the header. Look for a comma too many.")
            report.error(table.file, message, number)
            table.bad.add(number)
        if all_bad:
            table.bad.add(number)
        table.rows.append(row_type(number, *(outcome.value for outcome in read)))


def _is_wider(values: Cells, width: int) -> bool:
    return not all(map(is_blank, values[width:]))


def _report_twice(table: Table, report: Report) -> None:
    """The same key twice is an error, reported at the later row (docs/readings.md F6, F19)."""
    first: dict[Key, int] = {}
    for row in table.rows:
        key = table.key_of(row)
        if None in key:
            continue
        if key in first:
            report.error(
                table.file,
                _("The same as row %(row)s. Leave one of the two out.", row=first[key]),
                row.number,
                table.spec.header(table.spec.key[0]),
            )
            table.bad.add(row.number)
        first.setdefault(key, row.number)
