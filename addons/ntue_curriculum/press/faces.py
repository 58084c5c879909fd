"""Which characters the typefaces of this server have, before a paper is printed.

Fontconfig keeps the list, and the program that prints chooses from it; it is asked once a process.
"""

import shutil
import subprocess
import unicodedata
from bisect import bisect_right
from functools import cache

from .worker import is_selector

UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Kinds of characters that need no glyph: blanks, line ends and marks of order."""


def unprintable(text: str) -> list[str]:
    """The characters of ``text`` that cannot be printed, each once.

    Those that no typeface has; and those of private use, which stand for a different sign on every
    computer (F26). Empty where the list cannot be had: then the printing program finds out.
    """
    return [mark for mark in dict.fromkeys(text) if not _is_printable(mark)]


def _is_printable(mark: str) -> bool:
    if mark.isascii():
        return True
    kind = unicodedata.category(mark)
    if kind == "Co":
        return False
    return kind in UNSEEN or is_selector(mark) or _has_face(ord(mark))


def _has_face(code: int) -> bool:
    first, last = _ranges()
    place = bisect_right(first, code) - 1
    return not first or (place >= 0 and code <= last[place])


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """The first and the last characters of every range that some typeface has, sorted."""
    found: dict[int, int] = {}
    for part in _listed().split():
        start, _dash, end = part.partition("-")
        first, last = int(start, 16), int(end or start, 16)
        found[first] = max(last, found.get(first, last))
    firsts: list[int] = []
    lasts: list[int] = []
    for first in sorted(found):
        if lasts and first <= lasts[-1] + 1:
            lasts[-1] = max(lasts[-1], found[first])
        else:
            firsts.append(first)
            lasts.append(found[first])
    return firsts, lasts


def _listed() -> str:
    """Every typeface's ranges of characters, in hexadecimal; empty without fontconfig's program."""
    program = shutil.which("fc-list")
    if not program:
        return ""
    command = [program, "--format", "%{charset}\n"]
    listed = subprocess.run(  # noqa: S603  # nothing in it comes from outside
        command, capture_output=True, text=True, check=False, timeout=60
    )
    return listed.stdout
