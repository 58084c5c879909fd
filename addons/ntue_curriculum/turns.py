"""Turns: how many requests of one asker a process works on at a time, and how many may wait.

Pure: knows threads, and nothing of Odoo. An asker is whatever can be a key of a dictionary.
"""

import threading
from collections import deque
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep

RESTS = 2
"""How many times as long as was worked somebody with too many requests pauses after it."""

LONGEST_REST = 2.0
"""Seconds that somebody with too many requests pauses at most between two of them."""


@dataclass(frozen=True)
class Limit:
    """What one asker may have in a process at the same time."""

    running: int
    """Requests that are worked on."""
    waiting: int
    """Requests that wait for their turn; one more is refused."""
    calm: int
    """Requests that wait where a browser asks; with more, the asker pauses between two."""
    seconds: float = 30.0
    """How long a request waits before it is refused."""
    credit: float = 20.0
    """Between worker processes, where none waits: requests above `running` that each process
    serves all the same."""
    credit_per_second: float = 1.0
    """How many of those come back in a second."""


class TooManyError(Exception):
    """The asker has all turns and all places to wait, or has waited too long."""


class _Place:
    """A request that waits."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.rest = 0.0


class _Asker:
    """What one asker has in the process at present."""

    def __init__(self) -> None:
        self.running = 0
        self.waiting: deque[_Place] = deque()


class Turns:
    """The turns of all askers of a process; ``whole`` are worked on at a time, whoever asks."""

    def __init__(self, whole: int) -> None:
        self._lock = threading.Lock()
        self._askers: dict[Hashable, _Asker] = {}
        self._whole = threading.BoundedSemaphore(whole)

    @contextmanager
    def turn(self, key: Hashable, limit: Limit) -> Iterator[None]:
        """Wait for a turn of ``key`` and have it inside; TooManyError when there is none."""
        until = monotonic() + limit.seconds
        rest = self._enter(key, limit)
        began = monotonic()
        try:
            # A thread that sleeps costs the others nothing; one that works costs them time.
            sleep(rest)
            if not self._whole.acquire(timeout=max(0.0, until - monotonic())):
                raise TooManyError
            began = monotonic()
            try:
                yield
            finally:
                self._whole.release()
        finally:
            self._leave(key, limit, monotonic() - began)

    @contextmanager
    def lent(self, key: Hashable, limit: Limit) -> Iterator[None]:
        """Inside, another request of ``key`` may have this one's turn.

        For work that another program does. It never waits to go on, so for as long as the
        other one takes there may be one more than ``limit`` says.
        """
        self._leave(key, limit, 0.0)
        try:
            yield
        finally:
            with self._lock:
                self._askers.setdefault(key, _Asker()).running += 1

    def counted(self, key: Hashable) -> tuple[int, int]:
        """How many requests of ``key`` are worked on, and how many wait."""
        with self._lock:
            asker = self._askers.get(key)
            return (asker.running, len(asker.waiting)) if asker else (0, 0)

    def _enter(self, key: Hashable, limit: Limit) -> float:
        """Take a turn; the seconds to pause before it is used."""
        with self._lock:
            asker = self._askers.setdefault(key, _Asker())
            if asker.running < limit.running and not asker.waiting:
                asker.running += 1
                return 0.0
            if len(asker.waiting) >= limit.waiting:
                raise TooManyError
            place = _Place()
            asker.waiting.append(place)
        if not place.called.wait(limit.seconds):
            self._give_up(key, place)
        return place.rest

    def _give_up(self, key: Hashable, place: _Place) -> None:
        with self._lock:
            if place.called.is_set():  # in the very last moment
                return
            asker = self._askers[key]
            asker.waiting.remove(place)
            self._forget(key, asker)
        raise TooManyError

    def _leave(self, key: Hashable, limit: Limit, worked: float) -> None:
        """Give the turn back, or to who has waited longest."""
        with self._lock:
            asker = self._askers[key]
            asker.running -= 1
            if asker.waiting and asker.running < limit.running:
                crowded = len(asker.waiting) > limit.calm
                place = asker.waiting.popleft()
                place.rest = min(RESTS * worked, LONGEST_REST) if crowded else 0.0
                asker.running += 1
                place.called.set()
            self._forget(key, asker)

    def _forget(self, key: Hashable, asker: _Asker) -> None:
        if not asker.running and not asker.waiting:
            self._askers.pop(key, None)
