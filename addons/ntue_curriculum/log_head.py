"""The head of a log as text: what is noted outside of the database and compared later.

Pure: knows nothing of Odoo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

HEAD = re.compile(r"\b(ntue_\w+) (\d+)/(ntue\d\S*:[0-9a-f]{64})")


class Head(NamedTuple):
    """How far a log has come: the number and the hash of its last entry."""

    number: int
    hash: str


def write_head(table: str, number: int, known: str) -> str:
    """The line that is noted of one log."""
    return f"{table} {number}/{known}"


def parse_head(text: str) -> Head:
    """Number and hash of ``NUMBER/HASH``; ValueError when it is something else."""
    number, slash, known = text.strip().partition("/")
    if not slash or not known:
        raise ValueError(text)
    return Head(int(number), known)


def read_heads(lines: Iterable[str]) -> dict[str, dict[int, str]]:
    """Hashes by number by table, of a file of heads or of mails with heads; all else is skipped.

    Where one number is noted with several hashes the first one counts: later ones may be
    those of a log that was made anew.
    """
    found: dict[str, dict[int, str]] = {}
    for line in lines:
        for table, number, known in HEAD.findall(line):
            found.setdefault(table, {}).setdefault(int(number), known)
    return found
