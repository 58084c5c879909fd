"""The chains that hold records together which are only added to, and what breaks in them.

Pure: no database, no clock. Every entry has a number, one more than the entry before, and a
hash over its content, its number and the hash of the entry before. Beside the entries stand
the marks: number and hash of every entry once more, in a second place.

What a chain can tell, and what it cannot: somebody who changes, removes, moves or adds an entry
breaks it, unless they compute every later hash again and change the marks as well. With a key
that is kept outside of the database nobody can do that who does not have the key. Entries that
were cut off at the end, marks and all, are found out by a head that was noted outside of the
database: see ``check``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

FIRST = "ntue1"
"""How a hash was made before entries named their actor; such entries are still read."""

SECOND = "ntue2"
"""How a hash was made over the texts themselves, in the register without the entry's import;
written before the hash, with the key's name."""

VERSION = "ntue3"
"""How a hash is made: over commitments to the texts that name people (``log_commitment``)."""

VERSIONS = (FIRST, SECOND, VERSION)

BEGINNING = ""
"""What the first entry has for the hash of the one before."""

NOTHING = (0, BEGINNING)
"""What a log goes on from that is the first one."""

SEARCHED = 500
"""So many broken entries are compared with each other; beyond, they are just altered."""

Keys = Mapping[str, bytes]
"""Keys by name (``key_name``)."""


class Content(NamedTuple):
    """What an entry of the log says; nothing is ``None``. A snapshot is given by its hash."""

    application: int
    action: str
    user: int
    happened_at: str
    position_from: str
    position_to: str
    reason: str
    snapshot_hash: str
    actor: str = ""


class RegisterContent(NamedTuple):
    """What an entry of the register says; nothing is ``None``."""

    model: str
    record: int
    student: int
    action: str
    user: int
    happened_at: str
    label: str
    changes: str
    reason: str
    actor: str
    origin: int = 0
    """The import that made the change; 0 for a person's."""


class Entry(NamedTuple):
    """An entry as it is stored."""

    number: int
    content: Content | RegisterContent
    previous: str
    hash: str
    commitments: Mapping[str, str] | None = None
    """What was committed to, by field; None in an entry of before."""
    is_opened: bool = True
    """Whether the texts are those that were committed to, or were taken out with their salts."""
    rest: tuple[str, str] | None = None
    """Of an entry of before whose texts were taken out: a hash of what has to be left, and of
    what is."""


class FaultKind(StrEnum):
    """What is wrong with an entry."""

    ALTERED = "altered"
    """It says something else than what was hashed."""
    MOVED = "moved"
    """It is at another place than where it was written: ``other`` is the right one."""
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
    BACKDATED = "backdated"
    """It is said to have happened before the entry before it."""
    UNSEALED = "unsealed"
    """It is of an older making than entries before it, without an actor, commitments or a key; or
    it is the last one and has no seal although there is a key."""
    NOT_VERIFIED = "not verified"
    """It and others, ``other`` in all, are sealed with a key that is not known here."""
    NOT_AS_NOTED = "not as noted"
    """A head noted outside of the database is not in it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with entry ``number``."""

    number: int
    kind: FaultKind
    other: int = 0


def key_name(key: bytes) -> str:
    """By which a hash names its key, without telling anything of it."""
    return hashlib.sha256(b"ntue:" + key).hexdigest()[:8]


def digest(
    number: int,
    content: Content | RegisterContent,
    previous: str,
    key: bytes = b"",
    commitments: Mapping[str, str] | None = None,
) -> str:
    """The hash of an entry over canonical JSON: HMAC-SHA-256 with ``key``, SHA-256 without.

    An entry without ``commitments`` was written by an earlier version. One of the log that names no
    actor, either, was written by the first version, which knew no key.
    """
    values: tuple[object, ...] = tuple(content)
    if commitments is not None:
        version = VERSION
        said: dict[str, object] = content._asdict()
        values = tuple({**said, **commitments}[name] for name in content._fields)
    elif isinstance(content, Content) and not content.actor:
        version, values, key = FIRST, tuple(content[:-1]), b""
    else:
        # The register did not say of which import an entry is.
        version, values = SECOND, values[:-1] if isinstance(content, RegisterContent) else values
    named = f"{version}-{key_name(key)}" if key else version
    parts = [named, number, previous, *values]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    made = hmac.new(key, text, hashlib.sha256) if key else hashlib.sha256(text)
    return f"{named}:{made.hexdigest()}"


def seal(known: str) -> str:
    """The name of the key that a hash was made with; empty when it was made without."""
    return known.split(":", 1)[0].partition("-")[2]


def _version(known: str) -> int:
    """The place of a hash's making among all there were; an unknown one is none of before."""
    name = known.split(":", 1)[0].partition("-")[0]
    return VERSIONS.index(name) if name in VERSIONS else 1


