"""How much one audit may search: a number of steps, never a time (A33).

Steps are counted where the work can grow without a bound: sets of courses gone through,
areas decided, ways compared. So what an audit answers depends on its input alone, on any
machine, however busy. When the steps are used up, the best placement found so far is made
a little better by single moves (nearby.py), and the result says that it is not proven best.
"""

from __future__ import annotations

STEPS = 250_000
"""Steps of the exact searches of one audit: about a second of work at most. What frameworks
of the usual kind need is a thousandth of it."""

MOVES = 150_000
"""Moves tried on what is not proven best, in one audit."""


class OutOfStepsError(Exception):
    """The exact search is given up; caught where a placement found by moves can stand in."""


class Budget:
    """What is left for one audit. ``proven``: nothing was given up so far."""

    __slots__ = ("_reserve", "moves", "proven", "steps")

    def __init__(self, steps: int = STEPS, moves: int = MOVES) -> None:
        self.steps = steps
        self.moves = moves
        self._reserve = steps // 8
        self.proven = True

    def spend(self, steps: int) -> None:
        """Take ``steps``; raises ``OutOfStepsError`` when there are not so many left."""
        self.steps -= steps
        if self.steps < 0:
            raise OutOfStepsError

    def give_up(self) -> None:
        """One search was given up: the others of this audit share a reserve, half of it each."""
        self.proven = False
        self.steps = self._reserve
        self._reserve //= 2

    def may(self, steps: int) -> bool:
        """Whether so many steps are left; if not, what they are for is given up."""
        if self.steps < steps:
            self.proven = False
            return False
        return True

    def move(self) -> bool:
        """Take one move; False when none are left."""
        self.moves -= 1
        return self.moves >= 0
