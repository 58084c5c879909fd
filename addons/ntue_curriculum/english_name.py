"""The English name on the bilingual diploma: as in the passport (39–48, D8). Pure."""

import re
import unicodedata

MAX_LENGTH = 39
"""Characters with blanks that a passport has room for (D8)."""

PATTERN = r"[A-Z]+(?:[' -][A-Z]+)*, [A-Z]+(?:[' -][A-Z]+)*"
"""What a name looks like; written so that a browser's hint can use it too."""

_NAME = re.compile(PATTERN)
_OTHER_FORM = re.compile(r"[A-Z][A-Z' ,-]*")
# Marks that phones put for those of a passport: curly apostrophes, dashes.
_MARKS = str.maketrans(
    {
        **dict.fromkeys(
            "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}"
            "\N{MODIFIER LETTER APOSTROPHE}",
            "'",
        ),
        **dict.fromkeys(
            "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"
        ),
    }
)


def normalise(text: str) -> str:
    """Upper case, single blanks, one comma followed by one blank; nothing is guessed.

    Full-width letters and marks become those of a passport.
    """
    text = unicodedata.normalize("NFKC", text).translate(_MARKS).upper()
    return re.sub(r" ?, ?", ", ", " ".join(text.split())).strip()


def is_valid(text: str) -> bool:
    """SURNAME, comma, blank, GIVEN-NAMES: ``WANG, TA-MING`` (44, D8)."""
    return len(text) <= MAX_LENGTH and bool(_NAME.fullmatch(text))


def is_printable(text: str) -> bool:
    """Whether a diploma can bear ``text`` as it is: a name of one part, for instance (D8)."""
    return len(text) <= MAX_LENGTH and bool(_OTHER_FORM.fullmatch(text))
