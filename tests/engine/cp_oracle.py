"""An oracle for large cases: CP-SAT of OR-Tools, asked level by level.

Like ``oracle`` it shares nothing with the engine but its values, and it tells the value of
the best placement by readings.md A8, then the credits area by area (A3): the first level
is made as good as may be, held there, then the next. Courses of distinct codes, all
matched by code; no decisions.
"""

from decimal import Decimal

import oracle
from ortools.sat.python import cp_model

SCALE = 4
"""Units of a credit: the cases have quarters of a credit at the finest."""


class Model:
    """Which lines each course counts at, as yes-or-no variables."""

    def __init__(self, framework, enrolments):
        self.model = cp_model.CpModel()
        self.framework = framework
        self.enrolments = [e for e in enrolments if e.state in oracle.COUNTING]
        self.taken = [self._lines(enrolment) for enrolment in self.enrolments]
        self.leaves = oracle.leaves(framework)
        self.held = {area.code: self._held(area.code) for area in framework.areas}
        for area in framework.areas:
            if area.max_credits is not None:
                self.model.add(self.held[area.code] <= units(area.max_credits))

    def _lines(self, enrolment):
        """The variable of each line where the course may count, with what binds them."""
        lines = oracle.open_lines(self.framework, enrolment)
        taken = {line: self.model.new_bool_var(f"{enrolment.code}/{line.area}") for line in lines}
        inside = [line for line in lines if line.area is not None]
        self.model.add_at_most_one(taken[line] for line in inside if not line.shareable)
        for line in lines:
            if line.area is None:
                for other in inside:
                    self.model.add_at_most_one(taken[line], taken[other])
        return taken

    def _inside(self, code):
        """By course, the variables of its lines in the area or below it."""
        for taken in self.taken:
            yield [
                variable
                for line, variable in taken.items()
                if line.area is not None and code in oracle.up(self.framework, line.area)
            ]

    def _any(self, variables):
        """A variable that says whether one of them is true."""
        if len(variables) < 2:
            return variables[0] if variables else 0
        one = self.model.new_bool_var("")
        self.model.add_max_equality(one, variables)
        return one

    def _held(self, code):
        """Units in the area, each course once."""
        inside = zip(self.enrolments, self._inside(code), strict=True)
        return sum(units(e.credits) * self._any(variables) for e, variables in inside)

    def _missing(self, least, held):
        """What ``held`` lacks of ``least``."""
        missing = self.model.new_int_var(0, least, "")
        self.model.add_max_equality(missing, [0, least - held])
        return missing

    def levels(self):
        """What is compared in turn, most being best: as ``oracle.value`` has it."""
        short = [self._missing(units(a.min_credits), self.held[a.code]) for a in self.leaves]
        few = [
            self._missing(area.min_courses, sum(map(self._any, self._inside(area.code))))
            for area in self.leaves
        ]
        met = [self.model.new_bool_var("") for _ in self.leaves]
        for is_met, credits_short, courses_short in zip(met, short, few, strict=True):
            self.model.add(credits_short + courses_short == 0).only_enforce_if(is_met)
        total = sum(
            units(enrolment.credits)
            * self._any([taken[line] for line in taken if line.counts_in_total])
            for enrolment, taken in zip(self.enrolments, self.taken, strict=True)
        )
        return [sum(met), -sum(short), -sum(few), total, *(self.held[a.code] for a in self.leaves)]


def best(framework, enrolments, found=None):
    """The value of the best placement of all that counts, as ``oracle.best`` tells it.

    ``found``: the value of a placement, than which the best is no worse; then it is sooner done.
    """
    asked = Model(framework, enrolments)
    values = []
    known = found and [found[0], units(found[1]), found[2], units(found[3]), *map(units, found[4])]
    for number, level in enumerate(asked.levels()):
        if known and values == known[:number] and not isinstance(level, int):
            asked.model.add(level >= known[number])
        values.append(_most(asked.model, level))
        asked.model.add(level == values[-1])
    met, short, few, total, *held = values
    credits_held = tuple(Decimal(units_held) / SCALE for units_held in held)
    return met, Decimal(short) / SCALE, few, Decimal(total) / SCALE, credits_held


def _most(model, level):
    """The most that ``level`` can be."""
    if isinstance(level, int):
        return level
    model.maximize(level)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # the same search every time
    status = solver.solve(model)
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return round(solver.objective_value)


def units(amount):
    """Credits as a whole number."""
    whole = amount * SCALE
    assert whole == int(whole)
    return int(whole)
