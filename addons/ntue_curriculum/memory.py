"""What a crowd of requests needed in memory is given back when it is over.

Two things keep it. Python looks for garbage among all that lives long whenever a quarter as much
has been added; with the models of a school that is so much that bodies and errors of hundreds of
requests lie about meanwhile. And C's library learns from each large text that is freed to keep
the next one in its heap, where a small one above it holds all below.
"""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

TRIM_THRESHOLD, MMAP_THRESHOLD, ARENAS_MOST = -1, -3, -8
"""Numbers of ``mallopt`` of the GNU library."""

LARGE = 128 * 1024
"""Bytes from which on a piece of memory is the system's again when it is freed; what the library
begins with."""


def bound_heap() -> None:
    """Set what the library would change by itself; nothing where it is another one."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(ARENAS_MOST, 2)
        mallopt(MMAP_THRESHOLD, LARGE)
        mallopt(TRIM_THRESHOLD, LARGE)


@contextmanager
def without_collections() -> Iterator[None]:
    """Garbage is looked for when asked alone; afterwards as before, whatever is raised inside."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def set_aside() -> None:
    """What lives now is looked at no more for garbage: what comes after is a small part.

    To be called when the models are loaded, and again when they are loaded anew: then the earlier
    ones are garbage.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


EVERY = 1.0
"""Seconds between two collections: while Python collects it does nothing else."""

_last = {"at": 0.0}


def give_back(sent: int | None) -> None:
    """Collect the garbage of a request of ``sent`` bytes, where that is much; once a second.

    What was read of it hangs in a circle (the request, its environment, an error and the places
    that it went through), which only the collector takes apart, and it counts objects, not bytes.
    """
    if (sent or 0) >= LARGE and monotonic() - _last["at"] >= EVERY:
        gc.collect()
        _last["at"] = monotonic()
