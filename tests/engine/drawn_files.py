"""Files drawn at random for the importer's readers: CSV and XLSX, whole, broken and hostile."""

from __future__ import annotations

import csv
import importlib
import io
import sys
import types
import zipfile
from pathlib import Path

import openpyxl
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

ADDONS = Path(__file__).resolve().parents[2] / "addons"


def importer(name: str) -> types.ModuleType:
    """A module of the importer without its addon, which needs Odoo."""
    if "ntue_curriculum" not in sys.modules:
        addon = types.ModuleType("ntue_curriculum")
        addon.__path__ = [str(ADDONS / "ntue_curriculum")]
        sys.modules["ntue_curriculum"] = addon
    return importlib.import_module(f"ntue_curriculum.importer.{name}")


FILES = importer("files").FILES

WORDS = (
    "", " ", "0", "3", "-1", "2.5", "1e9", "٣", "３", "NaN", "inf", "是", "否", "必", "抵", "A+",
    "缺考",
    "1141", "0981", "114-1", "114-10-27", "2025-13-40", "9999-99-99", "民國114年1月1日", '="0648"',
    "'0648", "=1+1", "@SUM(A1)", "#N/A", "#REF!", "王小明", "王?明", "\ufffd", "&#20320;", "\u202e",
    "\u200b", "\ue000", "\x00", "\x07", "x" * 300, "25%", "1;2;;3", ";", '"', "a\nb", "a\tb",
    "WANG, TA", "a@b.example", "9" * 400, "１" * 200, "1E+10", "0x10", "1_000", "+3", "--3", "é",
    "𠮷", "臺", "－",
)  # fmt: skip
"""What people, programs and attackers write into cells."""

cells = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
typed = st.one_of(
    cells,
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy) -> tuple[str, list[list[object]]]:
    """The name of a file, and rows of it: mostly with a header, of which some is missing."""
    spec = draw(st.sampled_from(FILES))
    names = [title for column in spec.columns for title in (column.header, *column.aliases)]
    header = draw(st.permutations([column.header for column in spec.columns]))
    header = header[: draw(st.integers(0, len(header)))]
    header += draw(st.lists(st.one_of(st.sampled_from(names), cells), max_size=2))
    above = draw(st.lists(st.lists(cell, max_size=3), max_size=2))
    width = len(header) + draw(st.integers(-1, 1))
    row = st.lists(cell, min_size=max(0, width - 2), max_size=max(0, width) + 1)
    return spec.name, [*above, header, *draw(st.lists(row, max_size=6))]


@st.composite
def broken(draw: st.DrawFn, whole: st.SearchStrategy) -> bytes:
    """A file with some bytes of it lost, doubled or replaced."""
    data = bytearray(draw(whole))
    for _change in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        end = draw(st.integers(place, min(len(data), place + 40)))
        data[place:end] = draw(st.binary(max_size=12))
    return bytes(data)


@st.composite
def csv_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """A CSV file by name, in any encoding and with any separator."""
    name, rows = draw(tables(cells))
    stream = io.StringIO(newline="")
    separator = draw(st.sampled_from(",,,,;\t|"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    writer = csv.writer(stream, delimiter=separator, lineterminator=end)
    writer.writerows(rows)
    text = draw(st.sampled_from(["", "", f"sep={separator}{end}"])) + stream.getvalue()
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp950", "utf-16-be"]))
    return f"{name}.csv", text.encode(encoding, "replace")


def _saved(rows: list[list[object]], sheet: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if isinstance(value, str):
                value = ILLEGAL_CHARACTERS_RE.sub("", value)
            book.active.cell(number, place, value)
    stream = io.BytesIO()
    book.save(stream)
    return zipped({name: part for name, part in _parts(stream.getvalue()) if name != DATED})


DATED = "docProps/core.xml"
"""The part that says when a workbook was saved: the same draw makes the same file at any time."""


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive of these parts, all of one day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@st.composite
def workbooks(draw: st.DrawFn) -> tuple[str, bytes]:
    """A workbook by name, whose parts may have been changed by hand."""
    name, rows = draw(tables(typed))
    data = _saved(rows, draw(st.sampled_from([name, "工作表1"])))
    if draw(st.booleans()):
        data = _rewritten(draw, data)
    return draw(st.sampled_from([f"{name}.xlsx", "all.xlsx"])), data


def _rewritten(draw: st.DrawFn, data: bytes) -> bytes:
    """The archive with one of its parts broken, and zipped again so that it opens."""
    parts = dict(_parts(data))
    hit = draw(st.sampled_from(sorted(parts)))
    return zipped({**parts, hit: draw(broken(st.just(parts[hit])))})


@st.composite
def broken_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """Any of these, damaged on the way; the name keeps its promise no more."""
    name, data = draw(st.one_of(csv_files(), workbooks()))
    ending = draw(st.sampled_from([name, name, f"{name[:-5]}.csv", f"{name[:-4]}.xlsx"]))
    return ending, draw(broken(st.just(data)))


@st.composite
def noise(draw: st.DrawFn) -> tuple[str, bytes]:
    """Bytes of nothing under a good name."""
    spec = draw(st.sampled_from(FILES))
    return f"{spec.name}{draw(st.sampled_from(['.csv', '.xlsx', '.zip']))}", draw(st.binary())


files = st.one_of(csv_files(), csv_files(), workbooks(), broken_files(), noise())


class Nothing:
    """A database with nothing in it."""

    def find(self, _target: str, _keys: object) -> dict[tuple[str, ...], object]:
        return {}


def read(name: str, data: bytes) -> list[object]:
    """What the importer has to say about a file that was uploaded; it never raises."""
    problems = importer("problems")
    report = problems.Report()
    contents = importer("sources").read_uploads([(name, data)], report)
    importer("reading").read_files(FILES, contents, Nothing(), report, leave_out=True)
    return report.problems
