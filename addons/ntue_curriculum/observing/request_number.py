"""The number of a request: that of the proxy, or one of our own; it says nothing of anybody. Pure.

It goes into every line of the log that the request causes, and back to the browser, so that
whoever reports a fault can name it.
"""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-ID"

_FORM = re.compile(r"[0-9a-f]{16,64}")
"""What a proxy makes; anything else could be text that somebody wants to have in the log."""

current: ContextVar[str] = ContextVar("ntue_request_number", default="")
"""The number of the request that this thread works for; empty where it works for none."""


def taken(given: str | None) -> str:
    """``given`` where it has the form of a number, else a new one.

    >>> taken("00112233445566778899aabbccddeeff")
    '00112233445566778899aabbccddeeff'
    >>> len(taken("Mei-Ling")), len(taken(None))
    (32, 32)
    """
    return given if given and _FORM.fullmatch(given) else secrets.token_hex(16)
