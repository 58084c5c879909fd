"""Rows with a bar, of which it is remembered whether all were kept."""

import sys

from rows import row


class Rows:
    """Prints a row at once; `end` leaves with 1 when one has missed its bar."""

    def __init__(self):
        self.missed = 0

    def at_most(self, what, figure, bar, unit="", ratio=""):
        self.missed += figure > bar
        row(what, f"{figure:g} {unit}".strip(), f"<= {bar:g}", ratio)

    def say(self, what, figure):
        row(what, figure)

    def end(self):
        sys.exit(1 if self.missed else 0)
