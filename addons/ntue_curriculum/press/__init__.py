"""Papers are printed here: HTML into PDF, by processes beside Odoo's (``worker``).

Starting one takes a second, so it is kept for the next paper; anybody who prints while it is busy
starts another. ``faces`` says beforehand what can be printed at all.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import BinaryIO, cast

from . import worker
from .worker import ASKED, MISSING, PDF

PROGRAM = Path(worker.__file__)
SPARE = 1
"""Processes that wait for the next paper."""

PAPERS = 200
"""Papers that a process prints before another takes its place."""

KNOWN = (
    *("PATH", "LANG", "LC_ALL", "TZ", "HOME", "XDG_CACHE_HOME"),
    *("FONTCONFIG_FILE", "FONTCONFIG_PATH"),
)
"""What a process gets of the server's environment: no password and no key."""


class PressError(Exception):
    """What went wrong, in the words of the program; for the log."""


class MissingError(PressError):
    """``marks`` are characters that no typeface of the server has."""

    def __init__(self, marks: str) -> None:
        super().__init__(marks)
        self.marks = marks


class _Process:
    """One process of ``worker``."""

    def __init__(self) -> None:
        environment = {name: os.environ[name] for name in KNOWN if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  # our own program, without arguments
            [sys.executable, "-I", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment,
        )
        self._papers = 0
        self._used = monotonic()

    def fresh(self) -> bool:
        """Whether it can be asked: it is there, and will not end this very moment."""
        unused = monotonic() - self._used
        there = self._process.poll() is None
        return there and self._papers < PAPERS and unused < worker.IDLE / 2

    def printed(self, html: bytes) -> tuple[bytes, bytes]:
        """The process's answer; PressError when it has ended instead."""
        self._papers += 1
        try:
            worker.send(cast("BinaryIO", self._process.stdin), ASKED, html)
            answer = worker.receive(cast("BinaryIO", self._process.stdout))
        except OSError:
            answer = None
        if answer is None:
            raise PressError(f"the process has ended: {self.end()}")
        self._used = monotonic()
        return answer

    def end(self) -> int:
        """Stop it, whatever it does, and return how it ended."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:  # what was not sent has nobody to go to
                    continue
        return self._process.wait()


_spare: list[_Process] = []
_lock = threading.Lock()


def _taken() -> _Process:
    """A process that waits, or a new one."""
    with _lock:
        old = list(_spare)
        _spare.clear()
    for place, process in enumerate(old):
        if process.fresh():
            _give_back(*old[place + 1 :])
            return process
        process.end()
    return _Process()


def _give_back(*processes: _Process) -> None:
    with _lock:
        _spare.extend(processes)
        surplus = _spare[SPARE:]
        del _spare[SPARE:]
    for process in surplus:
        process.end()


def _forget() -> None:
    """A copy of this process has none of its own: those belong to the original."""
    global _lock
    _lock = threading.Lock()
    _spare.clear()


os.register_at_fork(after_in_child=_forget)


def printed(html: str) -> bytes:
    """The PDF of ``html``, a page that brings all it needs.

    MissingError when no typeface has a character of it, PressError when it cannot be printed.
    """
    process = _taken()
    try:
        kind, content = process.printed(html.encode())
    except BaseException:
        process.end()
        raise
    _give_back(process)
    if kind == PDF:
        return content
    if kind == MISSING:
        raise MissingError(content.decode())
    raise PressError(content.decode(errors="replace"))
