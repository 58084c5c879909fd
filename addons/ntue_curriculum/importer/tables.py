"""Bytes of a CSV or XLSX file into rows of cells, numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .problems import Message, _

Cells = list[object]
"""Text for CSV; text, numbers, dates, truths and None for XLSX."""


class NumberedCells(NamedTuple):
    """A row of a file: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: Cells


MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes that a workbook may unpack to: far above any real one, below a bomb."""

MAX_COLUMNS = 60
"""Columns that are looked at; no file of ours has half as many."""

MAX_ROWS = 2_000_000
"""Rows of a file: forty enrolments each of 50,000 students."""

MAX_CELLS = 30_000_000
MAX_STRINGS = 3_000_000
"""Cells of a workbook, and different texts in it, which its reader keeps all at once."""

MAX_LINE = 1024 * 1024
MAX_LINES = 1000
"""Characters of one line of a CSV file, and lines of one row, which quoted breaks make."""

_ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class UnreadableError(ValueError):
    """The file cannot be read, or not beyond ``row``."""

    def __init__(self, message: Message, row: int | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.row = row


def read_cells(name: str, data: bytes) -> Iterator[NumberedCells]:
    """Yield ``(row number, cells)`` of a file, header first; blank rows are left out.

    ``name`` tells CSV from XLSX. UnreadableError as soon as it cannot go on.
    """
    rows: Iterable[NumberedCells] = (
        _xlsx_rows(data) if name.lower().endswith(".xlsx") else _csv_rows(data)
    )
    for number, cells in rows:
        if not all(map(is_blank, cells)):
            yield NumberedCells(number, cells)


def is_blank(cell: object) -> bool:
    """Nothing in it, or blanks only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _csv_rows(data: bytes) -> Iterator[NumberedCells]:
    text = _decoded(data)
    # newline="" leaves quoted line breaks alone: a record is one row, as in a spreadsheet.
    lines = _Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
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
            raise _too_many_rows()
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


def _too_many_rows() -> UnreadableError:
    return UnreadableError(
        _("The file has more than %(most)s rows. Divide it into several.", most=MAX_ROWS)
    )


def _decoded(data: bytes) -> str:
    """The text of a CSV file in UTF-8, with or without BOM; UnreadableError otherwise."""
    if data.startswith((_ZIP_MAGIC, _OLD_EXCEL_MAGIC)):
        raise UnreadableError(
            _("This is an Excel workbook with the ending .csv. Save it as “CSV UTF-8”.")
        )
    if data.startswith(_UTF16_MARKS):
        raise UnreadableError(_("The file is in UTF-16 (“Unicode text”). Save it as “CSV UTF-8”."))
    if b"\x00" in data:
        raise UnreadableError(_("This is no text file. Save it as “CSV UTF-8”."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(_encoding_message(data), row) from error


def _encoding_message(data: bytes) -> Message:
    try:
        data.decode("cp950")
    except UnicodeDecodeError:
        return _("The file is not in UTF-8. Save it as “CSV UTF-8”.")
    return _("The file is in Big5, not in UTF-8. Save it as “CSV UTF-8”.")


def _xlsx_rows(data: bytes) -> list[NumberedCells]:
    """All rows of the first sheet of a workbook, results in place of formulas."""
    _refuse_bomb(data)
    import openpyxl  # slow to import and not needed for CSV

    # openpyxl warns of what it ignores in a workbook (print settings, drop-down lists).
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return _sheet_rows(book.worksheets[0]) if book.worksheets else []
        except UnreadableError:
            raise
        except Exception as error:  # openpyxl raises whatever its XML reader meets
            raise UnreadableError(
                _(
                    "The workbook cannot be read (%(error)s). Open it, save it as .xlsx again, "
                    "or save it as “CSV UTF-8”.",
                    error=error,
                )
            ) from error


def _sheet_rows(sheet: Any) -> list[NumberedCells]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    rows = []
    # Rows that are left out are made up for: what their numbers promise has been looked at.
    wide = {"max_col": MAX_COLUMNS, "max_row": MAX_ROWS}
    for number, values in enumerate(sheet.iter_rows(values_only=True, **wide), start=1):
        cells = list(values)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append(NumberedCells(number, cells))
    return rows


def _refuse_bomb(data: bytes) -> None:
    if data.startswith(_OLD_EXCEL_MAGIC):
        raise UnreadableError(
            _("The workbook is in the old format or has a password. Save it as a plain .xlsx.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked <= MAX_UNPACKED:
                _refuse_growth(archive)
    except UnreadableError:
        raise
    except Exception as error:  # encrypted, unknown, cut off: whatever unpacking meets
        raise UnreadableError(
            _("This is no .xlsx workbook. Save it as .xlsx, or as “CSV UTF-8”.")
        ) from error
    if unpacked > MAX_UNPACKED:
        raise _absurd()


def _absurd() -> UnreadableError:
    return UnreadableError(_("The workbook unpacks to an absurd size and was not opened."))


_CHUNK = 1024 * 1024
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=[\"'](\d+)")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_STRING = re.compile(rb"<(?:\w+:)?si[\s>/]")


def _refuse_growth(archive: zipfile.ZipFile) -> None:
    """Refuse what its reader would make much of: rows far below, cells, different texts.

    The parts are looked through unpacked piece by piece, and nothing of them is kept.
    """
    cells = texts = 0
    for part in archive.infolist():
        if not part.filename.lower().endswith(".xml"):
            continue
        for piece in _pieces(archive, part):
            cells += len(_CELL.findall(piece))
            texts += len(_STRING.findall(piece))
            if any(len(row) > 7 or int(row) > MAX_ROWS for row in _ROW.findall(piece)):
                raise _too_many_rows()
            if cells > MAX_CELLS or texts > MAX_STRINGS:
                raise _absurd()


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of ``part``, in pieces that end where a tag begins."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            piece = rest + chunk
            end = piece.rfind(b"<")
            if end <= 0 or len(piece) - end > _CHUNK:
                end = len(piece)
            rest = piece[end:]
            yield piece[:end]
    yield rest
