"""Codes as people and spreadsheets write them, and the one form in which they are kept. Pure."""

import re
import unicodedata

KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
"""What a spreadsheet puts around a code to keep its zeros."""

_OTHER = re.compile(r"[^\w\-./]")


def tidy(text: str) -> str:
    """The code that ``text`` means, in the form in which codes are kept (docs/readings.md F25).

    Half width and capital letters, without blanks and marks that nobody sees, and without what a
    spreadsheet puts around a code to keep its zeros: ``="0648"`` or a leading apostrophe.

    >>> tidy('="px101"'), tidy("'0648"), tidy(" ＰＸ101 ")
    ('PX101', '0648', 'PX101')
    """
    text = unicodedata.normalize("NFKC", text).strip()
    written = KEPT_AS_TEXT.fullmatch(text)
    text = written[1] if written else text.removeprefix("'")
    seen = (mark for mark in text if not mark.isspace() and unicodedata.category(mark) != "Cf")
    return "".join(seen).upper()


def other_marks(code: str) -> str:
    """The marks of ``code`` that no code has: it has letters, digits, ``-``, ``_``, ``.``, ``/``.

    >>> other_marks("PX101"), other_marks("PX;1,2")
    ('', ';,')
    """
    return "".join(dict.fromkeys(_OTHER.findall(code)))
