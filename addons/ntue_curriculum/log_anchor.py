"""Anchors of the logs: their heads, signed with a key that no database holds.

Pure: no database, no clock, no file. An anchor says when, which database it is of, what for, and
the head of every log. It has a number and the fingerprint of the anchor before, so that none can
be left out, and a signature by Ed25519. Whoever has the database, even the server's superuser of
PostgreSQL, can make no anchor; a log that was rewritten, cut or restored from an earlier backup
does not agree with those that were made.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

PURPOSE = b"ntue-anchor-1\n"
"""Goes before what is signed: the same key signs nothing else that could be taken for it."""

RESTORED = "restored: "
"""What an anchor is for with which the operator says, with a reason, that a backup was restored."""

BEGINNING = ""
"""The fingerprint before the first anchor."""

WRITTEN = re.compile(r'\{"at":.*?"signature":"[A-Za-z0-9+/=]+"(?:,"timestamp":"[^"]*")?\}')
HEAD = re.compile(r"\d{1,9}/\S+")
PEM = re.compile(r"-----BEGIN [A-Z ]+-----.*?-----END [A-Z ]+-----", re.DOTALL)


class AnchorKeyError(ValueError):
    """A file that holds no key of Ed25519, in one sentence."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One anchor as it is kept: a line of JSON."""

    at: str
    database: str
    purposes: tuple[str, ...]
    heads: Mapping[str, str]
    """``NUMBER/HASH`` by the table of each log that had entries."""
    number: int
    previous: str
    key: str
    signature: str = ""
    timestamp: str = ""
    """Of an authority on the signature, base64 of what RFC 3161 calls a response; or empty."""

    def signed(self) -> bytes:
        """What the signature is over."""
        values = {**asdict(self), "heads": dict(self.heads), "purposes": list(self.purposes)}
        del values["signature"], values["timestamp"]
        return PURPOSE + _json(values).encode()

    def fingerprint(self) -> str:
        """By which the next anchor names this one."""
        return hashlib.sha256(self.signed() + base64.b64decode(self.signature)).hexdigest()

    def line(self) -> str:
        """The anchor as it is kept."""
        values = {**asdict(self), "heads": dict(self.heads), "purposes": list(self.purposes)}
        stamp = {"signature": values.pop("signature"), "timestamp": values.pop("timestamp")}
        return _json({**values, **{name: text for name, text in stamp.items() if text}})


@dataclass(frozen=True, slots=True)
class AnchorKeys:
    """The key that signs, if there is one here, and all those that are known by their name."""

    signing: Ed25519PrivateKey | None
    known: Mapping[str, Ed25519PublicKey]


