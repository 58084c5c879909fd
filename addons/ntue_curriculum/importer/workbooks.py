"""A sheet of an XLSX workbook into rows, as it shows them; what it hides is said or refused."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from .cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cells,
    NumberedCells,
    UnreadableCell,
    UnreadableError,
    Warn,
)
from .problems import _
from .workbook_parts import Part, SheetMarks, marks_of, parts_of, refuse_what_harms

NO_RESULT = UnreadableCell(
    _(
        "The cell holds a formula without a result. Open the workbook in a spreadsheet and save "
        "it, or write the value itself."
    )
)
COVERED = UnreadableCell(
    _("The cell is merged with another one. Undo the merge and fill every cell.")
)


class _Read(NamedTuple):
    """A sheet as it shows its results and, where it has formulas, as it was written."""

    results: Any
    written: Any


def sheet_names(data: bytes) -> list[str]:
    """The names of the sheets of a workbook; none when it is no workbook."""
    try:
        with _opened(data) as archive:
            return [part.name for part in parts_of(archive)]
    except UnreadableError:
        return []


def rows(data: bytes, sheet: str, warn: Warn) -> Iterator[NumberedCells]:
    """Yield the rows of the sheet of that name, else of the first one.

    Cells that cannot be taken for what they show are ``UnreadableCell``; UnreadableError for a
    workbook that cannot be read.
    """
    with _opened(data) as archive:
        part = _chosen(parts_of(archive), sheet)
        if part is None:
            return
        marks = marks_of(archive, part)
    _say_what_is_hidden(part, marks, warn)
    with _readable_errors():
        yield from _rows(_load(data, part, marks), marks)


def _chosen(parts: list[Part], name: str) -> Part | None:
    named = [part for part in parts if name and part.name.strip().casefold() == name.casefold()]
    return next(iter([*named, *parts]), None)


def _say_what_is_hidden(part: Part, marks: SheetMarks, warn: Warn) -> None:
    if part.is_hidden:
        warn(_("The sheet “%(name)s” is hidden, and was read.", name=part.name), None)
    if marks.hidden_rows:
        message = _("%(count)s rows are hidden, and were read.", count=len(marks.hidden_rows))
        warn(message, min(marks.hidden_rows))


def _load(data: bytes, part: Part, marks: SheetMarks) -> _Read:
    import openpyxl  # slow to import and not needed for CSV

    def opened(*, data_only: bool) -> Any:
        # openpyxl warns of what it ignores in a workbook (print settings, drop-down lists).
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
        sheet = book[part.name]
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
        return sheet

    return _Read(opened(data_only=True), opened(data_only=False) if marks.has_formulas else None)


def _rows(read: _Read, marks: SheetMarks) -> Iterator[NumberedCells]:
    # Rows that are left out are made up for: what their numbers promise has been looked at.
    wide = {"max_col": MAX_COLUMNS, "max_row": MAX_ROWS}
    results = read.results.iter_rows(values_only=True, **wide)
    written = read.written.iter_rows(values_only=True, **wide) if read.written else None
    for number, values in enumerate(results, start=1):
        cells: Cells = list(values)
        if written:
            _mark_without_result(cells, list(next(written)))
        for column in marks.covered.get(number, ()):
            if column <= len(cells):
                cells[column - 1] = COVERED
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield NumberedCells(number, cells)


def _mark_without_result(cells: Cells, written: Cells) -> None:
    """Put ``NO_RESULT`` where a formula is written of which the workbook keeps no result."""
    for place, formula in enumerate(written):
        if formula is not None and place < len(cells) and cells[place] is None:
            cells[place] = NO_RESULT


@contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The workbook as an archive, when nothing in it harms its reader."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(
            _("The workbook is in the old format or has a password. Save it as a plain .xlsx.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            refuse_what_harms(archive)
            yield archive
    except UnreadableError:
        raise
    except Exception as error:  # encrypted, unknown, cut off: whatever unpacking meets
        raise UnreadableError(
            _("This is no .xlsx workbook. Save it as .xlsx, or as “CSV UTF-8”.")
        ) from error


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
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
