"""Bytes of a CSV or XLSX file into rows of cells, numbered as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from zipfile import BadZipFile

from .problems import Message, _

Cells = list[object]
"""Text for CSV; text, numbers, dates, truths and None for XLSX."""

MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes that a workbook may unpack to: far above any real one, below a bomb."""

MAX_COLUMNS = 60
"""Columns that are looked at; no file of ours has half as many."""

_ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class UnreadableError(ValueError):
    """The file cannot be read, or not beyond ``row``."""

    def __init__(self, message: Message, row: int | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.row = row


def read_cells(name: str, data: bytes) -> Iterator[tuple[int, Cells]]:
    """Yield ``(row number, cells)`` of a file, header first; blank rows are left out.

    ``name`` tells CSV from XLSX. UnreadableError as soon as it cannot go on.
    """
    rows = _xlsx_rows(data) if name.lower().endswith(".xlsx") else _csv_rows(data)
    for number, cells in rows:
        if not all(map(is_blank, cells)):
            yield number, cells


def is_blank(cell: object) -> bool:
    """Nothing in it, or blanks only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _csv_rows(data: bytes) -> Iterator[tuple[int, Cells]]:
    text = _decoded(data)
    # newline="" leaves quoted line breaks alone: a record is one row, as in a spreadsheet.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError(
                _(
                    "The row cannot be read (%(error)s). Look for a quotation mark that is not "
                    "closed or stands in the middle of a cell; nothing below was read.",
                    error=error,
                ),
                number,
            ) from error
        yield number, cells


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


def _xlsx_rows(data: bytes) -> list[tuple[int, Cells]]:
    """All rows of the first sheet of a workbook, results in place of formulas."""
    _refuse_bomb(data)
    import openpyxl  # slow to import and not needed for CSV

    # openpyxl warns of what it ignores in a workbook (print settings, drop-down lists).
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return _sheet_rows(book.worksheets[0]) if book.worksheets else []
        except Exception as error:  # openpyxl raises whatever its XML reader meets
            raise UnreadableError(
                _(
                    "The workbook cannot be read (%(error)s). Open it, save it as .xlsx again, "
                    "or save it as “CSV UTF-8”.",
                    error=error,
                )
            ) from error


def _sheet_rows(sheet) -> list[tuple[int, Cells]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    rows = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = list(values[:MAX_COLUMNS])
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append((number, cells))
    return rows


def _refuse_bomb(data: bytes) -> None:
    if data.startswith(_OLD_EXCEL_MAGIC):
        raise UnreadableError(
            _("The workbook is in the old format or has a password. Save it as a plain .xlsx.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except BadZipFile as error:
        raise UnreadableError(
            _("This is no .xlsx workbook. Save it as .xlsx, or as “CSV UTF-8”.")
        ) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableError(_("The workbook unpacks to an absurd size and was not opened."))
