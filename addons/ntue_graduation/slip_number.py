"""Numbers of slips, as a person types them and as a scanner reads them off the paper. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = re.compile(r"(?<![0-9A-Za-z-])(\d{3,4})-([0-9A-Za-z]+)(?:-(\d+))?/?$")


class SlipNumber(NamedTuple):
    """What a slip says of itself: ``1141-210941001-2`` is the second submission's paper.

    ``submission`` is 0 where only the application was named.
    """

    term: str
    student: str
    submission: int = 0

    @property
    def application(self) -> str:
        """The application's number: the same for every paper of it."""
        return f"{self.term}-{self.student}"


def parse(text: str) -> SlipNumber | None:
    """The number at the end of ``text``, which may be the address in a slip's QR code."""
    match = _NUMBER.search(text.strip())
    return SlipNumber(match[1], match[2], int(match[3] or 0)) if match else None
