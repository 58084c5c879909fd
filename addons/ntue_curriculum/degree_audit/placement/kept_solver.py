"""The best placement from HiGHS, an integer solver that others keep (MIT licence).

An optional package: where ``highspy`` is not installed, nothing is handed over, and the best
placement that moves find is the answer (A33). Levels are solved in turn, each held before the
next, with one thread and a fixed seed, so that the same input has the same answer. Work is
bounded in nodes of the solver's tree and iterations of its simplex method, never in time.
What comes back is reckoned again in whole numbers; nothing is believed that is not so.

Most levels need no tree. Of courses that could be divided a linear program says how much a level
can be at most, going on from the level before in a few iterations; where what was found last is
that much already, it is proven. For the others there are two ways. What each of them can be at most
when those before it are, is asked of all at once, with nothing to be made as much as may be: one
placement that reaches it settles them all, and that nothing does is mostly seen without a tree.
That is asked once, and by itself of what is missing, credits and courses.
Else one tree decides as many levels as one sum of small whole numbers can say: how far each can
still vary is known from the same linear program.

Three things make the trees smaller. A level that is settled decides variables: what would cost it
more than it can lose, by the linear program, stays as it is (decided.py). Where much is missing,
which leaves are met together is bounded by one row over all of them: what they ask is no more than
the credits that are not missing at best. And once it is known how much is missing, no leaf is over
what it asks by more than all together can be. Sums of rows say so already, but a tree looks at one
row at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from math import floor
from typing import Any, NamedTuple

from .decided import decided
from .program import NO_BOUND, Level, Program, Row

NODES = 2_000
"""Of the solver's tree, for one sum of levels."""

USED = (
    "HighsLp",
    "HighsModelStatus",
    "HighsSolution",
    "HighsVarType",
    "MatrixFormat",
    "ObjSense",
    "_Highs",
    "kHighsIInf",
    "kHighsInf",
)
"""What is used of the package; a version may be without."""

REACHING = 400
"""Of its tree, for a placement that reaches what levels can be at most."""

CHEAPER = 4
"""Iterations of the linear program by itself that take as long as one within a tree, at least."""

ITERATIONS_A_NODE = 16
"""The least that one takes: so many nodes at most as the iterations that are left suffice for."""

MISSING = 1
"""The level of the credits missing."""

TOTAL = 3
"""The first level that is decided together with others: those before it are about what is met."""

SUM = 100_000
"""Values that one sum of levels can have; with more, floating-point numbers tell them apart less
surely, and the tree has more to prove at once."""

OPTIONS: dict[str, object] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,
    "mip_feasibility_tolerance": 1e-7,
    # Its ways to find good solutions that gain nothing here are off; few cuts are kept.
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_allow_restart": False,
    "mip_allow_cut_separation_at_nodes": True,
    "mip_pool_soft_limit": 100,
    "mip_pool_age_limit": 3,
    "mip_lp_age_limit": 3,
    "mip_pscost_minreliable": 2,
}
"""Every solution is whole, so a gap below 1 leaves nothing better. Others than these are
HiGHS's own; one that its version does not have is left out."""

JUMPS_FROM = 100
"""Variables from which on HiGHS may look for a first solution by jumps: three milliseconds in every
tree, which is longer than all else takes where there are few."""

RELAXED: dict[str, object] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",
    "solver": "simplex",
    "simplex_strategy": 4,
}
"""For the relaxation, which goes on from one level to the next where it stopped: by the primal
method, since what is best for one level is possible for the next."""


class Solved(NamedTuple):
    """``values`` of the variables, None when none were found; what they are worth by level.

    ``proven``: so many of the levels are proven best, one after the other. ``iterations``:
    what it took.
    """

    values: list[int] | None
    worth: list[int]
    proven: int
    iterations: int


@cache
def is_there() -> bool:
    """Whether the solver is installed."""
    return find_spec("highspy") is not None


def solve(program: Program, iterations: int) -> Solved:
    """The best of ``program``, level by level.

    Beyond ``iterations`` no further level is begun, and what was found is not proven. A
    package that is there and cannot be used finds nothing.
    """
    package = _usable()
    if package is None:
        return Solved(None, [], 0, iterations)
    return _Solving(package, program, iterations).solved()


def _usable() -> Any:
    """The package; None where it is there and cannot be used: mistakes of ours are not hidden."""
    try:
        package = import_module("highspy")
    except (AttributeError, ImportError):  # as it does where it meets another numpy
        return None
    return package if all(hasattr(package, name) for name in USED) else None


