"""How much of the processors each part of a server uses, second by second, and its memory."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from dev import process

SECONDS = 1.0
"""Between two samples."""


def _used(pid: int) -> float:
    """Return the processor seconds of a process and of all below it, ended ones too."""
    total = 0.0
    for one in process.family(pid):
        with suppress(process.gone()):
            total += sum(one.cpu_times()[:4])  # its own, and of children that it has collected
    return total


def _memory(pid: int) -> tuple[int, float]:
    """Return how many processes are below `pid`, and the bytes of the largest.

    What several share counts in equal parts.
    """
    sizes = []
    for one in process.family(pid)[1:]:
        with suppress(process.gone()):
            sizes.append(one.memory_full_info().pss)
    return len(sizes), max(sizes, default=0.0)


@contextmanager
def running(pids: Mapping[str, int], workers: int, file: Path) -> Iterator[None]:
    """Write a line of `file` each second until the block ends.

    It has the moment, the processor seconds that each of `pids` has used so far, the number of
    processes below `workers` and the bytes of the largest. A part whose number is 0 uses nothing
    here: it is on another machine.
    """
    ended = threading.Event()

    def sample() -> None:
        with file.open("a", encoding="utf-8") as lines:
            while not ended.wait(SECONDS):
                used = {part: _used(pid) if pid else 0.0 for part, pid in pids.items()}
                lines.write(json.dumps([time.time(), used, *_memory(workers)]) + "\n")
                lines.flush()

    sampling = threading.Thread(target=sample)
    sampling.start()
    try:
        yield
    finally:
        ended.set()
        sampling.join()
