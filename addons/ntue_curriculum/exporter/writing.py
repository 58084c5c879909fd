"""Rows of the declared files as CSV and XLSX, in which no cell is run as a formula. Pure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from ..importer.columns import Column
from ..importer.outgoing import FORMULA_STARTS, MARKED, TableWriter, new_table
from ..importer.sources import EXPLAINING
from ..importer.spec import FileSpec

MAX_ROWS = 1_048_576
"""Rows of a sheet of XLSX, the header among them; what is beyond would be left out unsaid."""


class TooManyRowsError(Exception):
    """A table, by its name, has more rows than a sheet holds."""


Notes = Callable[[], Sequence[str]]
"""What is to be said of a run; asked when its rows have been written."""

Row = Mapping[str, Any]
"""Values by the name of the column, as they are kept."""


@dataclass
class Table:
    """One file on the way out; ``count``: the rows that were written of it."""

    spec: FileSpec
    rows: Iterable[Row]
    count: int = 0

    @property
    def columns(self) -> list[Column]:
        """The columns whose values leave the database."""
        return [column for column in self.spec.columns if column.exported]

    @property
    def header(self) -> list[str]:
        return [column.header for column in self.columns]

    def cells(self) -> Iterator[list[str | Decimal]]:
        """The cells of each row, counted as they go."""
        columns = [(column.name, column.written) for column in self.columns]
        for row in self.rows:
            self.count += 1
            yield [written(row.get(name)) for name, written in columns]


def write_folder(folder: Path, tables: Iterable[Table]) -> None:
    """A CSV file of each table in ``folder``, which only its owner reads."""
    for table in tables:
        with new_table(folder / f"{table.spec.name}.csv", table.header) as writer:
            for cells in table.cells():
                writer.add(cells)


def write_zip(stream: IO[bytes], tables: Iterable[Table], notes: Notes = tuple) -> None:
    """The same files in one archive, and a README of what is not in them, if there is anything."""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with (
                archive.open(f"{table.spec.name}.csv", "w", force_zip64=True) as member,
                io.TextIOWrapper(member, "utf-8-sig", newline="") as text,
            ):
                writer = TableWriter(text, table.header)
                for cells in table.cells():
                    writer.add(cells)
        if said := notes():
            archive.writestr("README.txt", "\r\n".join(said).encode("utf-8-sig"))


def write_workbook(stream: IO[bytes], tables: Iterable[Table], notes: Notes = tuple) -> None:
    """One workbook with a sheet of each table; rows are written as they come.

    What is not in it, if there is anything, is said in a sheet that no import reads.
    """
    book = xlsxwriter.Workbook(
        stream,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    head = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1})
    text = book.add_format({"num_format": "@"})
    # What Excel keeps for a text typed with a ' before it: still text when it is edited.
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    for table in tables:
        page = book.add_worksheet(table.spec.name)
        page.freeze_panes(1, 0)
        for place, title in enumerate(table.header):
            page.set_column(place, place, max(2 * len(title), 10) + 3)
            page.write_string(0, place, title, head)
        for number, cells in enumerate(table.cells(), 1):
            if number >= MAX_ROWS:
                raise TooManyRowsError(table.spec.name)
            for place, cell in enumerate(cells):
                if isinstance(cell, Decimal):
                    page.write_number(number, place, float(cell))
                elif cell:
                    look = quoted if cell.startswith(FORMULA_STARTS) else text
                    # A mark that belongs to the text is not taken for one that was put before it.
                    mark = "'" if MARKED.match(cell) else ""
                    page.write_string(number, place, mark + cell, look)
    if said := notes():
        page = book.add_worksheet(EXPLAINING)
        page.set_column(0, 0, 100)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for number, text in enumerate(said):
            page.write_string(number, 0, text, wrapped)
        page.activate()
    book.close()
