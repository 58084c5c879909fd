"""Tasks that run in order: what is done already is skipped, a running task shows its progress."""

import fcntl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from dev import console
from dev.checkout import Checkout


@dataclass(frozen=True)
class Task:
    """Something to bring about; `done` is cheap, `do` may be repeated after any interruption."""

    title: str
    done: Callable[[Checkout], bool]
    do: Callable[[Checkout, console.Progress], None]


def run(checkout: Checkout, tasks: Sequence[Task]) -> None:
    """Run every task that is not done; print which are ready, which run and how long they took."""
    for number, task in enumerate(tasks, 1):
        head = f"[{number}/{len(tasks)}] {task.title}"
        if task.done(checkout):
            console.line(f"{head}: ready")
            continue
        console.line(f"{head} …")
        started = time.monotonic()
        detail = console.ProgressLine()
        try:
            task.do(checkout, detail)
        finally:
            detail.clear()
        console.line(f"{head}: done in {time.monotonic() - started:.0f} s")


@contextmanager
def locked(checkout: Checkout, name: str = "lock") -> Iterator[None]:
    """Hold this checkout's lock `name`: a second command waits for the first."""
    checkout.open_cache()
    with (checkout.cache / name).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            console.line("Another command works in this checkout; waiting for it to end …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
