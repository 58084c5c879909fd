"""Rows by the hundred thousand in little memory: packed by columns, in a file without a name.

A row is a tuple of its own only while somebody looks at it. What is asked of a whole column is
answered from its different values, of which most columns have few.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple

from .spec import Key, Row

BLOCK = 4096
"""Rows that are packed together."""

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of packed rows from which on they go to a file, which ends with its rows."""

_ONE_BYTE = 256

Numbers = Sequence[int]


class Packed(NamedTuple):
    """The cells of one column: its different values, and which of them each cell has.

    ``codes``: None where all cells have the one value.
    """

    values: list[Any]
    codes: Sequence[int] | None

    @classmethod
    def by(cls, kinds: Collection[Any], values: list[Any], cells: Iterable[Any]) -> Packed:
        """``values``: of ``kinds``, in their order; ``cells``: the kind of each cell."""
        if len(values) == 1:
            return cls(values, None)
        codes = map(dict(zip(kinds, range(len(values)), strict=True)).__getitem__, cells)
        return cls(values, bytes(codes) if len(values) <= _ONE_BYTE else array("H", codes))

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Packed:
        """Cells told apart as objects: 3 and 3.0 are equal, and stay as they were written."""
        marks = list(map(id, cells))
        kinds = dict(zip(marks, cells, strict=True))
        return cls.by(kinds, list(kinds.values()), marks)

    def cells(self, count: int) -> Iterable[Any]:
        """The ``count`` cells."""
        if self.codes is None:
            return repeat(self.values[0], count)
        return map(self.values.__getitem__, self.codes)


class Block:
    """Rows that are packed together; ``numbers``: those of the file."""

    def __init__(self, row_type: Any, numbers: Numbers, columns: Sequence[Packed]) -> None:
        self._row_type = row_type
        self._columns = columns
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def _column(self, name: str) -> Packed:
        place: int = self._row_type._fields.index(name) - 1
        return self._columns[place]

    def values(self, name: str) -> list[Any]:
        """The values of a column; one that comes again may be named again."""
        return self._column(name).values

    def cells(self, name: str) -> Iterable[Any]:
        """The cells of a column, a row after the other."""
        return self._column(name).cells(len(self))

    def keys(self, names: Sequence[str]) -> Iterable[Key]:
        """The values of these columns together; of one column each value once at least."""
        if len(names) == 1:
            return zip(self.values(names[0]), strict=True)
        return zip(*map(self.cells, names), strict=True)

    def combinations(self, names: Sequence[str]) -> Iterable[Key]:
        """The different values that these columns have together."""
        columns = [self._column(name) for name in names]
        codes = (column.codes or bytes(len(self)) for column in columns)
        values = [column.values for column in columns]
        for places in set(zip(*codes, strict=True)):
            yield tuple(one[place] for one, place in zip(values, places, strict=True))

    def rows(self) -> Iterator[Row]:
        """Its rows."""
        columns = (column.cells(len(self)) for column in self._columns)
        return map(partial(tuple.__new__, self._row_type), zip(self.numbers, *columns, strict=True))


class Rows:
    """The rows of a table in the order in which they were added."""

    def __init__(self, row_type: Any, spool: IO[bytes] | None = None) -> None:
        self._row_type = row_type
        self._spool: IO[bytes] = spool or SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - of the rows
        self._places: list[tuple[int, int]] = []
        self._open: list[Row] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        for block in self.blocks():
            yield from block.rows()

    def append(self, row: Row) -> None:
        """Add a row."""
        self._open.append(row)
        self._count += 1
        if len(self._open) >= BLOCK:
            self.pack()

    def extend(self, numbers: Numbers, columns: Sequence[Packed]) -> None:
        """Add the rows of these numbers, at most ``BLOCK``, by their columns."""
        self.pack()
        self._write(numbers, columns)
        self._count += len(numbers)

    def pack(self) -> None:
        """Put away the rows that were added one by one."""
        if self._open:
            numbers, *columns = zip(*self._open, strict=True)
            self._open = []
            self._write(array("L", numbers), [Packed.of(column) for column in columns])

    def _write(self, numbers: Numbers, columns: Sequence[Packed]) -> None:
        data = pickle.dumps((numbers, [tuple(column) for column in columns]), -1)
        self._spool.seek(0, SEEK_END)
        self._places.append((self._spool.tell(), len(data)))
        self._spool.write(data)

    def blocks(self) -> Iterator[Block]:
        """The rows, packed together as they are read."""
        self.pack()
        for place, size in self._places:
            self._spool.seek(place)
            numbers, columns = pickle.loads(self._spool.read(size))  # noqa: S301 - written above
            yield Block(self._row_type, numbers, [Packed(*column) for column in columns])

    def distinct(self, name: str) -> set[Any]:
        """The different values of a column."""
        return {value for block in self.blocks() for value in block.values(name)}

    def rewrite(
        self, change: Callable[[Row], Row | None], concerned: Callable[[Block], bool]
    ) -> None:
        """Put in the place of each row what ``change`` makes of it; None takes it away.

        Blocks that are not ``concerned`` stay as they are.
        """
        if not any(map(concerned, self.blocks())):
            return
        fresh = Rows(self._row_type)
        for block in self.blocks():
            if not concerned(block):
                fresh.extend(block.numbers, block._columns)
                continue
            for row in block.rows():
                changed = change(row)
                if changed is not None:
                    fresh.append(changed)
        fresh.pack()
        self._spool, self._places, self._count = fresh._spool, fresh._places, fresh._count
