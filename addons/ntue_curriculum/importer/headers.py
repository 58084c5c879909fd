"""Which row of a table names its columns: asked by all who read one. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .cells import NumberedCells, UnreadableCell
from .columns import Column
from .spec import FileSpec

TITLE_ROWS = 10
"""Rows among which the header is looked for: lists have a title above it, and a date."""


def names_of(spec: FileSpec) -> dict[str, Column]:
    """Every name that a column may have in a header, case folded."""
    return {
        title.casefold(): column
        for column in spec.columns
        for title in (column.header, *column.aliases)
    }


def titles_of(row: NumberedCells) -> list[str]:
    """The cells of a header as text; what cannot be read names no column."""
    return [str(cell).strip().strip("\ufeff") if _is_title(cell) else "" for cell in row.cells]


def _is_title(cell: object) -> bool:
    return cell is not None and not isinstance(cell, UnreadableCell)


def header_place(names: Collection[str], top: Sequence[NumberedCells]) -> int | None:
    """Which of the first rows names the columns: the one that has most of ``names``.

    None when there is none. A row that has one name only must be the first one of the file.
    """
    known = set(names)
    counts = [len({title.casefold() for title in titles_of(row)} & known) for row in top]
    most = max(counts, default=0)
    if not most:
        return None
    place = counts.index(most)
    return place if most > 1 or top[place].number == 1 else None
