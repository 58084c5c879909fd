"""A CSV file into rows, whatever program wrote it: its encoding, its separator, its line ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from .cells import MAX_ROWS, NumberedCells, UnreadableError, Warn, too_many_rows
from .problems import _

MAX_LINE = 1024 * 1024
MAX_LINES = 1000
"""Characters of one line of a CSV file, and lines of one row, which quoted breaks make."""

_ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?[ \t]*(\r\n|\r|\n|$)', re.IGNORECASE)


def rows(data: bytes, warn: Warn) -> Iterator[NumberedCells]:
    """Yield the rows of a CSV file; UnreadableError where it cannot go on."""
    text = _decoded(data, warn)
    # A spreadsheet takes the line “sep=;” as an order and does not count it as a row.
    separator = _SEPARATOR.match(text)
    if separator:
        text = text[separator.end() :]
    # newline="" leaves quoted line breaks alone: a record is one row, as in a spreadsheet.
    lines = _Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True, delimiter=separator[1] if separator else ",")
    number = 0
    while True:
        number += 1
        lines.left = MAX_LINES
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError(
                _(
                    "The row cannot be read (%(error)s). Look for a quotation mark that is not "
                    "closed or is in the middle of a cell; nothing below was read.",
                    error=error,
                ),
                number,
            ) from error
        if number > MAX_ROWS:
            raise too_many_rows()
        yield NumberedCells(number, list(cells))


class _Lines:
    """The lines of a text, none of them endless; ``left``: how many the present row may have."""

    def __init__(self, text: io.StringIO) -> None:
        self._text = text
        self.left = MAX_LINES

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        self.left -= 1
        if len(line) == MAX_LINE or self.left < 0:
            raise csv.Error("field larger than field limit")
        return line


def _decoded(data: bytes, warn: Warn) -> str:
    """The text of a CSV file: UTF-8, UTF-16 by its mark, else Big5; UnreadableError otherwise."""
    if data.startswith((_ZIP_MAGIC, _OLD_EXCEL_MAGIC)):
        raise UnreadableError(
            _("This is an Excel workbook with the ending .csv. Save it as “CSV UTF-8”.")
        )
    if data.startswith(_UTF16_MARKS):
        return _decoded_utf16(data)
    if b"\x00" in data:
        raise UnreadableError(_("This is no text file. Save it as “CSV UTF-8”."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _decoded_big5(data, error, warn)


def _decoded_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            _("The file is in UTF-16 and cannot be read to its end. Save it as “CSV UTF-8”.")
        ) from error


def _decoded_big5(data: bytes, fault: UnicodeDecodeError, warn: Warn) -> str:
    row = data.count(b"\n", 0, fault.start) + 1
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError:
        raise UnreadableError(
            _("The file is not in UTF-8. Save it as “CSV UTF-8”."), row
        ) from fault
    warn(
        _(
            "The file is in Big5 and was read as such. Compare names with rare characters, "
            "or save it as “CSV UTF-8”."
        ),
        row,
    )
    return text
