"""Marks in a text that no reader sees, or that nothing can keep. Pure."""

from __future__ import annotations

import re

BROKEN = re.compile("[\0\ud800-\udfff]")
"""What no database keeps: NUL, and halves of a mark."""

UNSEEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ufffe\uffff]"
)
"""Control marks and marks that turn the direction of what follows, or are nothing at all."""


def without_unseen(text: str) -> str:
    """``text`` without any of them: what is left may stand in a page and in a database."""
    return UNSEEN.sub("", BROKEN.sub("", text))
