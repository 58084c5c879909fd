"""The uploaded files as a workbook with what was found in them: a column of words, marked cells.

A sheet for each table, named as the table, so that it may be corrected and uploaded as it is.
Text stays text: no cell of the result is a formula, whatever the file had (docs/readings.md F17).
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from .cells import NumberedCells, UnreadableCell, UnreadableError
from .headers import TITLE_ROWS, header_place, names_of, titles_of
from .outgoing import FORMULA_STARTS
from .problems import Report
from .sources import OURS, Source, sort_files
from .spec import FileSpec
from .tables import read_cells

MOST_ROWS = 20_000
"""Rows up to which tables are given whole, all together, since somebody waits for them at a page;
of one that goes beyond, the header and what was found."""

FILLS = {
    # The weightiest first.
    "error": PatternFill("solid", fgColor="F8CBAD"),
    "warning": PatternFill("solid", fgColor="FFE699"),
    "note": PatternFill("solid", fgColor="DDEBF7"),
}
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NO_TITLE = re.compile(r"[\[\]:*?/\\]")
WIDTH = 60
"""Characters that the column of findings is wide."""
NARROW = 14
"""Characters that a column of the file is wide at least."""


class Words(NamedTuple):
    """What the workbook says, in the reader's language. ``weights``: by severity."""

    findings: str
    row: str
    summary: str
    headings: tuple[str, ...]
    weights: Mapping[str, str]
    shortened: str


class Finding(NamedTuple):
    """One finding as it is kept: see ``wording.imports``."""

    severity: str
    row: int | None
    column: str
    message: str


Page = Any
"""A sheet of a workbook that is only written."""


def marked_workbook(
    specs: Iterable[FileSpec], contents: Mapping[str, bytes], found: Mapping[str, Any], words: Words
) -> bytes:
    """The content of an xlsx file. ``found``: of ``wording.imports.findings_of``."""
    known = {spec.name: spec for spec in specs}
    book = Workbook(write_only=True)
    _write_summary(book.create_sheet(_title(OURS + words.summary)), found, words)
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for one in found.get("problems", ()):
        finding = Finding(one["severity"], one["row"], one["column"], one["message"])
        by_file[one["file"]].append(finding)
    left = MOST_ROWS
    for name, source in sort_files(contents, known, Report()).items():
        if source.name in by_file:
            page = book.create_sheet(name)
            data = contents[source.file]
            marked = _Marked(page, known[name], words, by_file[source.name])
            left -= marked.fill(source, data, left)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _title(text: str) -> str:
    return NO_TITLE.sub(" ", text)[:31]


def _write_summary(page: Page, found: Mapping[str, Any], words: Words) -> None:
    """What to mend: one row for each repair, the weightiest first, with its examples below."""
    page.column_dimensions["C"].width = 2 * WIDTH
    page.column_dimensions["D"].width = WIDTH
    cells = _Cells(page)
    page.append(cells.of(text, bold=True) for text in words.headings)
    for repair in found.get("repairs", ()):
        fill = FILLS[repair["severity"]]
        row = (words.weights[repair["severity"]], repair["count"], repair["message"])
        places = "、".join(repair["columns"])
        page.append(cells.of(value, fill=fill) for value in (*row, places))
        cases = repair["cases"] if len(repair["cases"]) > 1 else ()
        for case in cases:
            texts = (
                " ".join(str(part) for part in place.values() if part) for place in case["places"]
            )
            row = ("", case["count"], case["message"])
            page.append(cells.of(value) for value in (*row, "；".join(texts)))