def _matches(known: str, number: int, entry: Entry, previous: str, keys: Keys) -> bool:
    """Whether ``known`` is the hash of what ``entry`` says; also when its key is not known."""
    name = seal(known)
    if not entry.is_opened:
        return False
    if entry.rest is not None:
        expected, found = entry.rest
        return number == entry.number and known == entry.hash and expected == found
    if name and name not in keys:
        return number == entry.number and known == entry.hash
    key = keys[name] if name else b""
    return known == digest(number, entry.content, previous, key, entry.commitments)


def check(
    entries: Iterable[Entry],
    marks: Iterable[tuple[int, str]],
    noted: Mapping[int, str] | None = None,
    keys: Keys | None = None,
    after: tuple[int, str] = NOTHING,
) -> list[Fault]:
    """What is wrong with ``entries`` (in the order of their numbers), by number.

    ``noted``: hashes by number that somebody wrote down elsewhere at an earlier check.
    ``after``: number and hash with which an earlier log ended that this one goes on from.
    """
    keys = keys or {}
    places: dict[int, list[str]] = {}
    for number, known in marks:
        if number > after[0]:
            places.setdefault(number, []).append(known)
    stored = list(entries)
    findings = [
        *_broken(stored, places, keys),
        *_gaps([entry.number for entry in stored], max(places, default=after[0]), after[0] + 1),
        *_links(stored, after),
        *_marks(stored, places, keys),
        *_moments([entry for entry in stored if is_whole(entry, keys)]),
        *_seals(stored, keys),
    ]
    hashes = {after[0]: after[1], **{entry.number: entry.hash for entry in stored}}
    findings += [
        Fault(number, FaultKind.NOT_AS_NOTED)
        for number, known in (noted or {}).items()
        if hashes.get(number) != known
    ]
    return sorted(findings, key=lambda finding: (finding.number, finding.kind))


def is_whole(entry: Entry, keys: Keys) -> bool:
    """Whether an entry says what was hashed, or what was left of it by an erasure."""
    return _matches(entry.hash, entry.number, entry, entry.previous, keys)


def _broken(stored: list[Entry], places: dict[int, list[str]], keys: Keys) -> Iterator[Fault]:
    broken = [entry for entry in stored if not is_whole(entry, keys)]
    for entry in broken:
        place = _right_place(entry, broken[:SEARCHED], places, keys)
        if place:
            yield Fault(entry.number, FaultKind.MOVED, place)
        else:
            yield Fault(entry.number, FaultKind.ALTERED)


def _right_place(
    entry: Entry, broken: list[Entry], places: dict[int, list[str]], keys: Keys
) -> int:
    """The number under which a broken entry was written, 0 when under none."""
    numbers = {other.number for other in broken} - {entry.number}
    for number in sorted(numbers):
        for known in places.get(number, ()):
            for before in places.get(number - 1, (BEGINNING,)):
                if _matches(known, number, entry, before, keys):
                    return number
    return 0


def _gaps(numbers: list[int], last: int, expected: int) -> Iterator[Fault]:
    """Runs of numbers from ``expected`` on that are not there, up to the last that was given."""
    for number in [*numbers, last + 1]:
        if number > expected:
            yield Fault(expected, FaultKind.REMOVED, number - 1)
        expected = max(expected, number + 1)


def _links(stored: list[Entry], after: tuple[int, str]) -> Iterator[Fault]:
    number, known = after
    for entry in stored:
        if entry.number == number + 1 and entry.previous != known:
            yield Fault(entry.number, FaultKind.UNLINKED)
        number, known = entry.number, entry.hash


def _marks(stored: list[Entry], places: dict[int, list[str]], keys: Keys) -> Iterator[Fault]:
    for entry in stored:
        known = places.get(entry.number, [])
        if not known:
            yield Fault(entry.number, FaultKind.INSERTED)
        elif len(known) > 1:
            yield Fault(entry.number, FaultKind.REPLACED)
        elif known != [entry.hash] and is_whole(entry, keys):
            yield Fault(entry.number, FaultKind.MARKED)


def _moments(stored: list[Entry]) -> Iterator[Fault]:
    """Entries said to have happened before the one before; the first version knew no such rule."""
    latest = ""
    for entry in stored:
        moment = entry.content.happened_at
        if moment < latest and not entry.hash.startswith(f"{FIRST}:"):
            yield Fault(entry.number, FaultKind.BACKDATED)
        latest = max(latest, moment)


def _seals(stored: list[Entry], keys: Keys) -> Iterator[Fault]:
    """Entries of an older making than those before them, and how many nobody can verify."""
    made, making, latest, unknown = 0, 0, 0, []
    for entry in stored:
        name, version = seal(entry.hash), _version(entry.hash)
        making = 2 if name else min(version, 1)
        if making < made or version < latest:
            yield Fault(entry.number, FaultKind.UNSEALED)
        made, latest = max(made, making), max(latest, version)
        if name and name not in keys:
            unknown.append(entry.number)
    if keys and stored and not seal(stored[-1].hash) and making == made:
        yield Fault(stored[-1].number, FaultKind.UNSEALED)
    if unknown:
        yield Fault(unknown[0], FaultKind.NOT_VERIFIED, len(unknown))
