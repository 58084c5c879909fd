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


SEARCHED = 4_000
"""Steps after which an allocation is handed over, where there is somebody to take it."""

ITERATIONS = 20_000
"""Of the kept solver's simplex method, in one audit: about a second of work; those of its linear
program by itself count as fewer (kept_solver.py)."""


class OutOfStepsError(Exception):
    """The exact search is given up; caught where a placement found by moves can stand in."""


class HandedOverError(Exception):
    """The search is left to another solver; caught in allocation.py."""


class Budget:
    """What is left for one audit. ``proven``: nothing was given up so far.

    ``iterations``: what the kept solver may still take.
    """

    __slots__ = (
        "_floor",
        "_given",
        "_hands_over",
        "_reserve",
        "_taken",
        "iterations",
        "moves",
        "proven",
        "steps",
    )

    def __init__(self, steps: int = STEPS, moves: int = MOVES) -> None:
        self.steps = self._given = steps
        self.moves = moves
        self.iterations = ITERATIONS
        self._reserve = steps // 8
        self._taken = 0
        self._floor = 0
        self._hands_over = False
        self.proven = True

    @property
    def spent(self) -> int:
        """Steps that were taken, those of another solver among them; all where it was given up."""
        if not self.proven:
            return STEPS
        searched = self._taken + self._given - self.steps
        return searched + (ITERATIONS - self.iterations) * (STEPS // ITERATIONS)

    def hand_over(self, *, to_another: bool) -> None:
        """From now on, what would be given up is left to another solver, or is not."""
        self._hands_over = to_another
        self._floor = max(0, self.steps - SEARCHED) if to_another else 0

    def spend(self, steps: int) -> None:
        """Take ``steps``; raises ``OutOfStepsError`` when there are not so many left."""
        self.steps -= steps
        if self.steps < self._floor:
            raise OutOfStepsError

    def give_up(self) -> None:
        """One search was given up: the others of this audit share a reserve, half of it each.

        Raises ``HandedOverError`` while another solver is to take it.
        """
        if self._hands_over:
            raise HandedOverError
        self.proven = False
        self.refill()

    def refill(self) -> None:
        """Let what follows a search that took all steps share the reserve, half of it each."""
        self._taken += self._given - self.steps
        self.steps = self._given = self._reserve
        self._reserve //= 2

    def may(self, steps: int) -> bool:
        """Whether so many steps are left; if not, what they are for is given up."""
        if self.steps - self._floor < steps:
            if self._hands_over:
                raise HandedOverError
            self.proven = False
            return False
        return True

    def move(self) -> bool:
        """Take one move; False when none are left."""
        self.moves -= 1
        return self.moves >= 0
