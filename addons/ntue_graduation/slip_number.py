"""Numbers of slips, as a person types them and as a scanner reads them off the paper. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

ADDRESS = "/graduation/slip/"
"""What goes before the number in the address of a slip's QR code."""

_NUMBER = re.compile(r"(\d{3,4}-[\w\-./]+?)(?:-(\d+))?")


class SlipNumber(NamedTuple):
    """What a slip says of itself: ``1141-210941001-2`` is the second submission's paper.

    ``submission`` is 0 where only the application was named. A student's number may have ``-``
    in it (F25), so that ``1141-21-2`` alone does not say whether 2 is of the student's number:
    ask what the whole of it names first.
    """

    application: str
    submission: int = 0


def written(text: str) -> str:
    """The last word of ``text``; of the address in a slip's QR code, the number in it."""
    _before, found, number = text.strip().rpartition(ADDRESS)
    if found:
        return unquote(number).rstrip("/")
    return (text.split() or [""])[-1]


def parse(text: str) -> SlipNumber | None:
    """The number that ``text`` ends with, which may be the address in a slip's QR code."""
    match = _NUMBER.fullmatch(written(text))
    return SlipNumber(match[1], int(match[2] or 0)) if match else None
