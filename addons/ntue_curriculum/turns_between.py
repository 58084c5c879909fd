"""Turns between the worker processes of one machine, each of which serves one request at a time.

A worker that waits serves nobody, so here nothing waits. Requests above the limit are served
from a credit, which no person at a browser uses up, and refused when it is used up.
"""

import fcntl
import hashlib
import os
import struct
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from .turns import Limit, TooManyError

REMEMBERED = 2000
"""Askers whose credit a process remembers; of who is forgotten it is whole again."""

MOST_TURNS = 256

_LOCK_ONE_BYTE = struct.Struct("hhqqi0q")


class Credits:
    """Requests above their limit that are left to each asker in this process."""

    def __init__(self) -> None:
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable, limit: Limit) -> bool:
        """Whether ``key`` had one left; it is used."""
        now = monotonic()
        left, since = self._left.pop(key, (limit.credit, now))
        left = min(limit.credit, left + (now - since) * limit.credit_per_second)
        taken = left >= 1
        self._left[key] = (left - taken, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return taken


class TurnsBetween:
    """Turns as locks on single bytes of a file, which go with the process that holds them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._credits = Credits()

    @contextmanager
    def turn(self, key: Hashable, limit: Limit) -> Iterator[None]:
        """Have a turn of ``key`` inside; TooManyError when there is none and no credit either."""
        # Not inherited: a program that is started meanwhile would keep the lock.
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if not self._locked(handle, key, limit.running) and not self._credits.take(key, limit):
                raise TooManyError
            yield
        finally:
            os.close(handle)

    @contextmanager
    def released(self, _key: Hashable, _limit: Limit) -> Iterator[None]:
        """The turn is kept: the process serves nobody else in any case."""
        yield

    def _locked(self, handle: int, key: Hashable, turns: int) -> bool:
        digest = hashlib.blake2b(repr(key).encode(), digest_size=6).digest()
        first = int.from_bytes(digest) * MOST_TURNS
        for number in range(min(turns, MOST_TURNS)):
            lock = _LOCK_ONE_BYTE.pack(fcntl.F_WRLCK, os.SEEK_SET, first + number, 1, 0)
            try:
                fcntl.fcntl(handle, fcntl.F_OFD_SETLK, lock)
            except BlockingIOError:
                continue
            return True
        return False
