"""ID numbers as keyed hashes, in two steps. Pure.

The first is made as soon as a number is typed or read, so that the number goes no further. The
second, of the first and the student's record, is what is kept: two records of one person do not
show by it that they are, and what is kept of one says nothing when it is copied to another.
"""

from __future__ import annotations

import hashlib
import hmac


def typed(number: str, key: bytes) -> str:
    """The hash of a normalised number."""
    return _keyed(f"typed:{number}", key)


def kept(student: int, first: str, key: bytes) -> str:
    """The hash that is kept of the record ``student``; ``first`` comes from ``typed``."""
    return _keyed(f"kept:{student}:{first}", key)


def same(one: str, other: str) -> bool:
    """Whether two hashes are one, in a time that tells nothing of them."""
    return hmac.compare_digest(one.encode(), other.encode())


def _keyed(text: str, key: bytes) -> str:
    return hmac.new(key, f"ntue-id:{text}".encode(), hashlib.sha256).hexdigest()
