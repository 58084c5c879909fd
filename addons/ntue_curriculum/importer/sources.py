"""Which files there are: from a folder, from a zip, from single uploads. Contents by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .problems import Message, Report, _
from .workbooks import sheet_names

MAX_FILE = 100 * 1024 * 1024
"""Bytes of one file; forty enrolments each of 30,000 students take less."""

MAX_ARCHIVE = 400 * 1024 * 1024
MAX_MEMBERS = 200

ENDINGS = (".csv", ".xlsx")
MISTAKEN_ENDINGS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv", ".txt")
"""Endings that a table may well have, but that are not read."""

EXPLAINING = "填寫說明"
"""The sheet that explains the others, of a template or an export; nothing in it is imported."""

OURS = "✎ "
"""How columns and sheets of findings (``marked``) begin; nothing in them is imported."""

Contents = dict[str, bytes]


class Source(NamedTuple):
    """Where a table is: a file, and the sheet of it when it is a workbook of many."""

    file: str
    sheet: str = ""

    @property
    def name(self) -> str:
        """How problems name it."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file


def read_folder(folder: Path, report: Report) -> Contents:
    """The files of a folder by name; what lies in folders below is left alone."""
    contents: Contents = {}
    for path in sorted(folder.iterdir()):
        if _is_beside_the_point(path.name):
            continue
        if path.is_dir():
            report.warning(path.name, _("A folder inside the folder is not read."))
        elif not path.is_file():
            report.warning(path.name, _("This is no file and is not read."))
        elif path.stat().st_size > MAX_FILE:
            report.error(path.name, _too_large())
        else:
            contents[path.name] = path.read_bytes()
    return contents


def read_uploads(uploads: Iterable[tuple[str, bytes]], report: Report) -> Contents:
    """The files among ``(name, data)``: each a table, or a zip with tables in it."""
    contents: Contents = {}
    room = MAX_ARCHIVE
    for name, data in uploads:
        if name.lower().endswith(".zip"):
            found = read_zip(name, data, report, room)
            room -= sum(map(len, found.values()))
        elif len(data) > MAX_FILE:
            report.error(name, _too_large())
            continue
        else:
            found = {} if _is_beside_the_point(name) else {name: data}
        for inner, inner_data in found.items():
            if inner in contents:
                report.error(inner, _("There are two files of this name. Leave one of them out."))
            contents.setdefault(inner, inner_data)
    return contents


def read_zip(name: str, data: bytes, report: Report, room: int | None = None) -> Contents:
    """The files of an archive by their last name; what could harm is refused.

    ``room``: bytes that it may unpack to, where it is one of several archives.
    """
    room = MAX_ARCHIVE if room is None else room
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if not _is_reasonable(name, members, report, room):
                return {}
            return _members(name, archive, members, report)
    except Exception as error:  # encrypted, unknown, cut off: whatever unpacking meets
        report.error(
            name, _("The zip cannot be opened (%(error)s). Make a plain one.", error=error)
        )
        return {}


def _is_reasonable(name: str, members: list[zipfile.ZipInfo], report: Report, room: int) -> bool:
    if len(members) > MAX_MEMBERS:
        report.error(
            name,
            _(
                "The zip holds %(count)s files; at most %(most)s are read.",
                count=len(members),
                most=MAX_MEMBERS,
            ),
        )
        return False
    if sum(info.file_size for info in members) > room:
        report.error(name, _("The zip unpacks to an absurd size and was not opened."))
        return False
    return True


def _members(
    name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], report: Report
) -> Contents:
    contents: Contents = {}
    for info in members:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            report.error(
                name,
                _(
                    "The zip holds “%(path)s”, which points out of it. Make a plain one.",
                    path=info.filename,
                ),
            )
        elif any(_is_beside_the_point(part) for part in path.parts):
            continue
        elif info.file_size > MAX_FILE:
            report.error(path.name, _too_large())
        elif path.name in contents:
            report.error(path.name, _("There are two files of this name. Leave one of them out."))
        else:
            contents[path.name] = archive.read(info)
    return contents


def sort_files(
    contents: Mapping[str, bytes], known: Iterable[str], report: Report
) -> dict[str, Source]:
    """Which table is where: ``{"students": Source("students.csv")}`` for the ``known`` names.

    A workbook of another name may have a sheet for each table. An unknown file is a warning; a
    known one twice, or of a kind that cannot be read, is an error (docs/readings.md F11).
    """
    known = set(known)
    found: dict[str, Source] = {}
    for name in sorted(contents):
        stem, ending = PurePosixPath(name).stem.lower(), PurePosixPath(name).suffix.lower()
        sheets = sheet_names(contents[name]) if ending == ".xlsx" else []
        tables = {sheet.strip().lower(): sheet for sheet in sheets}
        if stem in known and ending in MISTAKEN_ENDINGS:
            report.error(
                name,
                _(
                    "A file with the ending %(ending)s is not read. "
                    "Save it as .xlsx or as “CSV UTF-8”.",
                    ending=ending,
                ),
            )
        elif stem in known and ending in ENDINGS:
            _warn_of_other_sheets(name, stem, sheets, report)
            _take(found, stem, Source(name), report)
        elif known.isdisjoint(tables):
            report.warning(name, _("No file of this name is expected, so it is not read."))
        else:
            for table, sheet in tables.items():
                if table == EXPLAINING or table.startswith(OURS.strip()):
                    continue
                if table in known:
                    _take(found, table, Source(name, sheet), report)
                else:
                    message = _("No sheet of this name is expected, so it is not read.")
                    report.warning(Source(name, sheet).name, message)
    return found


def _take(found: dict[str, Source], table: str, source: Source, report: Report) -> None:
    """Read ``table`` from ``source``, unless there is another one for it."""
    if other := found.get(table):
        message = _("There is also %(other)s. Leave one of the two out.", other=other.name)
        report.error(source.name, message)
    found.setdefault(table, source)


def _warn_of_other_sheets(name: str, table: str, sheets: list[str], report: Report) -> None:
    sheets = [sheet for sheet in sheets if sheet.strip() != EXPLAINING]
    if len(sheets) > 1:
        named = [sheet for sheet in sheets if sheet.strip().lower() == table]
        message = _(
            "The workbook has %(count)s sheets. Only “%(read)s” is read.",
            count=len(sheets),
            read=next(iter([*named, *sheets])),
        )
        report.warning(name, message)


def _is_beside_the_point(name: str) -> bool:
    """Hidden files, a spreadsheet's lock files, and the README of a folder."""
    return (
        name.startswith((".", "~$", "__MACOSX"))
        or name.lower() in ("thumbs.db", "desktop.ini")
        or PurePosixPath(name).stem.lower().startswith("readme")
    )


def _too_large() -> Message:
    return _("The file is larger than %(most)s MB and was not read.", most=MAX_FILE // 1024**2)
