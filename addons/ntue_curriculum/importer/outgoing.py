"""Tables on the way out: CSV that Excel opens as it is, with no cell that it would run."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..labels import plain_number

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""The full-width ones, since Excel in the languages of East Asia takes them for the others."""

MARKED = re.compile(f"'+[{re.escape(''.join(FORMULA_STARTS))}]")
"""How a text begins that ``safe_cell`` has kept from being run."""


def safe_cell(value: object) -> str:
    """A cell's text. Text that a spreadsheet would take for a formula gets a ``'`` (F17).

    Numbers are written in their shortest form and never touched: −3 stays a number.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float, Decimal)):
        return plain_number(value)
    text = str(value)
    # One that has such a mark already gets another, so that reading takes off what this put on.
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


class TableWriter:
    """Writes rows of values to an open text file."""

    def __init__(self, stream: Any, header: Iterable[str]) -> None:
        self._writer = csv.writer(stream)
        self._writer.writerow(header)

    def add(self, row: Iterable[object]) -> None:
        self._writer.writerow(map(safe_cell, row))


def _for_its_owner(path: str, flags: int) -> int:
    """Open a file that only the user who runs the command may read: it has everybody's grades."""
    return os.open(path, flags, mode=0o600)


@contextmanager
def new_table(path: Path, header: Iterable[str]) -> Iterator[TableWriter]:
    """A CSV file in UTF-8 with BOM that appears at ``path`` only once it is whole."""
    is_device = path.exists() and not path.is_file()
    unfinished = path if is_device else path.with_name(f".{path.name}.part")
    try:
        # Path takes no opener.
        with open(
            unfinished, "w", encoding="utf-8-sig", newline="", opener=_for_its_owner
        ) as stream:
            yield TableWriter(stream, header)
    except BaseException:
        if not is_device:
            unfinished.unlink(missing_ok=True)
        raise
    if not is_device:
        unfinished.replace(path)
