"""A school's own headers: which column each stands for, as somebody has confirmed it by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from typing import NamedTuple

from .cells import UnreadableError
from .headers import TITLE_ROWS, header_place, names_of, titles_of
from .problems import Message, Report, _
from .sources import OURS, sort_files
from .spec import FileSpec
from .tables import read_cells

Titles = Mapping[tuple[str, str], str]
"""Column by table and header, the header case folded."""


class Mapped(NamedTuple):
    """A mapping by its name, with the headers that were confirmed."""

    name: str
    titles: Titles


class Header(NamedTuple):
    """The row of a file that is most like a header."""

    table: str
    file: str
    number: int
    titles: tuple[str, ...]


def with_titles(specs: Iterable[FileSpec], titles: Titles) -> tuple[FileSpec, ...]:
    """The declared files, whose columns are known by these headers as well."""
    return tuple(_with_titles(spec, titles) for spec in specs)


def _with_titles(spec: FileSpec, titles: Titles) -> FileSpec:
    mine = {title: name for (table, title), name in titles.items() if table == spec.name}
    if not mine:
        return spec
    columns = tuple(
        replace(
            column,
            aliases=(
                *column.aliases,
                *(title for title, name in mine.items() if name == column.name),
            ),
        )
        for column in spec.columns
    )
    return replace(spec, columns=columns)


def headers_in(
    specs: Iterable[FileSpec], contents: Mapping[str, bytes], titles: Titles
) -> Iterator[Header]:
    """The header of each table in ``contents``, as far as one can be read."""
    known = {spec.name: spec for spec in specs}
    for table, source in sort_files(contents, known, Report()).items():
        mine = {title for name, title in titles if name == table}
        cells = read_cells(source.file, contents[source.file], source.sheet or table)
        try:
            top = list(islice(cells, TITLE_ROWS))
        except UnreadableError:
            continue
        if top:
            header = top[header_place(names_of(known[table]).keys() | mine, top) or 0]
            found = tuple(filter(None, titles_of(header)))
            yield Header(table, source.name, header.number, found)


def note_titles(
    specs: Iterable[FileSpec], contents: Mapping[str, bytes], mapped: Mapped, report: Report
) -> None:
    """Say of every header that a mapping stands for which column it was taken for."""
    specs = tuple(specs)
    known = {spec.name: spec for spec in specs}
    for header in headers_in(specs, contents, mapped.titles):
        for title in header.titles:
            if name := mapped.titles.get((header.table, title.casefold())):
                column = known[header.table].header(name)
                report.mapped.append((header.table, title.casefold(), name))
                message = _said(title, column, mapped.name)
                report.note(header.file, message, header.number, title)


def _said(title: str, column: str, mapping: str) -> Message:
    return _(
        "“%(title)s” is read as %(column)s, as the mapping “%(mapping)s” says.",
        title=title,
        column=column,
        mapping=mapping,
    )


def unknown_titles(
    specs: Iterable[FileSpec], contents: Mapping[str, bytes], titles: Titles
) -> Iterator[tuple[str, str, str]]:
    """Table, header and suggested column (or nothing) of every header that is not known."""
    specs = tuple(specs)
    known = {spec.name: spec for spec in specs}
    for header in headers_in(specs, contents, titles):
        spec = known[header.table]
        names = names_of(spec)
        here = {title.casefold() for title in header.titles}
        free = {
            title: column.name
            for column in spec.columns
            if not here & {column.header.casefold(), *map(str.casefold, column.aliases)}
            for title in (column.header.casefold(), *map(str.casefold, column.aliases))
        }
        for title in header.titles:
            folded = title.casefold()
            if folded in names or (header.table, folded) in titles:
                continue
            if title.startswith(OURS.strip()):
                continue
            yield header.table, title, suggested(folded, free)


def suggested(title: str, free: Mapping[str, str]) -> str:
    """The column whose name is most like ``title``, or nothing; to be confirmed by a person."""
    near = get_close_matches(title, free, n=1, cutoff=0.5)
    if near:
        return free[near[0]]
    parts = sorted((name for name in free if name in title or title in name), key=len)
    return free[parts[-1]] if parts else ""
