"""A file's cells into typed rows, every fault reported with row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain, islice
from typing import Any, NamedTuple

from .cells import Cells, NumberedCells, UnreadableError, is_blank
from .columns import CellError, Column
from .headers import TITLE_ROWS, header_place, names_of, titles_of
from .problems import Message, Report, _
from .sources import OURS, Source
from .spec import FileSpec, Key, Row
from .tables import read_cells

_CACHE_LIMIT = 50_000
"""Different texts of a column that are remembered: files repeat themselves a lot."""


@dataclass
class Table:
    """What was read of one file.

    ``rows``: all of them, with None in place of a cell that could not be read; such rows
    are numbered in ``bad``. ``whole``: every row's key was read, so that what is not here
    is missing from the file. ``present``: the columns that the file has, by name. ``by_letter``:
    numbers of rows whose score is not in the file, but stands for their letter (A44).
    """

    spec: FileSpec
    file: str
    rows: list[Row] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    whole: bool = True
    present: frozenset[str] = frozenset()
    by_letter: set[int] = field(default_factory=set)

    @property
    def absent(self) -> frozenset[str]:
        """The columns that the file lacks: what is stored in them stays (F21)."""
        return frozenset(self.spec.by_name) - self.present

    @property
    def sound_rows(self) -> Iterator[Row]:
        """The rows without a fault of their own."""
        return (row for row in self.rows if row.number not in self.bad)

    def key_of(self, row: Row) -> Key:
        return self.spec.key_of(row)

    def identity_of(self, row: Row) -> Key:
        """The key of a row, and what besides tells it from others of that key (F6)."""
        return self.key_of(row) + (self.spec.apart(row) if self.spec.apart else ())


class _Outcome(NamedTuple):
    value: Any
    note: Message | None = None
    warning: Message | None = None
    error: Message | None = None


_NOTHING_SAID = (None, None, None)


class _Header(NamedTuple):
    """The columns at their places, how many cells the header has, and the rows below it."""

    columns: list[_Cell]
    width: int
    below: Iterator[NumberedCells]


class _Cell:
    """One column at its place in one file, remembering the texts it has read.

    ``plain``: what is simply the value of a text, with nothing to be said about it. Most cells
    are that, and most texts come again and again.
    """

    def __init__(self, column: Column, place: int | None) -> None:
        self.column = column
        self.place = place
        self.plain: dict[object, Any] = {}
        # A column that the file does not have counts as empty (F11); where it may not,
        # the header is at fault, not every row.
        self.absent = None if column.required else column.empty

    def outcome(self, cells: Cells) -> _Outcome:
        if self.place is None:
            return _Outcome(self.absent)
        raw = cells[self.place] if self.place < len(cells) else None
        if not (raw is None or isinstance(raw, str)):
            return self._read(raw)
        if raw in self.plain:
            return _Outcome(self.plain[raw])
        outcome = self._read(raw)
        if outcome[1:] == _NOTHING_SAID:
            if len(self.plain) >= _CACHE_LIMIT:
                self.plain.clear()
            self.plain[raw] = outcome.value
        return outcome

    def _read(self, raw: object) -> _Outcome:
        try:
            return _Outcome(*self.column.read_cell(raw))
        except CellError as error:
            return _Outcome(None, error=error.message)


def read_table(spec: FileSpec, source: Source, data: bytes, report: Report) -> Table:
    """Read one table; what is wrong with it goes to ``report``."""
    table = Table(spec, source.name)

    def warn(message: Message, row: int | None) -> None:
        report.warning(table.file, message, row)

    cells = read_cells(source.file, data, source.sheet or spec.name, warn)
    try:
        header = _header(table, cells, report)
        if header is not None:
            placed = (cell.column.name for cell in header.columns if cell.place is not None)
            table.present = frozenset(placed)
            _read_rows(table, header, header.below, report)
    except UnreadableError as error:
        report.error(table.file, error.message, error.row)
        table.whole = False
    _report_twice(table, report)
    return table


def _header(table: Table, cells: Iterator[NumberedCells], report: Report) -> _Header | None:
    """The columns in their places, or None when there is no header to go by."""
    top = list(islice(cells, TITLE_ROWS))
    place = header_place(names_of(table.spec), top)
    if place is None:
        _say_there_is_no_header(table, top, report)
        table.whole = False
        return None
    if place:
        message = _(
            "The columns are named in row %(row)s; what is above is taken for a title.",
            row=top[place].number,
        )
        report.note(table.file, message, top[0].number, "")
    number, titles = top[place].number, titles_of(top[place])
    columns = _placed_columns(table, number, titles, report)
    return _Header(columns, len(titles), chain(top[place + 1 :], cells))


def _say_there_is_no_header(table: Table, top: list[NumberedCells], report: Report) -> None:
    titles = titles_of(top[0]) if top else []
    message = (
        _("The columns are not separated by commas. Save it as “CSV UTF-8”.")
        if _is_wrongly_separated(titles)
        else _(
            "No row at the top names the columns. The first row must be: %(names)s.",
            names="、".join(column.header for column in table.spec.columns),
        )
    )
    report.error(table.file, message, 1)


def _is_wrongly_separated(titles: list[str]) -> bool:
    filled = [title for title in titles if title]
    return len(filled) == 1 and any(mark in filled[0] for mark in ";\t|")


def _placed_columns(table: Table, number: int, titles: list[str], report: Report) -> list[_Cell]:
    names = names_of(table.spec)
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        column = names.get(title.casefold())
        if column is None:
            if title and not title.startswith(OURS.strip()):
                report.warning(table.file, _unknown_column(title, names), number, title)
        elif column.name in places:
            message = _("The file has this column twice: “%(first)s” and “%(second)s”.")
            first = titles[places[column.name]]
            report.error(table.file, message.fill(first=first, second=title), number, column.header)
        else:
            places[column.name] = place
    for column in table.spec.columns:
        if column.name not in places and table.spec.is_needed(column):
            message = _("The file has no such column. Add it.")
            report.error(table.file, message, number, column.header)
            if column.name in table.spec.key:
                table.whole = False
    return [_Cell(column, places.get(column.name)) for column in table.spec.columns]


def _unknown_column(title: str, names: dict[str, Column]) -> Message:
    """The sentence about a column that nobody expects, with the name that is most like it."""
    near = get_close_matches(title.casefold(), names, n=1, cutoff=0.6)
    if not near:
        return _("No column of this name is expected, so it is not read.")
    return _(
        "No column of this name is expected, so it is not read. Should it be “%(near)s”?",
        near=names[near[0]].header,
    )


def _read_rows(
    table: Table, header: _Header, cells: Iterator[NumberedCells], report: Report
) -> None:
    columns, width, _below = header
    row_type = table.spec.row_type
    # What no row has is reported once, at the header; yet no rule may go by such rows.
    all_bad = any(column.place is None and column.column.required for column in columns)
    plain = [(column.place, column.plain, column.absent) for column in columns]
    for number, values in cells:
        try:
            read = [
                absent if place is None else known[values[place]] for place, known, absent in plain
            ]
        except (LookupError, TypeError):  # a text for the first time, a short row, no text
            read = _read_row(table, header, number, values, report)
        if len(values) > width and _is_wider(values, width):
            message = _("The row has more cells than the header. Look for a comma too many.")
            report.error(table.file, message, number)
            table.bad.add(number)
        if all_bad:
            table.bad.add(number)
        table.rows.append(row_type(number, *read))


def _read_row(
    table: Table, header: _Header, number: int, values: Cells, report: Report
) -> list[Any]:
    """The values of a row, cell by cell; what is to be said about one goes to ``report``."""
    read = []
    for column in header.columns:
        outcome = column.outcome(values)
        read.append(outcome.value)
        title = column.column.header
        if outcome.error:
            report.error(table.file, outcome.error, number, title)
            table.bad.add(number)
            if column.column.name in table.spec.key:
                table.whole = False
            continue
        if outcome.note:
            report.note(table.file, outcome.note, number, title)
        if outcome.warning:
            report.warning(table.file, outcome.warning, number, title)
    return read


def _is_wider(values: Cells, width: int) -> bool:
    return not all(map(is_blank, values[width:]))


def _report_twice(table: Table, report: Report) -> None:
    """The same key twice is an error, reported at the later row (docs/readings.md F6, F19)."""
    if len({*map(table.spec.key_of, table.rows)}) == len(table.rows):
        return
    first: dict[Key, int] = {}
    for row in table.rows:
        key = table.identity_of(row)
        number = first.setdefault(key, row.number)
        if number != row.number and None not in key:
            report.error(
                table.file,
                _("The same as row %(row)s. Leave one of the two out.", row=number),
                row.number,
                table.spec.header(table.spec.key[0]),
            )
            table.bad.add(row.number)
