"""How two course names are compared (A16)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ONE_FOR_MANY = (
    ("台", "臺"),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\u2500"),
    ("\u00b7", "\u2022\u2027\u2219\u22c5\u30fb\u0387\u2e31\u16eb"),
)
"""A mark, and the others that people write for it: dashes, and dots between parts of a name."""

_FOLDED = {ord(other): mark for mark, others in _ONE_FOR_MANY for other in others}


@lru_cache(maxsize=65536)
def normalised(name: str) -> str:
    """``name`` as it is compared with others.

    In NFKC, case folded, without blanks and marks that nobody sees; 臺 is 台, all dashes are one
    and all middle dots are one. Numerals stay as they are.

    >>> normalised("Ｒesearch　Methods (一)") == normalised("research methods(一)")
    True
    >>> normalised("臺灣史－導論") == normalised("台灣史—導論")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    folded = unicodedata.normalize("NFKC", folded).translate(_FOLDED)
    return "".join(mark for mark in folded if not _is_unseen(mark))


def _is_unseen(mark: str) -> bool:
    return mark.isspace() or unicodedata.category(mark) == "Cf"
