"""Bytes of a CSV or XLSX file into rows of cells, numbered as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Iterator

from . import csv_files, workbooks
from .cells import NumberedCells, Piece, UnreadableCell, UnreadableError, Warn
from .problems import Message


def _unheard(_message: Message, _row: int | None = None) -> None:
    """Nobody asked for the warnings."""


def read_pieces(name: str, data: bytes, sheet: str = "", warn: Warn = _unheard) -> Iterator[Piece]:
    """Yield the rows of a file, many at a time; some of them may be blank.

    ``name`` tells CSV from XLSX. ``sheet``: the one of a workbook to read; empty: its first.
    ``warn`` is called with what is doubtful. UnreadableError as soon as it cannot go on.
    """
    if not name.lower().endswith(".xlsx"):
        return csv_files.pieces(data, warn)
    return (Piece(number, [cells]) for number, cells in workbooks.rows(data, sheet, warn))


def read_cells(
    name: str, data: bytes, sheet: str = "", warn: Warn = _unheard
) -> Iterator[NumberedCells]:
    """As ``read_pieces``, row by row with their numbers; blank rows are left out."""
    for piece in read_pieces(name, data, sheet, warn):
        yield from piece.numbered()


def read_values(name: str, data: bytes) -> Iterator[NumberedCells]:
    """As ``read_cells``, for a list that is taken whole or not at all.

    UnreadableError at the first cell that cannot be taken for what it shows.
    """
    for number, cells in read_cells(name, data):
        for cell in cells:
            if isinstance(cell, UnreadableCell):
                raise UnreadableError(cell.message, number)
        yield NumberedCells(number, cells)