class Finding(StrEnum):
    """What the anchors tell."""

    FORGED = "forged"
    """The signature of an anchor is not one of its key."""
    UNKNOWN_KEY = "unknown key"
    """An anchor is signed with a key that is not known here."""
    LEFT_OUT = "left out"
    """Anchors before this one are missing."""
    TRUNCATED = "truncated"
    """A log ends before the head that was anchored."""
    RESTORED = "restored"
    """Every log that grew since an earlier anchor ends before: the database is an older one."""
    REWRITTEN = "rewritten"
    """An entry is not the one that was anchored."""
    SET_ASIDE = "set aside"
    """A later anchor says that a backup was restored, and why: no fault."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the anchors tell. ``anchor``: the one that tells it."""

    finding: Finding
    anchor: Anchor
    table: str = ""
    number: int = 0
    """Of the entry that was anchored, or of the anchor that is expected."""
    last: int = 0
    """The number of the last entry that is there."""
    agreed: Anchor | None = None
    """The last anchor before with which the logs agree."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a database has of one log: hashes by number, and its last number."""

    hashes: Mapping[int, str]
    last: int
    begins_after: int = 0
    """The number with which an earlier log ended that this one goes on from."""


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def name_of(key: Ed25519PublicKey) -> str:
    """By which an anchor names its key."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(b"ntue-anchor:" + raw).hexdigest()[:16]


def read_keys(text: str) -> AnchorKeys:
    """The keys of a file in PEM: the first private one signs, every other one is known.

    AnchorKeyError where a part is none of Ed25519, or needs a password.
    """
    signing, known = None, {}
    for part in PEM.findall(text):
        key = _read_key(part.encode())
        if isinstance(key, Ed25519PrivateKey):
            signing = signing or key
            key = key.public_key()
        known[name_of(key)] = key
    if not known:
        raise AnchorKeyError("There is no key in PEM in it.")
    return AnchorKeys(signing, known)


def _read_key(part: bytes) -> Ed25519PrivateKey | Ed25519PublicKey:
    is_private = b"PRIVATE KEY" in part
    try:
        key = load_pem_private_key(part, None) if is_private else load_pem_public_key(part)
    except (ValueError, TypeError) as error:
        raise AnchorKeyError("A key in it cannot be read, or needs a password.") from error
    if not isinstance(key, Ed25519PrivateKey | Ed25519PublicKey):
        raise AnchorKeyError("A key in it is not one of Ed25519.")
    return key


def sign(anchor: Anchor, key: Ed25519PrivateKey) -> Anchor:
    """``anchor`` with the name of ``key`` and its signature."""
    named = replace(anchor, key=name_of(key.public_key()))
    return replace(named, signature=base64.b64encode(key.sign(named.signed())).decode())


def after(
    before: Anchor | None, at: str, database: str, purposes: Sequence[str], heads: Mapping[str, str]
) -> Anchor:
    """The anchor, not signed yet, that follows ``before``."""
    number, previous = (before.number, before.fingerprint()) if before else (0, BEGINNING)
    return Anchor(at, database, tuple(purposes), dict(heads), number + 1, previous, "")


def read_anchors(text: str) -> list[Anchor]:
    """The anchors in a file of them, or in mails saved as text; each once, by number."""
    found: dict[tuple[int, str], Anchor] = {}
    for written in WRITTEN.findall(text):
        try:
            values = json.loads(written)
            values["purposes"] = tuple(values["purposes"])
            anchor = Anchor(**values)
            place = (anchor.number, anchor.fingerprint())
            is_spoilt = not all(map(HEAD.fullmatch, anchor.heads.values()))
        except (ValueError, TypeError, KeyError, AttributeError):
            is_spoilt = True
        if is_spoilt:
            continue  # the next one misses it
        kept = found.get(place)
        if not kept or (anchor.timestamp and not kept.timestamp):
            found[place] = anchor
    return sorted(found.values(), key=lambda anchor: anchor.number)


def check(
    anchors: Sequence[Anchor],
    keys: Mapping[str, Ed25519PublicKey],
    database: str,
    stored: Mapping[str, Stored],
) -> list[Told]:
    """What ``anchors`` (as ``read_anchors`` gives them) tell of the logs that are ``stored``.

    ``database``: of another one's anchors only signature and order are looked at. Nothing is said
    of anchors that are no true ones but that.
    """
    told = list(_order(anchors))
    true: list[Anchor] = []
    for anchor in anchors:
        fault = signature_fault(anchor, keys)
        if fault:
            told.append(Told(fault, anchor))
        elif anchor.database == database:
            true.append(anchor)
    return told + list(_compare(true, stored))


def signature_fault(anchor: Anchor, keys: Mapping[str, Ed25519PublicKey]) -> Finding | None:
    """Why an anchor is no true one, as far as its signature says; None for a true one."""
    if anchor.key not in keys:
        return Finding.UNKNOWN_KEY
    try:
        keys[anchor.key].verify(base64.b64decode(anchor.signature), anchor.signed())
    except InvalidSignature:
        return Finding.FORGED
    return None


def _order(anchors: Iterable[Anchor]) -> Iterator[Told]:
    number, previous = 0, BEGINNING
    for anchor in anchors:
        if anchor.number != number + 1 or anchor.previous != previous:
            yield Told(Finding.LEFT_OUT, anchor, number=number + 1)
        number, previous = anchor.number, anchor.fingerprint()


def _compare(anchors: Sequence[Anchor], stored: Mapping[str, Stored]) -> Iterator[Told]:
    """Where the logs leave the anchors; one finding a log, or one for all that were restored."""
    said = [index for index, anchor in enumerate(anchors) if _says_restored(anchor)]
    begin = said[-1] if said else 0
    for anchor in anchors[:begin]:
        if any(_fault(anchor, table, stored) for table in anchor.heads):
            yield Told(Finding.SET_ASIDE, anchors[begin])
            break
    faults: dict[str, Told] = {}
    agreed, parted = None, None
    for anchor in anchors[begin:]:
        broken = {table: _fault(anchor, table, stored) for table in anchor.heads}
        parted = anchor if any(broken.values()) else parted
        agreed = agreed if parted else anchor
        for table, finding in broken.items():
            if finding and table not in faults:
                number = _number(anchor, table)
                last = stored[table].last if table in stored else 0
                faults[table] = Told(finding, anchor, table, number, last, agreed)
    if parted and _is_older(parted, faults, agreed):
        first = min(faults.values(), key=lambda one: one.anchor.number)
        yield replace(first, finding=Finding.RESTORED, table="", number=0, last=0)
    else:
        yield from faults.values()


def _says_restored(anchor: Anchor) -> bool:
    return any(purpose.startswith(RESTORED) for purpose in anchor.purposes)


def _number(anchor: Anchor, table: str) -> int:
    return int(anchor.heads[table].partition("/")[0])


def _fault(anchor: Anchor, table: str, stored: Mapping[str, Stored]) -> Finding | None:
    number, _slash, known = anchor.heads[table].partition("/")
    log = stored.get(table, Stored({}, 0))
    if int(number) < log.begins_after:
        return None  # an earlier log that was uninstalled: its export has it
    if int(number) > log.last:
        return Finding.TRUNCATED
    return Finding.REWRITTEN if log.hashes.get(int(number)) != known else None


def _is_older(last: Anchor, faults: Mapping[str, Told], agreed: Anchor | None) -> bool:
    """Whether all logs that grew from ``agreed`` to ``last`` end early, as in a backup."""
    grew = {
        table
        for table, head in last.heads.items()
        if agreed is None or head != agreed.heads.get(table)
    }
    is_short = all(told.finding is Finding.TRUNCATED for told in faults.values())
    return is_short and grew == set(faults) and (agreed is not None or len(grew) > 1)
