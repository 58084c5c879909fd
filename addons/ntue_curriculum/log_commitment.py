"""Texts of a log's entries that name people: hashed by commitments, so that they can be taken out.

Pure: no database, no randomness. An entry is not hashed over such a text but over a commitment to
it: HMAC-SHA-256 of the text, keyed with a salt of its own. Text and salt are beside the
entry. With both anybody can say that the commitment is to this text and no other; once both are
gone the commitment says nothing, not even to somebody who guesses the text, and the chain is as
it was.

An entry of before (``ntue2``) was hashed over its texts themselves. When one of those is taken out,
what is left is vouched for by a hash of the rest, which the register keeps with the erasure.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

SALT_BYTES = 32

Texts = Mapping[str, str]
"""Values by the name of a column: texts, salts or commitments."""

_BETWEEN, _AFTER = "; ", ": "
"""What is between two entries of a figure, and after the number of each."""

BETWEEN_NAMES = ", "
"""What is between the columns of one entry in a figure."""


def commitment(column: str, text: str, salt: str) -> str:
    """The commitment to the text of a column; ``salt`` is hexadecimal."""
    said = f"{column}\0{text}".encode()
    return hmac.new(bytes.fromhex(salt), said, hashlib.sha256).hexdigest()


def commitments(texts: Texts, salts: Texts) -> dict[str, str]:
    """The commitment of every column that has a salt."""
    return {name: commitment(name, texts[name], salt) for name, salt in sorted(salts.items())}


def is_opened(texts: Texts, salts: Texts, committed: Texts) -> bool:
    """Whether every text is the one committed to; one whose salt is gone must be gone, too."""
    return salts.keys() <= committed.keys() and all(
        _is_of(name, texts[name], salts.get(name), known) for name, known in committed.items()
    )


def _is_of(column: str, text: str, salt: str | None, known: str) -> bool:
    if salt is None:
        return not text
    try:
        return commitment(column, text, salt) == known
    except ValueError:  # a salt that is no hexadecimal number
        return False


def written(values: Texts) -> str:
    """Salts or commitments as they are kept: JSON."""
    return json.dumps(dict(values), sort_keys=True, separators=(",", ":"))


def read(text: str | None) -> dict[str, str]:
    """Salts or commitments as they were written; none where something else is there."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): str(value) for name, value in found.items()}


def rest(number: int, previous: str, known: str, values: Sequence[object]) -> str:
    """A hash of an entry of before as it is left; ``values``: its content, emptied texts as ""."""
    parts = ["ntue-rest", number, previous, known, *values]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_figure(parts: Mapping[int, str]) -> str:
    """What the register keeps of an erasure for each entry, by the number of the entry.

    It is in no language: it is hashed as it is, and the checks of the logs read it back with
    ``of_figure``. Readers get it in their own words where the register is shown.
    """
    return _BETWEEN.join(f"{number}{_AFTER}{text}" for number, text in parts.items())


def of_figure(said: object) -> dict[int, str]:
    """What ``as_figure`` was given; what is no such part is left out."""
    parts = (part.partition(_AFTER) for part in str(said or "").split(_BETWEEN))
    return {int(number): text for number, _after, text in parts if number.isdecimal()}
