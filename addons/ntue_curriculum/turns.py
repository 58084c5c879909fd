"""Turns: how many requests of one asker a process works on at a time, and how many may wait.

Pure: knows threads, and nothing of Odoo. An asker is whatever can be a key of a dictionary.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import exp
from time import monotonic, sleep, thread_time

RESTS = 2
"""How many times as long as was worked somebody with too many requests pauses after it."""

LANE_REST = 1
"""How many times as long as the one before worked the lane of those who take much is left empty
where somebody else has lately been served."""

LANE_LONGEST_REST = 0.25

LATELY = 1.0
"""Seconds."""

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
    """Requests that wait where a browser asks; with more, the asker pauses between two, and all
    such askers of the process are worked on one after the other."""
    seconds: float = 30.0
    """How long a request waits before it is refused."""
    share: float | None = None
    """The part of one processor that an asker may take for long before it is worked on as one
    with too many requests is, but without pauses. None is as much as it likes."""
    credit: float = 20.0
    """Between worker processes, where none waits: requests above `running` that each process
    serves all the same."""
    credit_per_second: float = 1.0
    """How many of those come back in a second."""


MEMORY = 10.0
"""Seconds over which it is counted what an asker has taken; what is older fades."""

REMEMBERED = 10_000
"""Askers of whom it is known what they took; of who is forgotten it is nothing."""


class TooManyError(Exception):
    """The asker has all turns and all places to wait, or has waited too long."""


class _Place:
    """A request that waits, or did not have to."""

    def __init__(self) -> None:
        self.called = threading.Event()
        self.crowded = False
        self.rest = 0.0


class _Asker:
    """What one asker has in the process at present."""

    def __init__(self) -> None:
        self.running = 0
        self.waiting: deque[_Place] = deque()


class Taken:
    """What each asker has lately taken of one processor."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._of: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def add(self, key: Hashable, seconds: float) -> None:
        """``key`` has taken ``seconds`` of a processor."""
        with self._lock:
            self._of[key] = (self._left(key) + seconds, self._now())
            self._of.move_to_end(key)
            while len(self._of) > REMEMBERED:
                self._of.popitem(last=False)

    def share(self, key: Hashable) -> float:
        """The part of one processor: 1.0 is a whole one, for long."""
        with self._lock:
            return self._left(key) / MEMORY

    def _left(self, key: Hashable) -> float:
        amount, since = self._of.get(key, (0.0, 0.0))
        return amount * exp((since - self._now()) / MEMORY)


class Turns:
    """The turns of all askers of a process, of which ``whole`` are worked on at a time.

    Python works on one thread at a time. Those who ask for much therefore share one lane: a page
    of anybody else waits for one of them, however many they are.
    """

    def __init__(self, whole: int) -> None:
        self._lock = threading.Lock()
        self._askers: dict[Hashable, _Asker] = {}
        self._whole = threading.BoundedSemaphore(whole)
        self._lane = threading.Semaphore(1)
        self._lane_worked = 0.0
        self._others_at = -LATELY
        self._here = threading.local()
        self._taken = Taken()

    @contextmanager
    def turn(self, key: Hashable, limit: Limit) -> Iterator[None]:
        """Wait for a turn of ``key`` and have it inside; TooManyError when there is none."""
        until = monotonic() + limit.seconds
        place = self._enter(key, limit)
        worked = 0.0
        try:
            # A thread that sleeps costs the others nothing; one that works costs them time.
            sleep(place.rest)
            in_lane = place.crowded or self._takes_much(key, limit)
            with self._room(key, until, in_lane=in_lane):
                began, taken = monotonic(), thread_time()
                try:
                    yield
                finally:
                    self._taken.add(key, thread_time() - taken)
                    worked = monotonic() - began
                    self._note(worked, in_lane=in_lane)
        finally:
            self._leave(key, limit, worked)

    def _note(self, worked: float, *, in_lane: bool) -> None:
        """Remember how long the lane was worked in, or that somebody else was served."""
        if in_lane:
            self._lane_worked = worked
        else:
            self._others_at = monotonic()

    def _takes_much(self, key: Hashable, limit: Limit) -> bool:
        return limit.share is not None and self._taken.share(key) > limit.share

    @contextmanager
    def _room(self, key: Hashable, until: float, *, in_lane: bool) -> Iterator[None]:
        """Room to work in the process, in the lane where ``in_lane``; TooManyError without."""
        if in_lane:
            self._acquire(self._lane, until)
            self._here.in_lane = key
            if monotonic() - self._others_at < LATELY:
                sleep(min(LANE_REST * self._lane_worked, LANE_LONGEST_REST))
        try:
            self._acquire(self._whole, until)
            try:
                yield
            finally:
                self._whole.release()
        finally:
            self._leave_lane(key)

    def _acquire(self, room: threading.Semaphore, until: float) -> None:
        if not room.acquire(timeout=max(0.0, until - monotonic())):
            raise TooManyError

    def _leave_lane(self, key: Hashable) -> None:
        """Give the lane to the next one, where this thread has it for ``key``."""
        if getattr(self._here, "in_lane", None) == key:
            self._here.in_lane = None
            self._lane.release()

    @contextmanager
    def released(self, key: Hashable, limit: Limit) -> Iterator[None]:
        """Inside, another request of ``key`` may have this one's turn.

        For work that another program does. It never waits to go on, so for as long as the
        other one takes there may be one more than ``limit`` says. The lane is others' for good.
        """
        self._leave_lane(key)
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

    def _enter(self, key: Hashable, limit: Limit) -> _Place:
        """Take a turn; how it was waited for."""
        with self._lock:
            asker = self._askers.setdefault(key, _Asker())
            if asker.running < limit.running and not asker.waiting:
                asker.running += 1
                return _Place()
            if len(asker.waiting) >= limit.waiting:
                raise TooManyError
            place = _Place()
            asker.waiting.append(place)
        if not place.called.wait(limit.seconds):
            self._give_up(key, place)
        return place

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
                place.crowded = crowded
                place.rest = min(RESTS * worked, LONGEST_REST) if crowded else 0.0
                asker.running += 1
                place.called.set()
            self._forget(key, asker)

    def _forget(self, key: Hashable, asker: _Asker) -> None:
        if not asker.running and not asker.waiting:
            self._askers.pop(key, None)
