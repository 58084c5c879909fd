"""Bytes of a CSV or XLSX file into rows of cells, numbered as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import csv_files, workbooks
from .cells import NumberedCells, UnreadableCell, UnreadableError, Warn, is_blank
from .problems import Message


def _unheard(_message: Message, _row: int | None = None) -> None:
    """Nobody asked for the warnings."""


def read_cells(
    name: str, data: bytes, sheet: str = "", warn: Warn = _unheard
) -> Iterator[NumberedCells]:
    """Yield the rows of a file with their numbers; blank rows are left out.

    ``name`` tells CSV from XLSX. ``sheet``: the one of a workbook to read; empty: its first.
    ``warn`` is called with what is doubtful. UnreadableError as soon as it cannot go on.
    """
    rows: Iterable[NumberedCells] = (
        workbooks.rows(data, sheet, warn)
        if name.lower().endswith(".xlsx")
        else csv_files.rows(data, warn)
    )
    for row in rows:
        if not all(map(is_blank, row.cells)):
            yield row


def read_values(name: str, data: bytes) -> Iterator[NumberedCells]:
    """As ``read_cells``, for a list that is taken whole or not at all.

    UnreadableError at the first cell that cannot be taken for what it shows.
    """
    for number, cells in read_cells(name, data):
        for cell in cells:
            if isinstance(cell, UnreadableCell):
                raise UnreadableError(cell.message, number)
        yield NumberedCells(number, cells)
