"""Numbers of Taiwan's identity cards and residence permits: what is one, and what is none.

Pure: knows nothing of Odoo. A letter, a digit that says whose card it is, seven digits and a check
digit. Residence permits had a second letter instead of that digit until 2021; those are accepted
until they end with the year 2030 (D47). Passports are not accepted: nothing in their number tells
a slip of the hand.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum

OLD_PERMITS_END = date(2030, 12, 31)
"""The last day on which a residence permit with two letters is good."""

LONGEST = 64
"""Characters of what may be a number with blanks in it; what is longer is none."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""The letters in the order of their numbers: A is 10, O is 35."""

FIRST_NUMBER = 10
WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1)
"""Of both digits of the letter's number and of what follows it, the check digit left out."""


class Kind(StrEnum):
    """Whose card it is."""

    NATIONAL = "national"
    RESIDENT = "resident"
    OLD_RESIDENT = "old_resident"


LAYOUTS = {
    Kind.NATIONAL: re.compile(r"[A-Z][12][0-9]{8}"),
    Kind.RESIDENT: re.compile(r"[A-Z][89][0-9]{8}"),
    Kind.OLD_RESIDENT: re.compile(r"[A-Z][A-D][0-9]{8}"),
}


def normalise(text: str) -> str:
    """``text`` in half width and capitals, without blanks and what nobody sees."""
    if len(text) > LONGEST:
        return ""
    half = unicodedata.normalize("NFKC", text).upper()
    return "".join(mark for mark in half if unicodedata.category(mark)[0] not in "ZC")


def check_digit(stem: str) -> str:
    """The digit that ends the number of which ``stem`` is the first nine characters.

    ``stem``: a letter, then a digit or one of A to D, then seven digits; ValueError otherwise.
    """
    if not any(layout.fullmatch(f"{stem}0") for layout in LAYOUTS.values()):
        raise ValueError("This is not the beginning of a number.")
    digits = [*divmod(_number(stem[0]), 10), _digit(stem[1]), *map(int, stem[2:])]
    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return str(-total % 10)


def kind_of(number: str) -> Kind | None:
    """Whose card a normalised number is of; None when it is none, or its check digit is wrong."""
    for kind, layout in LAYOUTS.items():
        if layout.fullmatch(number):
            return kind if check_digit(number[:-1]) == number[-1] else None
    return None


def is_accepted(number: str, today: date) -> bool:
    """Whether a normalised number is one that a person can show ``today``."""
    kind = kind_of(number)
    return kind is not None and (kind is not Kind.OLD_RESIDENT or today <= OLD_PERMITS_END)


def _number(letter: str) -> int:
    return LETTERS.index(letter) + FIRST_NUMBER


def _digit(mark: str) -> int:
    """What the second character counts: of a letter the last digit of its number."""
    return int(mark) if mark.isdigit() else _number(mark) % 10
