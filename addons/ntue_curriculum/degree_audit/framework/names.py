"""How two course names are compared (A16)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def normalised(name: str) -> str:
    """``name`` in NFKC, without any blank, case folded; numerals stay as they are.

    >>> normalised("Ｒesearch　Methods (一)") == normalised("research methods(一)")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(unicodedata.normalize("NFKC", folded).split())
