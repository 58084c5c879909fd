"""Which mailbox the school gave to which student number, by pattern (76, 77). Pure.

A pattern is an address with ``#`` for the student number, as in ``a#@grad.ntue.edu.tw``. Several
have commas or blanks between them: mailboxes of other divisions begin with other letters.
"""

from __future__ import annotations

import re
import unicodedata

PLACE = "#"
PATTERN = "a#@grad.ntue.edu.tw"
"""The notice's."""

LONGEST = 254
"""Characters of an address that mail servers take."""

_SOUND = re.compile(r"[a-z0-9._+-]*#[a-z0-9._+-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)+")
_NUMBER = r"([a-z0-9][a-z0-9-]{0,31})"


def patterns(text: str) -> list[str]:
    """The patterns in a setting, in small letters."""
    return [part.lower() for part in re.split(r"[\s,;、，；]+", text) if part]


def is_pattern(text: str) -> bool:
    """One ``#`` before the ``@``, and an address around it."""
    return text.count(PLACE) == 1 and bool(_SOUND.fullmatch(text))


def normalise(text: str) -> str:
    """A typed address in half width and small letters, without blanks; empty when too long."""
    if len(text) > LONGEST:
        return ""
    half = unicodedata.normalize("NFKC", text).lower()
    return "".join(mark for mark in half if unicodedata.category(mark)[0] not in "ZC")


def student_number(address: str, setting: str) -> str:
    """The student number in a normalised address; empty when no pattern of ``setting`` fits."""
    for pattern in filter(is_pattern, patterns(setting)):
        before, after = map(re.escape, pattern.split(PLACE))
        found = re.fullmatch(f"{before}{_NUMBER}{after}", address)
        if found:
            return found[1]
    return ""


def example(setting: str, number: str) -> str:
    """The mailbox of the student ``number`` by the first sound pattern; empty without one."""
    sound = next(filter(is_pattern, patterns(setting)), "")
    return sound.replace(PLACE, number)