class _Marked:
    """Writes one table with its findings."""

    def __init__(self, page: Page, spec: FileSpec, words: Words, findings: list[Finding]) -> None:
        self.page = page
        self.cells = _Cells(page)
        self.words = words
        self.names = {title: column.header for title, column in names_of(spec).items()}
        self.by_row: dict[int, list[Finding]] = defaultdict(list)
        for finding in findings:
            self.by_row[finding.row or 1].append(finding)
        self.places: dict[str, int] = {}
        self._written: set[int] = set()

    def fill(self, source: Source, data: bytes, most: int) -> int:
        """Write the table, whole if it ends by row ``most``; how many rows it then has, else 0."""

        def rows() -> Iterator[NumberedCells]:
            return read_cells(source.file, data, source.sheet or self.page.title)

        size = 0
        for row in self._readable(rows()):
            size = row.number
            if size > most:
                break
        is_long = size > most
        self.page.column_dimensions["A"].width = WIDTH
        cells = self._readable(rows())
        top = list(islice(cells, TITLE_ROWS))
        header = top[header_place(self.names, top) or 0] if top else NumberedCells(1, [])
        titles = [title.casefold() for title in titles_of(header)]
        self.places = {self.names.get(title, title): place for place, title in enumerate(titles)}
        for place, title in enumerate(titles):
            letter = get_column_letter(place + 2)
            self.page.column_dimensions[letter].width = max(2 * len(title) + 3, NARROW)
        self.page.freeze_panes = f"B{header.number + 1}"
        last, last_told = 0, max(header.number, *self.by_row)
        for number, values in chain(top, cells):
            if is_long and number != header.number and number not in self.by_row:
                if number > last_told:
                    break
                continue
            for gap in range(last + 1, number if not is_long else 0):
                self._write_row(gap, [], is_header=False, is_long=False)
            self._write_row(number, values, is_header=number == header.number, is_long=is_long)
            last = number
        for number in sorted(set(self.by_row) - self._written):
            self._write_row(number, [], is_header=False, is_long=is_long)
        return 0 if is_long else size

    def _readable(self, rows: Iterator[NumberedCells]) -> Iterator[NumberedCells]:
        """The rows up to the one that cannot be read; the findings say why."""
        try:
            yield from rows
        except UnreadableError:
            return

    def _write_row(
        self, number: int, values: list[object], *, is_header: bool, is_long: bool
    ) -> None:
        found = self.by_row.get(number, [])
        self._written.add(number)
        weight = next((each for each in FILLS if any(one.severity == each for one in found)), "")
        fill = FILLS.get(weight)
        texts = [OURS + self.words.findings] if is_header else []
        texts += [f"{one.column}：{one.message}" if one.column else one.message for one in found]
        if is_long and is_header:
            texts.append(self.words.shortened)
        if is_long and texts and not is_header:
            texts[0] = f"{self.words.row} {number}：{texts[0]}"
        marks = {
            self.places.get(one.column, self.places.get(one.column.casefold())): one
            for one in reversed(found)
            if one.column
        }

        def row() -> Iterator[WriteOnlyCell]:
            yield self.cells.of("\n".join(texts), fill=fill, bold=is_header)
            for place, value in enumerate(values):
                mark = marks.get(place)
                yield self.cells.of(value, fill=FILLS[mark.severity] if mark else None)

        self.page.append(row())


class _Cells:
    """The cells of a page that is only written: each is written before the next is asked for.

    So one of each look does, which is what takes the time.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self._of_look: dict[tuple[object, ...], WriteOnlyCell] = {}

    def of(
        self, value: object, *, fill: PatternFill | None = None, bold: bool = False
    ) -> WriteOnlyCell:
        """The cell that shows ``value``; a text that a spreadsheet would run is a text."""
        if isinstance(value, UnreadableCell):
            value = str(value.message)
        if not isinstance(value, str):
            cell = self._looking(type(value), id(fill), bold, fill=fill)
            cell.value = value
            return cell
        quoted = value.startswith(FORMULA_STARTS)
        wrapped = len(value) > WIDTH or "\n" in value
        look = (str, id(fill), bold, quoted, wrapped)
        is_new = look not in self._of_look
        cell = self._looking(*look, fill=fill)
        cell.value = UNWRITABLE.sub("\ufffd", value)
        cell.data_type = "s"
        if is_new:
            cell.number_format = "@"
            cell.quotePrefix = quoted
            cell.alignment = Alignment(wrap_text=wrapped, vertical="top")
            if bold:
                cell.font = Font(bold=True)
        return cell

    def _looking(self, *look: object, fill: PatternFill | None) -> WriteOnlyCell:
        if look not in self._of_look:
            self._of_look[look] = cell = WriteOnlyCell(self.page)
            if fill:
                cell.fill = fill
        return self._of_look[look]
