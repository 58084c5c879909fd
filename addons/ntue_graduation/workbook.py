"""Tables on the way out as workbooks: one sheet, typed cells, nothing that a spreadsheet would run.

Pure but for xlsxwriter, which Odoo's own export uses. Days read in ROC years (I15) and are
days all the same. Text stays text: student and offering
numbers keep their zeros, and a text that looks like a formula is none (docs/readings.md F17).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import xlsxwriter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Those of the tables that are imported again, which this pure part may not know."""


class CellKind(Enum):
    """What a cell holds, and how a spreadsheet shows it."""

    TEXT = "@"
    NUMBER = "General"
    DATE = "[$-404]e-mm-dd"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, what ``value`` takes out of a row, and its width in characters."""

    title: str
    value: Callable[[Any], Any]
    kind: CellKind = CellKind.TEXT
    width: int = 12


def workbook(sheet: str, columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """The content of an xlsx file: header frozen and filtered, prints on A4 across."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    page = book.add_worksheet(sheet[:31])
    heading = book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "text_wrap": True})
    formats = {kind: book.add_format({"num_format": kind.value}) for kind in CellKind}
    # A text beside a number: without it credits 3 and score 84 read as 384.
    formats[CellKind.TEXT].set_indent(1)
    # What Excel keeps for a text typed with a ' before it: still text when it is edited.
    quoted = book.add_format({"num_format": CellKind.TEXT.value, "quote_prefix": True, "indent": 1})
    for position, column in enumerate(columns):
        page.set_column(position, position, column.width, formats[column.kind])
        page.write_string(0, position, column.title, heading)
    last = 0
    for last, row in enumerate(rows, 1):
        for position, column in enumerate(columns):
            value = column.value(row)
            if value is None or value is False or value == "":
                continue
            if column.kind is CellKind.NUMBER:
                page.write_number(last, position, value, formats[CellKind.NUMBER])
            elif column.kind is CellKind.DATE:
                page.write_datetime(last, position, value, formats[CellKind.DATE])
            else:
                text = str(value)
                style = quoted if text.startswith(FORMULA_STARTS) else formats[CellKind.TEXT]
                page.write_string(last, position, text, style)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()