class _Solving:
    """One program, solved once; ``_relaxed`` is the same program with divisible courses."""

    def __init__(self, package: Any, program: Program, iterations: int) -> None:
        self._package = package
        self._program = program
        self._allowed = iterations
        self._used = 0
        self._said = 0.0
        self._values: list[int] | None = None
        self._has_asked_of_all = False
        self._fixed: set[int] = set()
        jumps = {"mip_heuristic_run_feasibility_jump": len(program.upper) >= JUMPS_FROM}
        self._highs = self._made({**OPTIONS, **jumps, **program.options}, whole=True)
        self._relaxed = self._made(RELAXED, whole=False)

    def solved(self) -> Solved:
        """See ``solve``."""
        proven, levels = 0, self._program.levels
        self._bound_what_is_met()
        while proven < len(levels):
            if not levels[proven].terms:
                proven += 1
            elif self._is_full(levels[proven]):
                self._hold(levels[proven])
                proven += 1
            elif self._is_bounded(levels[proven]):
                self._hold(levels[proven], is_bounded=True)
                proven += 1
            else:
                number = self._settled(proven)
                if not number:
                    break
                for level in levels[proven : proven + number]:
                    self._hold(level)
                proven += number
        values = self._values
        if values is None and proven == len(levels):  # nothing depends on any of them
            values = [0] * len(self._program.upper)
        worth = [] if values is None else [level.worth(values) for level in levels]
        return Solved(values, worth, proven, self._used)

    def _bound_what_is_met(self) -> None:
        """Say of all leaves together that what the met ones ask is there."""
        asked = self._program.asked
        missing = self._bound(Level([(one.lacks, -1) for one in asked], 0)) if asked else None
        if missing is not None and self._is_a_leaf(missing):
            there = missing + sum(one.credits for one in asked)
            row = Row([(one.is_met, one.credits) for one in asked], -NO_BOUND, there)
            self._program.rows.append(row)
            numbers, times = zip(*row.terms, strict=True)
            for highs in (self._highs, self._relaxed):
                below = -self._package.kHighsInf
                highs.addRow(below, float(there), len(numbers), list(numbers), list(times))

    def _is_a_leaf(self, missing: int) -> bool:
        """Whether as much is missing as some leaf asks; if less, the rows say nothing new."""
        return -missing >= min((one.credits for one in self._program.asked), default=NO_BOUND)

    def _bound_what_is_over(self) -> None:
        """Say of each leaf that it is over what it asks by no more than all together can be."""
        program = self._program
        terms = [term for one in program.asked for term in program.rows[one.row].terms]
        together = self._bound(Level(terms, 0)) if terms else None
        if together is not None:
            over = together - sum(one.credits for one in program.asked)
            for one in program.asked:
                least, most = float(one.credits), float(one.credits + over)
                self._highs.changeRowBounds(one.row, least, most)
                self._relaxed.changeRowBounds(one.row, least, most)

    def _settled(self, first: int) -> int:
        """So many levels from ``first`` on are proven to be as much as may be, by the values."""
        levels = self._program.levels
        if first and not self._has_asked_of_all:
            self._has_asked_of_all = True
            most = self._most(levels[first:])
            if self._reaches(most):
                return len(most)
        # What is missing, credits and courses, is mostly what it would be of divisible courses.
        if 0 < first < TOTAL and self._reaches(self._most(levels[first : first + 1])):
            return 1
        spans = self._spans(first)
        number = len(spans)
        together = _together(levels[first : first + number], spans)
        return number if self._solves(together) else 0

    def _most(self, levels: list[Level]) -> list[Row]:
        """Of each of ``levels`` that it is as much as it can be when those before it are.

        Of courses that could be divided; up to the first of which that is not known.
        """
        found: list[Row] = []
        before = self._relaxed.getNumRow()
        for level in levels:
            most = self._bound(level) if level.terms else level.base
            if most is None:
                break
            found.append(Row(level.terms, most - level.base, NO_BOUND))
            self._hold_relaxed(found[-1])
        added = range(before, self._relaxed.getNumRow())
        if added:
            self._relaxed.deleteRows(len(added), list(added))
        return found

    def _reaches(self, wanted: list[Row]) -> bool:
        """Whether values were found that keep to the rows ``wanted``, too; they are the values."""
        rows, highs = [row for row in wanted if row.terms], self._highs
        if not rows or self._used >= self._allowed:
            return False
        self._maximise(highs, Level([], 0))
        before = highs.getNumRow()
        for row in rows:
            self._add(row)
        highs.clearSolver()
        highs.setOptionValue("mip_max_improving_sols", 1)
        values = self._tried(REACHING)
        highs.setOptionValue("mip_max_improving_sols", self._package.kHighsIInf)
        highs.deleteRows(len(rows), list(range(before, before + len(rows))))
        if not self._is_legal(values, rows):
            return False
        self._values = values
        return True

    def _spans(self, first: int) -> list[int]:
        """How many values each level from ``first`` on can have, as many as one sum can say.

        1 for the first, since it decides.
        """
        spans, values = [1], 1
        for level in self._program.levels[first + 1 :] if first >= TOTAL else ():
            span = self._span(level)
            values *= span
            if values > SUM:
                break
            spans.append(span)
        return spans

    def _span(self, level: Level) -> int:
        """How many values the level can have at most; more than any sum says where that is open."""
        if not level.terms:
            return 1
        opposite = Level([(one, -times) for one, times in level.terms], -level.base)
        most, least = self._bound(level), self._bound(opposite)
        return SUM + 1 if most is None or least is None else most + least + 1

    def _bound(self, level: Level) -> int | None:
        """The most that the level can be, of courses that could be divided; None: not known."""
        if self._used >= self._allowed:
            return None
        self._maximise(self._relaxed, level)
        self._relaxed.run()
        info = self._relaxed.getInfo()
        self._used += -(-info.simplex_iteration_count // CHEAPER)
        if self._relaxed.getModelStatus() != self._package.HighsModelStatus.kOptimal:
            return None
        most: int = floor(level.base + info.objective_function_value + _TOLERANCE)
        return most

    def _is_full(self, level: Level) -> bool:
        """Whether ``level`` is as much as it could be if nothing else was asked."""
        upper = self._program.upper
        most = level.base + sum(upper[one] * times for one, times in level.terms if times > 0)
        return self._values is not None and level.worth(self._values) == most

    def _is_bounded(self, level: Level) -> bool:
        """Whether the level is as much as it could be of courses that could be divided."""
        if self._values is None:
            return False
        most = self._bound(level)
        return most is not None and level.worth(self._values) >= most

    def _solves(self, level: Level) -> bool:
        """Whether ``level`` is proven to be as much as may be, by the values."""
        if self._used >= self._allowed:
            return False
        self._maximise(self._highs, level)
        proves = self._run(level, self._values)
        if not proves and self._values is not None and self._said > level.worth(self._values):
            # It improved what it started from, says so, and gave back what it started from.
            proves = self._run(level, None)
        return proves

    def _maximise(self, highs: Any, level: Level) -> None:
        """Let the sum of ``level`` be what is made as much as may be."""
        size = len(self._program.upper)
        costs = [0.0] * size
        for one, times in level.terms:
            costs[one] += times
        highs.changeColsCost(size, list(range(size)), costs)

    def _run(self, level: Level, begin: list[int] | None) -> bool:
        """Run the solver, from the values ``begin`` if there are some; whether it proves."""
        highs = self._highs
        if begin is None:
            highs.clearSolver()
        else:
            start = self._package.HighsSolution()
            start.col_value = [float(value) for value in begin]
            highs.setSolution(start)
        values = self._tried(NODES)
        info = highs.getInfo()
        self._said = level.base + info.objective_function_value
        is_better = self._values is None or level.worth(values) >= level.worth(self._values)
        if is_better and self._is_legal(values):
            self._values = values
        if self._values is None:
            return False
        most = level.base + info.mip_dual_bound
        return bool(most < level.worth(self._values) + 1 - _TOLERANCE)

    def _tried(self, nodes: int) -> list[int]:
        """The rounded values of what the tree has found in so many ``nodes``."""
        highs = self._highs
        suffices = 1 + (self._allowed - self._used) // ITERATIONS_A_NODE
        highs.setOptionValue("mip_max_nodes", max(1, min(nodes, suffices)))
        highs.run()
        self._used += max(1, highs.getInfo().simplex_iteration_count)
        found = highs.getSolution().col_value
        return [round(value) for value in found] or [-1] * len(self._program.upper)

    def _is_legal(self, values: list[int], more: Iterable[Row] = ()) -> bool:
        """Whether ``values`` keep to every row, those of earlier levels and ``more`` too."""
        within = all(
            0 <= value <= up for value, up in zip(values, self._program.upper, strict=True)
        )
        return within and all(
            least <= sum([values[one] * times for one, times in terms]) <= most
            for terms, least, most in (*self._program.rows, *more)
        )

    def _hold(self, level: Level, *, is_bounded: bool = False) -> None:
        """Let ``level`` stay what it is, whatever later levels are worth.

        ``is_bounded``: the linear program was asked for its most just before.
        """
        if self._values is None or not level.terms:
            return
        held = level.worth(self._values) - level.base
        row = Row(level.terms, held, NO_BOUND)
        self._program.rows.append(row)
        if is_bounded or self._bound(level) is not None:
            self._fix(level)
        self._add(row)
        self._hold_relaxed(row)
        if level is self._program.levels[MISSING] and self._is_a_leaf(held):
            self._bound_what_is_over()

    def _fix(self, level: Level) -> None:
        """Let variables that ``level``, which is proven, decides stay as they are in the values.

        The linear program was asked for the most of ``level`` just before, and nothing since.
        """
        if self._values is None:
            return
        solution = self._relaxed.getSolution()
        most = level.base + self._relaxed.getInfo().objective_function_value
        loses = most - level.worth(self._values) + _TOLERANCE
        for one in decided(solution.col_value, solution.col_dual, self._values, loses):
            if one not in self._fixed:
                self._fixed.add(one)
                value = float(self._values[one])
                self._highs.changeColBounds(one, value, value)
                self._relaxed.changeColBounds(one, value, value)

    def _add(self, row: Row) -> None:
        """Let the sum of ``row`` be no less than its least from now on."""
        numbers, times = zip(*row.terms, strict=True)
        infinity = self._package.kHighsInf
        self._highs.addRow(float(row.least), infinity, len(numbers), list(numbers), list(times))

    def _hold_relaxed(self, row: Row) -> None:
        """Let the sum of ``row`` be its least, of courses that can be divided."""
        if row.terms:
            numbers, times = zip(*row.terms, strict=True)
            least = float(row.least)
            self._relaxed.addRow(least, least, len(numbers), list(numbers), list(times))

    def _made(self, options: dict[str, object], *, whole: bool) -> Any:
        """The solver with these options and the program."""
        # The class below its ``Highs``, which prints its name and version when it is made.
        highs = self._package._Highs()
        for name, value in options.items():
            highs.setOptionValue(name, value)
        highs.passModel(self._model(whole))
        return highs

    def _model(self, whole: bool) -> Any:
        """The program as the solver takes it, without an objective."""
        package, program = self._package, self._program
        model = package.HighsLp()
        model.num_col_, model.num_row_ = len(program.upper), len(program.rows)
        model.sense_ = package.ObjSense.kMaximize
        model.col_cost_ = [0.0] * len(program.upper)
        model.col_lower_ = [0.0] * len(program.upper)
        model.col_upper_ = [float(up) for up in program.upper]
        if whole:
            model.integrality_ = [package.HighsVarType.kInteger] * len(program.upper)
        infinity = package.kHighsInf
        model.row_lower_ = [-infinity if r.least <= -NO_BOUND else r.least for r in program.rows]
        model.row_upper_ = [infinity if r.most >= NO_BOUND else r.most for r in program.rows]
        matrix = model.a_matrix_
        matrix.format_ = package.MatrixFormat.kRowwise
        starts = [0]
        for row in program.rows:
            starts.append(starts[-1] + len(row.terms))
        matrix.start_ = starts
        matrix.index_ = [one for row in program.rows for one, _ in row.terms]
        matrix.value_ = [float(times) for row in program.rows for _, times in row.terms]
        return model


_TOLERANCE = 1e-4
"""How far the solver's bound, a floating-point number, may be off."""


def _together(levels: list[Level], spans: list[int]) -> Level:
    """One level that says ``levels``: the first one decides, then the next.

    ``spans``: how many values each can have, the first apart.
    """
    terms: dict[int, int] = {}
    base, factor = 0, 1
    for level, span in zip(reversed(levels), reversed(spans), strict=True):
        for one, times in level.terms:
            terms[one] = terms.get(one, 0) + factor * times
        base += factor * level.base
        factor *= span
    return Level(list(terms.items()), base)
