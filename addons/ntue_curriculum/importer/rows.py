"""A file's cells into typed rows, every fault reported with row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain, takewhile
from typing import Any, NamedTuple

from .cells import Cells, NumberedCells, Piece, UnreadableError, is_blank
from .columns import CellError, Column
from .headers import TITLE_ROWS, header_place, names_of, titles_of
from .problems import Message, Report, _
from .row_store import BLOCK, Block, Packed, Rows
from .sources import OURS, Source
from .spec import FileSpec, Key, Row
from .tables import read_pieces

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
    bad: set[int] = field(default_factory=set)
    whole: bool = True
    present: frozenset[str] = frozenset()
    by_letter: set[int] = field(default_factory=set)
    rows: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.rows = Rows(self.spec.row_type)

    @property
    def absent(self) -> frozenset[str]:
        """The columns that the file lacks: what is stored in them stays (F21)."""
        return frozenset(self.spec.by_name) - self.present

    @property
    def sound_rows(self) -> Iterator[Row]:
        """The rows without a fault of their own."""
        for block in self.rows.blocks():
            yield from self.sound_rows_of(block)

    def sound_rows_of(self, block: Block) -> Iterator[Row]:
        """The same of the rows of one block."""
        if self.bad.isdisjoint(block.numbers):
            return block.rows()
        return (row for row in block.rows() if row.number not in self.bad)

    def rewrite(
        self, change: Callable[[Row], Row], concerned: Callable[[Block], bool] = bool
    ) -> None:
        """Put in the place of each sound row what ``change`` makes of it.

        Blocks of rows that are not ``concerned`` are left alone.
        """
        self.rows.rewrite(
            lambda row: row if row.number in self.bad else change(row),
            concerned,
        )

    def drop(
        self, is_gone: Callable[[Row], bool], concerned: Callable[[Block], bool] = bool
    ) -> None:
        """Take rows away, and what was wrong with them."""

        def kept(row: Row) -> Row | None:
            if not is_gone(row):
                return row
            self.bad.discard(row.number)
            return None

        self.rows.rewrite(kept, concerned)

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
    below: Iterator[Piece]


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
        if self.is_plain(raw):
            return _Outcome(self.plain[raw])
        return self._read(raw)

    def is_plain(self, raw: object) -> bool:
        """Whether ``plain`` has a text, or has it now, since nothing is to be said about it."""
        if not (raw is None or isinstance(raw, str)):
            return False
        if raw in self.plain:
            return True
        outcome = self._read(raw)
        if outcome[1:] != _NOTHING_SAID:
            return False
        if len(self.plain) > _CACHE_LIMIT + BLOCK:
            self.plain.clear()
        self.plain[raw] = outcome.value
        return True

    def packed(self, texts: Sequence[object]) -> Packed | None:
        """The values of at most ``BLOCK`` texts that are plain; None when one is not."""
        if self.place is None:
            return Packed([self.absent], None)
        kinds = dict.fromkeys(texts)
        if len(self.plain) > _CACHE_LIMIT:
            self.plain.clear()
        if not all(map(self.is_plain, kinds)):
            return None
        return Packed.by(kinds, [self.plain[text] for text in kinds], texts)

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

    pieces = read_pieces(source.file, data, source.sheet or spec.name, warn)
    try:
        header = _header(table, pieces, report)
        if header is not None:
            placed = (cell.column.name for cell in header.columns if cell.place is not None)
            table.present = frozenset(placed)
            _read_rows(table, header, report)
    except UnreadableError as error:
        report.error(table.file, error.message, error.row)
        table.whole = False
    _report_twice(table, report)
    return table


def _header(table: Table, pieces: Iterator[Piece], report: Report) -> _Header | None:
    """The columns in their places, or None when there is no header to go by."""
    top, below = _top_of(pieces)
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
    first = (Piece(row.number, [row.cells]) for row in top[place + 1 :])
    return _Header(columns, len(titles), chain(first, below))


def _top_of(pieces: Iterator[Piece]) -> tuple[list[NumberedCells], Iterator[Piece]]:
    """The first rows that are not blank, and what is below them."""
    top: list[NumberedCells] = []
    for piece in pieces:
        for row in piece.numbered():
            top.append(row)
            if len(top) == TITLE_ROWS:
                rest = Piece(row.number + 1, piece.rows[row.number + 1 - piece.first :])
                return top, chain([rest], pieces)
    return top, iter(())


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


def _read_rows(table: Table, header: _Header, report: Report) -> None:
    # What no row has is reported once, at the header; yet no rule may go by such rows.
    all_bad = any(column.place is None and column.column.required for column in header.columns)
    for piece in header.below:
        for start in range(0, len(piece.rows), BLOCK):
            some = Piece(piece.first + start, piece.rows[start : start + BLOCK])
            numbers = range(some.first, some.first + len(some.rows))
            columns = _plain_columns(header, some.rows)
            if columns:
                table.rows.extend(numbers, columns)
            else:
                for row in some.numbered():
                    _read_row(table, header, row, report)
            if all_bad:
                table.bad.update(numbers)


_FEW = 16
"""Rows that are read one by one: more are a block of their own, which is looked at as one."""


def _plain_columns(header: _Header, rows: Sequence[Cells]) -> list[Packed] | None:
    """Rows as columns, where nothing is to be said about any of their cells; else None."""
    if len(rows) < _FEW:
        return None
    try:
        by_place = list(zip(*rows, strict=True))
        if len(by_place) != header.width or _has_blank(by_place, rows):
            return None
        packed = (column.packed(by_place[column.place or 0]) for column in header.columns)
        columns = [one for one in takewhile(bool, packed) if one]
    except (ValueError, TypeError):  # rows of other lengths, cells of a workbook
        return None
    return columns if len(columns) == len(header.columns) else None


def _has_blank(by_place: Sequence[Sequence[object]], rows: Sequence[Cells]) -> bool:
    """Whether a row is blank; most files have a column that never is."""
    if not any(map(is_blank, set(by_place[0]))):
        return False
    return any(all(map(is_blank, row)) for row in rows)


def _read_row(table: Table, header: _Header, row: NumberedCells, report: Report) -> None:
    """Add a row, cell by cell; what is to be said about one goes to ``report``."""
    number, values = row
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
    if len(values) > header.width and _is_wider(values, header.width):
        message = _("The row has more cells than the header. Look for a comma too many.")
        report.error(table.file, message, number)
        table.bad.add(number)
    table.rows.append(table.spec.row_type(number, *read))


def _is_wider(values: Cells, width: int) -> bool:
    return not all(map(is_blank, values[width:]))


AT_ONCE = 500_000
"""Rows whose keys are compared at once."""


def _report_twice(table: Table, report: Report) -> None:
    """The same key twice is an error, reported at the later row (docs/readings.md F6, F19)."""
    twice = _hashes_that_come_twice(table)
    if not twice:
        return
    first: dict[Key, int] = {}
    for block in table.rows.blocks():
        for row, mark in zip(block.rows(), _hashes(table, block), strict=True):
            if mark not in twice:
                continue
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


def _hashes(table: Table, block: Block) -> Iterator[int]:
    """A number of each row, the same for the same key."""
    return map(hash, zip(*map(block.cells, table.spec.key), strict=True))


def _hashes_that_come_twice(table: Table) -> set[int]:
    """Those of rows of which there may be another one with the same key."""
    shares = len(table.rows) // AT_ONCE + 1
    twice = set()
    for share in range(shares):
        seen = set[int]()
        for block in table.rows.blocks():
            mine = _hashes(table, block)
            if shares > 1:
                mine = (mark for mark in mine if mark % shares == share)
            marks = list(mine)
            fresh = len(seen)
            seen.update(marks)
            if len(seen) - fresh != len(marks):
                twice |= _again(table, share, shares)
                break
    return twice


def _again(table: Table, share: int, shares: int) -> set[int]:
    seen, twice = set[int](), set[int]()
    for block in table.rows.blocks():
        for mark in _hashes(table, block):
            if mark % shares == share:
                (twice if mark in seen else seen).add(mark)
    return twice
