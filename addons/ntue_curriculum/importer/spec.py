"""How a file is declared: its columns, its key, and what its cells refer to."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any

from .columns import Column
from .problems import Message

Row = Any
"""A row of a file: a named tuple of the file's own columns (``FileSpec.row_type``)."""

Key = tuple[Any, ...]
"""The values of the columns that tell one row of a file from another."""


@dataclass(frozen=True)
class Reference:
    """Own ``columns`` that together are a key of ``target``; reported at the last of them.

    Empty ones refer to nothing.
    """

    target: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class FileSpec:
    """One file by name; ``title``: what people call it.

    ``key``: columns that tell its rows apart (F6). ``needed``: columns that the header
    must name; by default the key and what every row must fill (F11). ``provides``: what
    other files may refer to, and the columns that are its key. ``unknown``: the sentence
    about a reference to this file that leads nowhere. ``rules``: further checks of the
    whole file, each called as ``rule(context, table)``. ``apart``: what besides the key tells
    its rows apart, of a row.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    provides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Message | None = None
    rules: tuple[Callable[[Any, Any], None], ...] = ()
    needed: tuple[str, ...] = ()
    title: Message | None = None
    apart: Callable[[Row], Key] | None = None

    @cached_property
    def row_type(self) -> Callable[..., Row]:
        """The type of its rows: the number in the file, then the columns by name."""
        return namedtuple(f"{self.name}_row", ["number", *(column.name for column in self.columns)])

    @cached_property
    def key_of(self) -> Callable[[Row], Key]:
        """What tells a row from others, of a row."""
        if len(self.key) == 1:
            value = attrgetter(self.key[0])
            return lambda row: (value(row),)
        return attrgetter(*self.key)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def header(self, name: str) -> str:
        return self.by_name[name].header

    def is_needed(self, column: Column) -> bool:
        return column.required or column.name in (self.needed or self.key)
