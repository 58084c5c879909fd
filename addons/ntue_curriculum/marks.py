"""Marks in a text that no reader sees, or that nothing can keep. Pure."""

from __future__ import annotations

import re

BROKEN = re.compile("[\0\ud800-\udfff]")
"""What no database keeps: NUL, and halves of a mark."""

NO_WIDTH = "\ufeff\u200b\u2060"
"""Blanks that take no room: programs leave them around what they write."""

_CONTROL = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f"
_TURNING = "\u200e\u200f\u202a-\u202e\u2066-\u2069"

CONTROL = re.compile(f"[\0{_CONTROL}]")
"""What no paper can print."""

UNSEEN = re.compile(f"[{_CONTROL}\x80-\x9f{_TURNING}{NO_WIDTH}\ufffe\uffff]")
"""Control marks and marks that turn the direction of what follows, or are nothing at all."""

UNSEEN_IN_NAMES = re.compile(f"[{_TURNING}{NO_WIDTH}\u00ad\u061c\u200c\u200d\u2061-\u2065]")
"""In a name also what joins or parts letters: two names that look alike would be two."""


def without_unseen(text: str) -> str:
    """``text`` without any of them: what is left may stand in a page and in a database."""
    return UNSEEN.sub("", BROKEN.sub("", text))
