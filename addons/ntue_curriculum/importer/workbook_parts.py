"""The parts of an XLSX archive, looked through before its reader builds anything from them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple
from xml.etree import ElementTree

from .cells import MAX_COLUMNS, MAX_ROWS, UnreadableError, too_many_rows
from .problems import _

MAX_UNPACKED = 400 * 1024 * 1024
"""Bytes that a workbook may unpack to: far above any real one, below a bomb."""

MAX_CELLS = 30_000_000
MAX_STRINGS = 3_000_000
"""Cells of a workbook, and different texts in it, which its reader keeps all at once."""

MAX_LIST = 1024 * 1024
"""Bytes of the list of a workbook's sheets."""

MAX_COVERED = 200_000
"""Merges of a sheet and cells that they cover, counted together."""

_CHUNK = 1024 * 1024
_TAG = rb"<(?:[^\s<>/:]+:)?"  # with whatever prefix
_ROW = re.compile(_TAG + rb"row\s[^<>]*?\br=[\"'](\d+)")
_HIDDEN_ROW = re.compile(_TAG + rb"row\s(?=[^<>]*?\bhidden=[\"'](?:1|true))[^<>]*?\br=[\"'](\d+)")
_CELL = re.compile(_TAG + rb"c[\s>/]")
_STRING = re.compile(_TAG + rb"si[\s>/]")
_FORMULA = re.compile(_TAG + rb"f[\s>/]")
_MERGE = re.compile(_TAG + rb"mergeCell\s[^<>]*?\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)")

_SHEETS = "xl/workbook.xml"
_TARGETS = "xl/_rels/workbook.xml.rels"


class Part(NamedTuple):
    """A sheet of the workbook: its name, its file in the archive, and whether it is hidden."""

    name: str
    path: str
    is_hidden: bool


@dataclass
class SheetMarks:
    """What a sheet has besides values. ``covered``: columns from 1 by row that a merge covers."""

    has_formulas: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    covered: dict[int, set[int]] = field(default_factory=dict)


def refuse_what_harms(archive: zipfile.ZipFile) -> None:
    """UnreadableError for macros, links to other files, and what its reader would make much of.

    The parts are looked through unpacked piece by piece, and nothing of them is kept.
    """
    names = [part.filename.lower() for part in archive.infolist()]
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableError(
            _("The workbook holds macros and was not opened. Save it as a plain .xlsx.")
        )
    if any("/externallinks/" in name for name in names):
        raise UnreadableError(
            _(
                "The workbook refers to other files, whose values nobody here can see. Replace "
                "the formulas by their values, then save it again."
            )
        )
    if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
        raise _absurd()
    _refuse_growth(archive)


def parts_of(archive: zipfile.ZipFile) -> list[Part]:
    """The sheets of a workbook in their order, those that can hold rows."""
    targets = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in _xml(archive, _TARGETS)
        if (relation.get("Type") or "").endswith("/worksheet")
    }
    found = []
    for element in _xml(archive, _SHEETS).iter():
        relation = [value for key, value in element.items() if key.endswith("}id")]
        if element.tag.endswith("}sheet") and relation and relation[0] in targets:
            path = posixpath.normpath(posixpath.join("/xl", targets[relation[0]])).lstrip("/")
            is_hidden = element.get("state") in ("hidden", "veryHidden")
            found.append(Part(element.get("name") or "", path, is_hidden))
    return found


def marks_of(archive: zipfile.ZipFile, part: Part) -> SheetMarks:
    """What is to be known of a sheet before its values are believed."""
    marks = SheetMarks()
    looked_at = 0
    for piece in _pieces(archive, archive.getinfo(part.path)):
        marks.has_formulas = marks.has_formulas or bool(_FORMULA.search(piece))
        marks.hidden_rows.update(map(int, _HIDDEN_ROW.findall(piece)))
        for ref in _MERGE.findall(piece):
            for cell in chain([None], _covered_by(ref)):  # a merge counts even if none is read
                looked_at += 1
                if cell:
                    marks.covered.setdefault(cell[0], set()).add(cell[1])
                if looked_at > MAX_COVERED:
                    raise UnreadableError(
                        _("The sheet has more merged cells than can be looked at. Undo the merges.")
                    )
    return marks


def _covered_by(ref: tuple[bytes, bytes, bytes, bytes]) -> Iterator[tuple[int, int]]:
    """Row and column of every cell of a merge but its first, as far as rows are read."""
    first_column, last_column = _column(ref[0]), min(_column(ref[2]), MAX_COLUMNS)
    first_row, last_row = int(ref[1]), min(int(ref[3]), MAX_ROWS)
    if last_column < first_column:
        return  # to the right of what is read: its rows need not be gone through
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            if (row, column) != (first_row, first_column):
                yield row, column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:3]:
        number = number * 26 + letter - ord("A") + 1
    return number


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """The root of a small part of the archive."""
    part = archive.getinfo(name)
    if part.file_size > MAX_LIST:
        raise _absurd()
    text = archive.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _absurd()
    return ElementTree.fromstring(text)  # noqa: S314  # short, and without entities


def _absurd() -> UnreadableError:
    return UnreadableError(_("The workbook unpacks to an absurd size and was not opened."))


def _refuse_growth(archive: zipfile.ZipFile) -> None:
    """Refuse rows far below, and more cells and different texts than its reader can keep.

    A workbook calls its parts as it likes, so that every one of them is looked through.
    """
    cells = texts = 0
    for part in archive.infolist():
        for piece in _pieces(archive, part):
            cells += len(_CELL.findall(piece))
            texts += len(_STRING.findall(piece))
            if any(len(row) > 7 or int(row) > MAX_ROWS for row in _ROW.findall(piece)):
                raise too_many_rows()
            if cells > MAX_CELLS or texts > MAX_STRINGS:
                raise _absurd()


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of ``part``, in pieces that end where a tag begins.

    Without zero bytes, which leaves UTF-16 readable here and takes nothing from UTF-8.
    """
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            piece = rest + chunk.replace(b"\0", b"")
            end = piece.rfind(b"<")
            if end <= 0 or len(piece) - end > _CHUNK:
                end = len(piece)
            rest = piece[end:]
            yield piece[:end]
    yield rest
