"""An oracle for large cases: CP-SAT of OR-Tools, asked level by level.

Like ``oracle`` it shares nothing with the engine but its values, and it tells the value of
the best placement by readings.md A8, then the credits area by area (A3): the first level
is made as good as may be, held there, then the next. Courses of distinct codes, all
matched by code; no decisions. Rules across areas (A51) are bound as the sentences have them, but
for orders of courses, which bind no placement.
"""

from decimal import Decimal
from itertools import chain

import oracle
import reference
from degree_audit import Per, RuleKind
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
        self.asked = []
        for rule in framework.counting_rules:
            if rule.kind is RuleKind.LIMIT:
                self._limit(rule)
            elif rule.kind is RuleKind.ALL_OR_NONE:
                self._together(rule)
        for area in framework.areas:
            if area.max_children is not None:
                children = [one.code for one in framework.areas if one.parent == area.code]
                inside = (list(chain.from_iterable(self._inside(code))) for code in children)
                self.model.add(sum(map(self._any, inside)) <= area.max_children)

    def _limit(self, rule):
        """What a limit lets count at most; what it asks at least is kept for the levels."""
        parts = {}
        for enrolment, taken in zip(self.enrolments, self.taken, strict=True):
            if reference.asked(self.framework, rule, enrolment):
                inside = [
                    variable
                    for line, variable in taken.items()
                    if rule.area is None
                    or (line.area and rule.area in oracle.up(self.framework, line.area))
                ]
                part = enrolment.term if rule.per is Per.TERM else ""
                part = enrolment.name if rule.per is Per.NAME else part
                parts.setdefault(part, []).append((enrolment, self._any(inside)))
        most = [] if rule.max_credits is None else [rule.max_credits]
        if rule.max_share is not None:
            most.append(rule.max_share * self.framework.graduation_credits)
        for counted in parts.values():
            size = sum(units(one.credits) * variable for one, variable in counted)
            for number in most:
                self.model.add(size <= int(number * SCALE))
            if rule.max_courses is not None:
                self.model.add(sum(variable for _, variable in counted) <= rule.max_courses)
        if rule.min_credits or rule.min_courses:
            everyone = list(chain.from_iterable(parts.values()))
            size = sum(units(one.credits) * variable for one, variable in everyone)
            self.asked.append((rule, size, sum(variable for _, variable in everyone)))

    def _together(self, rule):
        """Of a group all or none."""
        found = {code: [] for code in rule.courses}
        for taken in self.taken:
            for line, variable in taken.items():
                if line.code in found:
                    found[line.code].append(variable)
        for variables in found.values():
            for variable in variables:
                for others in found.values():
                    self.model.add(sum(others) >= variable)

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
        """What is compared in turn, most being best: as ``oracle.Asked.value`` has it."""
        short = [self._missing(units(a.min_credits), self.held[a.code]) for a in self.leaves]
        few = [
            self._missing(area.min_courses, sum(map(self._any, self._inside(area.code))))
            for area in self.leaves
        ]
        short += [self._missing(units(x.min_credits), size) for x, size, _ in self.asked]
        few += [self._missing(x.min_courses, number) for x, _, number in self.asked]
        met = [self.model.new_bool_var("") for _ in short]
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
    # Before every level it would try variables out, which takes longer here than it saves.
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    status = solver.solve(model)
    assert status == cp_model.OPTIMAL, solver.status_name(status)
    return round(solver.objective_value)


def units(amount):
    """Credits as a whole number."""
    whole = amount * SCALE
    assert whole == int(whole)
    return int(whole)
