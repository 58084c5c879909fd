"""Output for the person at the terminal: lines, progress of a task, tables."""

import sys
import time
import unicodedata
from collections.abc import Callable, Sequence

Progress = Callable[[str], None]
"""What a task calls to show how far it is; cheap enough for every line of output."""

QUIET_SECONDS = 10


def line(text: str) -> None:
    """Print one line at once, also into a pipe."""
    print(text, flush=True)


class ProgressLine:
    """Progress of the running task: one changing line on a terminal, a rare line in a log."""

    def __init__(self) -> None:
        self._terminal = sys.stdout.isatty()
        self._last = time.monotonic()

    def __call__(self, text: str) -> None:
        """Show `text`, unless it would flood a log."""
        now = time.monotonic()
        if self._terminal:
            print(f"\r\033[K      {text[:100]}", end="", flush=True)
        elif now - self._last >= QUIET_SECONDS:
            self._last = now
            line(f"      {text}")

    def clear(self) -> None:
        """Wipe the changing line."""
        if self._terminal:
            print("\r\033[K", end="", flush=True)


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return `rows` under `head` in columns, each as wide as its widest cell."""
    lines = [head, *rows]
    widths = [max(width(row[column]) for row in lines) for column in range(len(head))]
    padded = (
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in lines
    )
    return "\n".join(f"  {row}".rstrip() for row in padded)
