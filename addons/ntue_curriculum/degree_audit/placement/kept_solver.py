"""The best placement from HiGHS, an integer solver that others keep (MIT licence).

An optional package: where ``highspy`` is not installed, nothing is handed over, and the best
placement that moves find is the answer (A33). Levels are solved in turn, each held before the
next, with one thread and a fixed seed, so that the same input has the same answer. Work is
bounded in nodes of the solver's tree and iterations of its simplex method, never in time.
What comes back is reckoned again in whole numbers; nothing is believed that is not so.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from .program import NO_BOUND, Level, Program, Row

NODES = 2_000
"""Of the solver's tree, for one level."""

OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,
    "mip_feasibility_tolerance": 1e-7,
    "mip_max_nodes": NODES,
    # Of its ways to find good solutions those that cost little here; few cuts are kept.
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_zi_round": True,
    "mip_heuristic_run_shifting": True,
    "mip_allow_restart": False,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_pool_soft_limit": 100,
    "mip_pool_age_limit": 3,
    "mip_lp_age_limit": 3,
    "mip_pscost_minreliable": 2,
}
"""Every solution is whole, so a gap below 1 leaves nothing better. Others than these are
HiGHS's own; one that its version does not have is left out."""


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
    try:
        solving = _Solving(program, iterations)
    except (AttributeError, ImportError):
        return Solved(None, [], 0, iterations)
    return solving.solved()


class _Solving:
    """One program, solved once."""

    def __init__(self, program: Program, iterations: int) -> None:
        self._package = import_module("highspy")
        self._program = program
        self._allowed = iterations
        self._used = 0
        self._said = 0.0
        self._values: list[int] | None = None
        # The class below its ``Highs``, which prints its name and version when it is made.
        self._highs = self._package._Highs()
        for name, value in {**OPTIONS, **program.options}.items():
            self._highs.setOptionValue(name, value)
        self._highs.passModel(self._model())

    def solved(self) -> Solved:
        """See ``solve``."""
        proven, levels = 0, self._program.levels
        for level in levels:
            if level.terms:
                values = self._values if self._is_full(level) else self._raised(level)
                if values is None:
                    break
                self._hold(level, values)
            proven += 1
        values = self._values
        if values is None and proven == len(levels):  # nothing depends on any of them
            values = [0] * len(self._program.upper)
        worth = [] if values is None else [_sum(level, values) for level in levels]
        return Solved(values, worth, proven, self._used)

    def _is_full(self, level: Level) -> bool:
        """Whether ``level`` is as much as it could be if nothing else was asked."""
        upper = self._program.upper
        most = level.base + sum(upper[one] * times for one, times in level.terms if times > 0)
        return self._values is not None and _sum(level, self._values) == most

    def _raised(self, level: Level) -> list[int] | None:
        """The values for which ``level`` is proven to be as much as may be."""
        if self._used >= self._allowed:
            return None
        highs, size = self._highs, len(self._program.upper)
        costs = [0.0] * size
        for one, times in level.terms:
            costs[one] += times
        highs.changeColsCost(size, list(range(size)), costs)
        proves = self._run(level, self._values)
        if not proves and self._values is not None and self._said > _sum(level, self._values):
            # It improved what it started from, says so, and gave back what it started from.
            proves = self._run(level, None)
        return self._values if proves else None

    def _run(self, level: Level, begin: list[int] | None) -> bool:
        """Run the solver, from the values ``begin`` if there are some; whether it proves."""
        highs = self._highs
        if begin is None:
            highs.clearSolver()
        else:
            start = self._package.HighsSolution()
            start.col_value = [float(value) for value in begin]
            highs.setSolution(start)
        highs.run()
        info = highs.getInfo()
        self._used += max(1, info.simplex_iteration_count)
        self._said = level.base + info.objective_function_value
        found = highs.getSolution().col_value
        values = [round(value) for value in found] or [-1] * len(self._program.upper)
        is_better = self._values is None or _sum(level, values) >= _sum(level, self._values)
        if is_better and self._is_legal(values):
            self._values = values
        if self._values is None:
            return False
        most = level.base + info.mip_dual_bound
        return bool(most < _sum(level, self._values) + 1 - _TOLERANCE)

    def _is_legal(self, values: list[int]) -> bool:
        """Whether the rounded ``values`` keep to every row, those of earlier levels too."""
        within = all(
            0 <= value <= up for value, up in zip(values, self._program.upper, strict=True)
        )
        return within and all(
            least <= sum(values[one] * times for one, times in terms) <= most
            for terms, least, most in self._program.rows
        )

    def _hold(self, level: Level, values: list[int]) -> None:
        """Let ``level`` stay what it is for ``values``, whatever later levels are worth."""
        least = _sum(level, values) - level.base
        self._program.rows.append(Row(level.terms, least, NO_BOUND))
        numbers, times = zip(*level.terms, strict=True)
        infinity = self._package.kHighsInf
        self._highs.addRow(float(least), infinity, len(numbers), list(numbers), list(times))

    def _model(self) -> Any:
        """The program as the solver takes it, without an objective."""
        package, program = self._package, self._program
        model = package.HighsLp()
        model.num_col_, model.num_row_ = len(program.upper), len(program.rows)
        model.sense_ = package.ObjSense.kMaximize
        model.col_cost_ = [0.0] * len(program.upper)
        model.col_lower_ = [0.0] * len(program.upper)
        model.col_upper_ = [float(up) for up in program.upper]
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


def _sum(level: Level, values: list[int]) -> int:
    return level.base + sum(values[one] * times for one, times in level.terms)
