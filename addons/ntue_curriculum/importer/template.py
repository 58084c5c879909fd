"""The workbook to fill in: a sheet of each file, and one that explains all columns."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from .columns import Column, Number
from .data_package import Text, explanation
from .problems import _
from .sources import EXPLAINING
from .spec import FileSpec

ROWS = 10_000
"""Rows of a sheet whose cells offer their words; those below are read all the same."""

WIDEST = 42

NOTE_LETTERS, NOTE_LINES = 20, 4
"""What the box of a note has room for: Chinese letters of a line, and lines."""

TITLES = (
    _("Sheet"),
    _("Column"),
    _("Must be filled"),
    _("What it holds"),
    _("Words"),
    _("Example"),
    _("Other names that are understood"),
)
WIDTHS = (20, 18, 8, 60, 24, 26, 34)


def template(specs: Iterable[FileSpec], text: Text) -> bytes:
    """The content of an xlsx file with the header of every file and nothing below."""
    specs = tuple(specs)
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    looks = _looks(book)
    _explain(book.add_worksheet(EXPLAINING), specs, text, looks)
    for spec in specs:
        _sheet(book.add_worksheet(spec.name), spec, text, looks)
    book.close()
    return stream.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "head": book.add_format({**head, "bg_color": "#E7E6E6"}),
        "required": book.add_format({**head, "bg_color": "#FCE4B0"}),
        "text": book.add_format({"num_format": "@"}),
        "number": book.add_format({"num_format": "General"}),
    }


def _explain(page: Any, specs: tuple[FileSpec, ...], text: Text, looks: dict[str, Any]) -> None:
    """The sheet for people: how to fill in the others, and every column of them."""
    page.write_string(0, 0, text(_("How to fill in this workbook")), looks["title"])
    notes = (
        _(
            "Each of the other sheets is a table. A sheet that stays empty changes nothing; "
            "delete columns that your school does not have, so that what is stored stays."
        ),
        _(
            "Columns with a yellow head must be filled in every row. Cells with a list offer "
            "their words. Codes stay text, so that leading zeros are kept."
        ),
        _(
            "Save the workbook as .xlsx and upload it under “Import files”: a check names every "
            "row and column that is to be corrected before anything is written."
        ),
    )
    for row, note in enumerate(notes, 1):
        page.merge_range(row, 0, row, len(TITLES) - 1, text(note), looks["words"])
        page.set_row(row, 32)
    top = len(notes) + 2
    for place, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        page.set_column(place, place, width)
        page.write_string(top, place, text(title), looks["head"])
    row = top
    for spec in specs:
        for column in spec.columns:
            row += 1
            for place, value in enumerate(_explained(spec, column, text)):
                page.write_string(row, place, value, looks["cell"])
    page.freeze_panes(top + 1, 2)
    page.autofilter(top, 0, row, len(TITLES) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)


def _explained(spec: FileSpec, column: Column, text: Text) -> tuple[str, ...]:
    named = f"{spec.name}（{text(spec.title)}）" if spec.title else spec.name
    return (
        named,
        column.header,
        "是" if column.required else "",
        explanation(spec, column, text),
        "、".join(column.choices),
        column.example,
        "、".join(column.aliases),
    )


def _sheet(page: Any, spec: FileSpec, text: Text, looks: dict[str, Any]) -> None:
    for place, column in enumerate(spec.columns):
        look = looks["number" if isinstance(column, Number) else "text"]
        width = max(2 * len(column.header), len(column.example), 10) + 3
        page.set_column(place, place, min(width, WIDEST), look)
        head = looks["required" if column.required else "head"]
        page.write_string(0, place, column.header, head)
        note = _note(spec, column, text)
        page.write_comment(0, place, note, {"x_scale": 2, "y_scale": _height(note)})
        if column.choices:
            source = list(column.choices)
            page.data_validation(1, place, ROWS, place, {"validate": "list", "source": source})
    page.freeze_panes(1, 0)


def _note(spec: FileSpec, column: Column, text: Text) -> str:
    example = text(_("Example: %(value)s", value=column.example)) if column.example else ""
    return "\n".join(filter(None, (explanation(spec, column, text), example)))


def _height(note: str) -> float:
    """How many times the usual height the box of a note is: its words are shown whole."""
    lines = sum(1 + len(line) // NOTE_LETTERS for line in note.split("\n"))
    return max(1, lines / NOTE_LINES)
