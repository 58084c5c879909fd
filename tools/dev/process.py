"""Processes and ports of this machine; processes by psutil, which the environment has."""

import importlib
import os
import socket
import sys
from collections.abc import Sequence
from typing import Any

from dev.checkout import Checkout
from dev.errors import CommandError

LOOPBACK = "127.0.0.1"


def _psutil() -> Any:
    """Return psutil, from the checkout's environment where this runs outside of it.

    Commands begin before there is an environment, and say first what is wrong with the machine.
    What they have to find or end was started with the environment.
    """
    try:
        return importlib.import_module("psutil")
    except ImportError:
        sys.path.append(str(Checkout.here().site_packages))
    try:
        return importlib.import_module("psutil")
    except ImportError:
        raise CommandError(
            "The Python environment in the cache is incomplete: type `make lint`, which makes it "
            "again, and repeat this."
        ) from None


def gone() -> type[Exception]:
    """Return what psutil raises about a process that ended while it was looked at."""
    found: type[Exception] = _psutil().Error
    return found


def family(pid: int) -> list[Any]:
    """Return the process `pid` and all below it, as psutil has them; none where it has ended."""
    first = find(pid)
    try:
        return [first, *first.children(recursive=True)] if first else []
    except gone():
        return []


def find(pid: int, words: Sequence[str] = ()) -> Any:
    """Return the running process `pid` if its command line has all `words`, or None.

    A zombie does not run. The words tell whether the system has given the number to another one.
    """
    psutil = _psutil()
    try:
        found = psutil.Process(pid)
        line = " ".join([*found.cmdline(), ""])
        running = found.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return None
    return found if running and all(word in line for word in words) else None


def end(pid: int, seconds: float) -> None:
    """Ask process `pid` to end; kill it and its children where they still run after `seconds`."""
    psutil = _psutil()
    first = find(pid)
    if first is None:
        return
    try:
        family = [first, *first.children(recursive=True)]
        first.terminate()
    except psutil.NoSuchProcess:
        return
    _ended, stuck = psutil.wait_procs(family, timeout=seconds)
    for process in stuck:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(stuck, timeout=seconds)


def kill(pid: int, *, family: bool = True) -> None:
    """Kill process `pid` (SIGKILL), with its children unless told otherwise; it has no last word.

    The parent goes first: it can start none of the others again.
    """
    psutil = _psutil()
    first = find(pid)
    if first is None:
        return
    ended = [first, *(first.children(recursive=True) if family else ())]
    for process in ended:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(ended, timeout=10)


def port_is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of the loopback interface."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a port of the loopback interface that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_root() -> bool:
    """Tell whether this runs as root."""
    return os.geteuid() == 0
