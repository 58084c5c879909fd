"""Uploaded files without the ID numbers that were in them.

Numbers are replaced by their hashes before a file is kept anywhere, so that what is checked now can
be imported later. A file that has such a column and cannot be read is cut down to its first line,
which is enough to say what is wrong with it.
"""

import csv
import io
import zipfile

from odoo.addons.ntue_curriculum.importer.cells import UnreadableCell, UnreadableError, is_blank
from odoo.addons.ntue_curriculum.importer.problems import Report
from odoo.addons.ntue_curriculum.importer.rows import TITLE_ROWS
from odoo.addons.ntue_curriculum.importer.sources import read_zip
from odoo.addons.ntue_curriculum.importer.tables import read_cells
from odoo.addons.ntue_curriculum.importer.workbooks import sheet_names

from .id_column import ALIASES, HEADER, mark_of

TITLES = (HEADER, *ALIASES)
ENCODINGS = ("utf-8", "cp950", "utf-16-le", "utf-16-be")
PACKED = b"PK"
"""How zips and workbooks begin: what is in them is not seen from outside."""

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
SHOWN = 8
"""Bytes that are enough to say what kind of file it is, and too few for a number."""

UNREADABLE = '"\n'
NO_TEXT = b"\xff"
"""A row, and a byte, that no reader gets past: the fault is reported where it was."""


def without_numbers(name, data):
    """The bytes of a file, or of a zip of files, as they may be kept."""
    if name.lower().endswith(".zip"):
        return _zip_without(name, data)
    if data.startswith(PACKED):
        return _workbook_without(name, data)
    if data.startswith(OLD_WORKBOOK):
        return data[:SHOWN]  # read by nobody, and nothing in it is seen from outside
    if not any(title.encode(encoding) in data for title in TITLES for encoding in ENCODINGS):
        return data
    return _text_without(name, data)


def _zip_without(name, data):
    report = Report()
    contents = read_zip(name, data, report)
    if not contents:
        return data if report.ok else data[:SHOWN]
    clean = {inner: _member_without(inner, found) for inner, found in contents.items()}
    if clean == contents:
        return data
    if not report.ok:
        return data[:SHOWN]  # made anew, it would be without the fault that stops the import
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, found in clean.items():
            archive.writestr(inner, found)
    return packed.getvalue()


def _member_without(name, data):
    """The same of a file in a zip; a zip in it is read by nobody."""
    return data[:SHOWN] if name.lower().endswith(".zip") else without_numbers(name, data)


def _workbook_without(name, data):
    """The workbook as it is without the column; else its sheets with hashes in them."""
    sheets = {}
    for title in sheet_names(data) or [""]:
        sheets[title], broken = _rows(f"{name}.xlsx", data, title)
        if broken:
            return data[:SHOWN]
    if all(map(_is_clean, sheets.values())):
        return data
    try:
        return _workbook(sheets)
    except ValueError:  # a text, or a name of a sheet, that no workbook of ours can have
        return data[:SHOWN]


def _workbook(sheets):
    """A workbook of the rows by the sheets' names, with hashes in it; ValueError where it cannot
    be made.
    """
    import openpyxl  # slow to import and seldom needed
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    stream = io.BytesIO()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for cells in _replaced(rows):
            written = [WriteOnlyCell(sheet, _as_seen(value)) for value in cells]
            for cell in written:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # a text that begins like a formula is a text
            sheet.append(written)
    book.save(stream)
    return stream.getvalue()


def _as_seen(value):
    """What cannot be read stays so in a copy."""
    return "#VALUE!" if isinstance(value, UnreadableCell) else value


def _text_without(name, data):
    rows, broken = _rows(f"{name}.csv", data)
    if not rows:
        first = data.split(b"\n", 1)[0]
        return first + b"\n" * (broken - 1) + NO_TEXT if broken and broken > 1 else first
    if not _places(rows):
        return data.split(b"\n", 1)[0]
    if _is_clean(rows) and not broken:
        return data
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for cells in _replaced(rows):
        writer.writerow(cells)
    if broken:
        text.write("\n" * (broken - 1 - rows[-1][0]) + UNREADABLE)
    return text.getvalue().encode()


def _rows(name, data, sheet=""):
    """The rows that can be read, and the number of the one that cannot, or None."""
    rows = []
    try:
        for row in read_cells(name, data, sheet):
            rows.append(row)
    except UnreadableError as error:
        return rows, error.row or 1
    return rows, None


def _places(rows):
    """Where one of the first rows names a column of ID numbers, whatever else is beside it."""
    return [
        place
        for _number, cells in rows[:TITLE_ROWS]
        for place, title in enumerate(cells)
        if _is_title(title)
    ]


def _is_title(cell):
    text = str(cell or "").casefold()
    return any(known.casefold() in text for known in TITLES)


def _is_clean(rows):
    """Whether no cell has an ID number, or what may be meant to be one."""
    places = _places(rows)
    cells = (cells[place] for _no, cells in rows for place in places if place < len(cells))
    return all(is_blank(cell) or _is_title(cell) or mark_of(cell) == cell for cell in cells)


def _replaced(rows):
    """Every row, blank ones in their places, with hashes instead of ID numbers."""
    places, last = _places(rows), 0
    for number, cells in rows:
        yield from ([] for _blank in range(number - last - 1))
        last, cells = number, list(cells)
        for place in places:
            if place < len(cells) and not _is_title(cells[place]):
                cells[place] = mark_of(cells[place])
        yield cells
