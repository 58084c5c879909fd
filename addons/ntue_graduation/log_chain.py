"""The chain that holds the log of applications together, and what breaks in it when tampered with.

Pure: no database, no clock. Every entry has a number, one more than the entry before, and a
hash over its content, its number and the hash of the entry before. Beside the entries stand
the marks: number and hash of every entry once more, in a second place.

What the chain can tell, and what it cannot: whoever changes, removes, moves or adds an entry
breaks it, unless they compute every later hash again and change the marks as well. Who may do
all of that (a superuser of the database with this file) is found out only by a head that was
noted outside of the database: see ``check``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

VERSION = "ntue1"
"""How a hash is made; stands before every hash, so that a later way may follow."""

BEGINNING = ""
"""What the first entry has for the hash of the one before."""

SEARCHED = 500
"""So many broken entries are compared with each other; beyond, they are just altered."""


class Content(NamedTuple):
    """What an entry says; nothing is ``None``. A snapshot is represented by its hash."""

    application: int
    action: str
    user: int
    happened_at: str
    position_from: str
    position_to: str
    reason: str
    snapshot_hash: str


class Entry(NamedTuple):
    """An entry as it is stored."""

    number: int
    content: Content
    previous: str
    hash: str


class Kind(StrEnum):
    """What is wrong with an entry."""

    ALTERED = "altered"
    """It says something else than what was hashed."""
    MOVED = "moved"
    """It stands at another place than where it was written: ``other`` is the right one."""
    REMOVED = "removed"
    """It is gone: ``other`` is the last one of a row of them."""
    INSERTED = "inserted"
    """It was not written by the product: nothing in the second place knows of it."""
    UNLINKED = "unlinked"
    """It does not follow the entry before it."""
    MARKED = "marked"
    """The second place says otherwise."""
    REPLACED = "replaced"
    """The second place knows this number more than once: entries were removed and others added."""
    NOT_AS_NOTED = "not as noted"
    """A head noted outside of the database is not in it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with entry ``number``."""

    number: int
    kind: Kind
    other: int = 0


def digest(number: int, content: Content, previous: str) -> str:
    """The hash of an entry: SHA-256 over canonical JSON, with the version before it."""
    text = json.dumps(
        [VERSION, number, previous, *content], ensure_ascii=False, separators=(",", ":")
    )
    return f"{VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"


def check(
    entries: Iterable[Entry],
    marks: Iterable[tuple[int, str]],
    noted: Mapping[int, str] | None = None,
) -> list[Finding]:
    """What is wrong with ``entries`` (in the order of their numbers), by number.

    ``noted``: hashes by number that somebody wrote down elsewhere at an earlier check.
    """
    places: dict[int, list[str]] = {}
    for number, known in marks:
        places.setdefault(number, []).append(known)
    stored = list(entries)
    findings = [
        *_broken(stored, places),
        *_gaps([entry.number for entry in stored], max(places, default=0)),
        *_links(stored),
        *_marks(stored, places),
    ]
    hashes = {entry.number: entry.hash for entry in stored}
    findings += [
        Finding(number, Kind.NOT_AS_NOTED)
        for number, known in (noted or {}).items()
        if hashes.get(number) != known
    ]
    return sorted(findings, key=lambda finding: (finding.number, finding.kind))


def _is_whole(entry: Entry) -> bool:
    return digest(entry.number, entry.content, entry.previous) == entry.hash


def _broken(stored: list[Entry], places: dict[int, list[str]]) -> Iterator[Finding]:
    broken = [entry for entry in stored if not _is_whole(entry)]
    for entry in broken:
        place = _right_place(entry, broken[:SEARCHED], places)
        if place:
            yield Finding(entry.number, Kind.MOVED, place)
        else:
            yield Finding(entry.number, Kind.ALTERED)


def _right_place(entry: Entry, broken: list[Entry], places: dict[int, list[str]]) -> int:
    """The number under which a broken entry was written, 0 when under none."""
    numbers = {other.number for other in broken} - {entry.number}
    for number in sorted(numbers):
        for known in places.get(number, ()):
            for before in places.get(number - 1, (BEGINNING,)):
                if digest(number, entry.content, before) == known:
                    return number
    return 0


def _gaps(numbers: list[int], last: int) -> Iterator[Finding]:
    """Runs of numbers that are not there, up to the last that was ever given."""
    expected = 1
    for number in [*numbers, last + 1]:
        if number > expected:
            yield Finding(expected, Kind.REMOVED, number - 1)
        expected = max(expected, number + 1)


def _links(stored: list[Entry]) -> Iterator[Finding]:
    before = None
    for entry in stored:
        neighbour = before is not None and before.number == entry.number - 1
        expected = before.hash if before and neighbour else BEGINNING
        if (neighbour or entry.number == 1) and entry.previous != expected:
            yield Finding(entry.number, Kind.UNLINKED)
        before = entry


def _marks(stored: list[Entry], places: dict[int, list[str]]) -> Iterator[Finding]:
    for entry in stored:
        known = places.get(entry.number, [])
        if not known:
            yield Finding(entry.number, Kind.INSERTED)
        elif len(known) > 1:
            yield Finding(entry.number, Kind.REPLACED)
        elif known != [entry.hash] and _is_whole(entry):
            yield Finding(entry.number, Kind.MARKED)
