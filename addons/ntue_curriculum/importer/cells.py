"""Rows of cells, whatever kind of file they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .problems import Message, _

Cells = list[object]
"""Text for CSV; text, numbers, dates, truths, None and UnreadableCell for XLSX."""

Warn = Callable[[Message, int | None], None]
"""Takes what is doubtful in a file, and the row of it, if it is one."""

MAX_ROWS = 2_000_000
"""Rows of a file: forty enrolments each of 50,000 students."""

MAX_COLUMNS = 60
"""Columns that are looked at; no file of ours has half as many."""


class NumberedCells(NamedTuple):
    """A row of a file: its number as a spreadsheet shows it, and its cells."""

    number: int
    cells: Cells


class Piece(NamedTuple):
    """Rows that follow each other in a file; ``first``: the number of the first of them."""

    first: int
    rows: Sequence[Cells]

    def numbered(self) -> Iterator[NumberedCells]:
        """Its rows with their numbers, without those that are blank."""
        for number, cells in enumerate(self.rows, self.first):
            if not all(map(is_blank, cells)):
                yield NumberedCells(number, cells)


@dataclass(frozen=True)
class UnreadableCell:
    """A cell of a workbook that cannot be taken for what it shows, and why (F27)."""

    message: Message


class UnreadableError(ValueError):
    """The file cannot be read, or not beyond ``row``."""

    def __init__(self, message: Message, row: int | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.row = row


def is_blank(cell: object) -> bool:
    """Nothing in it, or blanks only."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def too_many_rows() -> UnreadableError:
    """What is raised for a file with more than ``MAX_ROWS`` rows."""
    return UnreadableError(
        _("The file has more than %(most)s rows. Divide it into several.", most=MAX_ROWS)
    )
