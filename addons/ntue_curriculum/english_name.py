"""The English name on the bilingual diploma: as in the passport (39–48, D8). Pure."""

import re

MAX_LENGTH = 39
"""Characters with blanks that a passport has room for (sources.md 23)."""

_NAME = re.compile(r"[A-Z]+(?:[' -][A-Z]+)*, [A-Z]+(?:[' -][A-Z]+)*")


def normalise(text: str) -> str:
    """Upper case, single blanks, one comma followed by one blank; nothing is guessed."""
    text = " ".join(text.upper().replace("\N{FULLWIDTH COMMA}", ",").split())
    return re.sub(r" ?, ?", ", ", text).strip()


def is_valid(text: str) -> bool:
    """SURNAME, comma, blank, GIVEN-NAMES: ``WANG, TA-MING`` (44, D8)."""
    return len(text) <= MAX_LENGTH and bool(_NAME.fullmatch(text))
