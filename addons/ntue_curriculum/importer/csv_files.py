"""A CSV file into rows, whatever program wrote it: its encoding, its separator, its line ends."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import takewhile
from typing import NamedTuple, TextIO, cast

from .cells import MAX_ROWS, Cells, Piece, UnreadableError, Warn, too_many_rows
from .problems import _

MAX_LINE = 1024 * 1024
MAX_LINES = 1000
"""Characters of one line of a CSV file, and lines of one row, which quoted breaks make."""

AT_ONCE = 4096
"""Rows that are read at once."""

MAX_SEPARATOR = 100
"""Characters of a line that names the separator; any other first line is read again."""

_CHUNK = 1024 * 1024

_ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?[ \t]*(\r\n|\r|\n|$)', re.IGNORECASE)


def pieces(data: bytes, warn: Warn) -> Iterator[Piece]:
    """Yield the rows of a CSV file, many at a time; UnreadableError where it cannot go on.

    The text is decoded as it is read: of a large file only its bytes are in memory.
    """
    stream = io.TextIOWrapper(io.BytesIO(data), _encoding(data, warn), newline="")
    # A spreadsheet takes the line “sep=;” as an order and does not count it as a row.
    separator = _SEPARATOR.match(stream.readline(MAX_SEPARATOR))
    if not separator:
        stream.seek(0)
    delimiter = separator[1] if separator else ","
    # newline="" leaves quoted line breaks alone: a record is one row, as in a spreadsheet.
    if b'"' in data:
        lines = _Lines(stream)
        read = partial(_rows_of, csv.reader(lines, strict=True, delimiter=delimiter), lines)
    else:
        read = partial(_rows_line_by_line, iter(partial(stream.readline, MAX_LINE), ""), delimiter)
    first = 1
    while True:
        rows, fault = read()
        room = MAX_ROWS - first + 1
        if rows:
            yield Piece(first, rows[:room])
        if len(rows) > room:
            raise too_many_rows()
        first += len(rows)
        if fault:
            raise UnreadableError(
                _(
                    "The row cannot be read (%(error)s). Look for a quotation mark that is not "
                    "closed or is in the middle of a cell; nothing below was read.",
                    error=fault,
                ),
                first,
            ) from fault
        if not rows:
            return


class _Read(NamedTuple):
    """The next rows of a file, none at its end, and what is wrong with the row after them."""

    rows: list[Cells]
    fault: csv.Error | None = None


def _rows_line_by_line(lines: Iterator[str], delimiter: str) -> _Read:
    """Rows of a file without a quotation mark: each line is one."""
    some, fault = _next_lines(lines), None
    if some and len(max(some, key=len)) == MAX_LINE:
        some = list(takewhile(lambda line: len(line) < MAX_LINE, some))
        fault = _too_long()
    rows: list[Cells] = []
    try:
        rows.extend(cast(Iterator[Cells], csv.reader(some, strict=True, delimiter=delimiter)))
    except csv.Error as error:
        fault = error
    return _Read(rows, fault)


def _next_lines(lines: Iterator[str]) -> list[str]:
    """The next lines, as many as are read at once, in all not much longer than one may be."""
    some: list[str] = []
    room = MAX_LINE
    while room > 0 and len(some) < AT_ONCE and (line := next(lines, "")):
        some.append(line)
        room -= len(line)
    return some


def _rows_of(reader: Iterator[list[str]], lines: _Lines) -> _Read:
    rows: list[Cells] = []
    try:
        lines.room = MAX_LINE
        while lines.room > 0 and len(rows) < AT_ONCE:
            lines.left = MAX_LINES
            rows.append([*next(reader)])
    except StopIteration:
        return _Read(rows)
    except csv.Error as error:
        return _Read(rows, error)
    return _Read(rows)


def _too_long() -> csv.Error:
    return csv.Error("field larger than field limit")


class _Lines:
    """The lines of a text, none of them endless; ``left``: how many the present row may have.

    ``room``: characters that are still to be read at once.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.left = MAX_LINES
        self.room = MAX_LINE

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.left -= 1
        self.room -= len(line)
        if len(line) == MAX_LINE or self.left < 0:
            raise _too_long()
        return line


def _encoding(data: bytes, warn: Warn) -> str:
    """What the file is written in, decoded once to its end: UTF-8, UTF-16 by its mark, else Big5.

    UnreadableError when it is none of these.
    """
    if data.startswith((_ZIP_MAGIC, _OLD_EXCEL_MAGIC)):
        raise UnreadableError(
            _("This is an Excel workbook with the ending .csv. Save it as “CSV UTF-8”.")
        )
    if data.startswith(_UTF16_MARKS):
        if _fault(data, "utf-16") is None:
            return "utf-16"
        raise UnreadableError(
            _("The file is in UTF-16 and cannot be read to its end. Save it as “CSV UTF-8”.")
        )
    if b"\x00" in data:
        raise UnreadableError(_("This is no text file. Save it as “CSV UTF-8”."))
    fault = _fault(data, "utf-8-sig")
    if fault is None:
        return "utf-8-sig"
    row = data.count(b"\n", 0, fault) + 1
    if _fault(data, "cp950") is not None:
        raise UnreadableError(_("The file is not in UTF-8. Save it as “CSV UTF-8”."), row)
    warn(
        _(
            "The file is in Big5 and was read as such. Compare names with rare characters, "
            "or save it as “CSV UTF-8”."
        ),
        row,
    )
    return "cp950"


def _fault(data: bytes, encoding: str) -> int | None:
    """About which byte cannot be decoded, None when all can; nothing of the text is kept."""
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(data)
    for start in range(0, len(data) or 1, _CHUNK):
        piece = bytes(view[start : start + _CHUNK])
        try:
            decoder.decode(piece, final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            # The decoder may have kept bytes of a character from the piece before.
            kept = len(error.object) - len(piece)
            return max(0, start - kept + error.start)
    return None
