"""Running steps in order: done ones are skipped, running ones show how far they are."""

import fcntl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from house import say
from house.place import Place


@dataclass(frozen=True)
class Step:
    """One thing that must stand; `done` is cheap, `do` may be repeated after any interruption."""

    title: str
    done: Callable[[Place], bool]
    do: Callable[[Place, say.Tell], None]


def run(place: Place, steps: Sequence[Step]) -> None:
    """Bring every step to its end, telling what is done, what runs and how long it took."""
    for number, step in enumerate(steps, 1):
        head = f"[{number}/{len(steps)}] {step.title}"
        if step.done(place):
            say.line(f"{head}: ready")
            continue
        say.line(f"{head} …")
        started = time.monotonic()
        detail = say.Detail()
        try:
            step.do(place, detail)
        finally:
            detail.clear()
        say.line(f"{head}: done in {time.monotonic() - started:.0f} s")


@contextmanager
def locked(place: Place, name: str = "lock") -> Iterator[None]:
    """Hold this checkout's lock `name`: a second command waits instead of trampling the first."""
    place.open_cache()
    with (place.cache / name).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say.line("Another command works in this checkout; waiting for it to end …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
