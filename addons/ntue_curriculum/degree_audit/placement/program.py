"""An allocation as an integer program: yes-or-no variables, rows that bind them, levels.

What the exact searches are too slow for is asked in this form of a solver that others keep
(kept_solver.py). The program says what unlike_places.py says of shareable places, caps and
total-only places, for any framework; its levels are those of worth.py, in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, NamedTuple

from ..framework.prepared import PreparedFramework
from ..framework.spots import Spot
from .courses import Course, Placement
from .tally import Tally
from .unlike_places import Openings, binding, openings_of

Terms = list[tuple[int, int]]
"""A sum: numbers of variables, and what each is multiplied by."""

NO_BOUND = 1 << 40
"""More than any sum of a row."""


class Row(NamedTuple):
    """``least`` <= the sum of ``terms`` <= ``most``."""

    terms: Terms
    least: int
    most: int


class Level(NamedTuple):
    """What is to be as much as possible: the sum of ``terms``, and ``base`` besides."""

    terms: Terms
    base: int

    def worth(self, values: list[int]) -> int:
        """What it is when the variables have these ``values``."""
        return self.base + sum([values[one] * times for one, times in self.terms])


class Asked(NamedTuple):
    """What a leaf asks: ``credits``, in the row of that number.

    ``is_met``, ``lacks``: the variables of its being met and of the credits missing there.
    """

    is_met: int
    lacks: int
    credits: int
    row: int


class Program:
    """One allocation.

    ``upper``: the most that each variable may be; the least is 0, and all are whole.
    ``levels``: what is made as much as may be, in turn: met leaves; less the credits, then
    the courses missing there; credits in the total; mapped courses that count; credits leaf
    by leaf. ``asked``: by the leaves that ask credits. ``options``: of the solver, besides its own.
    """

    options: ClassVar[Mapping[str, object]] = {}

    def __init__(self, prepared: PreparedFramework, courses: list[Course], tally: Tally) -> None:
        self._prepared = prepared
        self.upper: list[int] = []
        self.rows: list[Row] = []
        self.asked: list[Asked] = []
        self._rooms = binding(prepared, courses, tally)
        self._taken = tally.taken[:]
        self._counted = tally.courses[:]
        self._held: dict[int, Terms] = {leaf: [] for leaf in prepared.leaves}
        self._numbers: dict[int, Terms] = {leaf: [] for leaf in prepared.leaves}
        self._capped: dict[int, Terms] = {area: [] for area in self._rooms}
        self._total = Level([], 0)
        self._mapped = Level([], 0)
        self._choices = [self._add(course) for course in courses]
        for area, terms in self._capped.items():
            self.rows.append(Row(terms, -NO_BOUND, self._rooms[area]))
        self.levels = [*self._needs(), self._total, self._mapped, *self._leaf_by_leaf()]

    def placements(self, values: list[int]) -> list[Placement]:
        """The placement of each course when the variables have these ``values``."""
        return [
            tuple(spot for spot, variable in choice if variable is None or values[variable])
            for choice in self._choices
        ]

    def _variable(self, upper: int = 1) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def _add(self, course: Course) -> list[tuple[Spot, int | None]]:
        """Each spot of ``course`` with the variable that says whether it counts there.

        None: it does, whatever else is.
        """
        open_to = openings_of(course)
        if course.forced:
            return self._force(course, open_to)
        shared = [(spot, self._variable()) for spot in open_to.shared]
        spots = [(spot, self._variable()) for spot in open_to.spots]
        elsewhere = [] if open_to.elsewhere is None else [(open_to.elsewhere, self._variable())]
        alone = [variable for _, variable in (*spots, *elsewhere)]
        self._at_most_one(alone)
        for _, other in elsewhere:
            for _, variable in shared:
                self._at_most_one([other, variable])
        covers = self._count(course, [*shared, *spots], set(alone))
        everywhere = [*shared, *spots, *elsewhere]
        in_total = [variable for spot, variable in everywhere if spot.in_total]
        found = self._any(in_total, set(alone), at_most=True)
        self._keep_below(found, in_total, covers)
        self._total.terms.extend((one, course.units) for one in found)
        if course.mapped:
            placed = [variable for _, variable in everywhere]
            found = self._any(placed, set(alone), at_most=True)
            self._keep_below(found, placed, covers)
            self._mapped.terms.extend((one, 1) for one in found)
        return [(spot, variable) for spot, variable in everywhere]

    def _force(self, course: Course, open_to: Openings) -> list[tuple[Spot, int | None]]:
        """A course that counts whatever the caps say; ``binding`` has left room for it."""
        taken = [*open_to.shared, *open_to.spots[:1]]
        if not taken and open_to.elsewhere is not None:
            taken = [open_to.elsewhere]
        for spot in taken:
            if spot.area >= 0:
                self._taken[spot.area] += course.units
                self._counted[spot.area] += 1
        counts = any(spot.in_total for spot in taken)
        self._total = Level(self._total.terms, self._total.base + course.units * counts)
        self._mapped = Level(self._mapped.terms, self._mapped.base + bool(taken))
        return [(spot, None) for spot in taken]

    def _count(
        self, course: Course, taken: list[tuple[Spot, int]], alone: set[int]
    ) -> dict[int, int]:
        """What ``course`` adds to its leaves, and once to each cap above them.

        Returns, for variables under a cap that is above another, too, the one that says whether
        the course takes of the widest such cap.
        """
        below: dict[int, list[int]] = {}
        for spot, variable in taken:
            self._held[spot.area].append((variable, course.units))
            self._numbers[spot.area].append((variable, 1))
            for area in self._prepared.above(spot):
                if area in self._rooms:
                    below.setdefault(area, []).append(variable)
        covers: dict[int, int] = {}
        for area, variables in sorted(below.items(), key=lambda cap: len(cap[1])):
            found = self._any(variables, alone, at_most=False)
            self._capped[area] += [(one, course.units) for one in found]
            if found != variables:
                covers.update(dict.fromkeys(variables, found[0]))
        return covers

    def _keep_below(self, found: list[int], variables: list[int], covers: dict[int, int]) -> None:
        """A course that counts takes of the cap above its place, ``covers``.

        Of whole courses that is so anyhow. Of one that could be divided, a half at each of two
        places under one cap would count whole and take half of the cap: the bounds of the linear
        program would be far above what there is.
        """
        if found != variables and any(one in covers for one in variables):
            above = sorted({covers.get(one, one) for one in variables})
            self.rows.append(Row([(found[0], 1), *((one, -1) for one in above)], -NO_BOUND, 0))

    def _at_most_one(self, variables: list[int]) -> None:
        if len(variables) > 1:
            self.rows.append(Row([(one, 1) for one in variables], -NO_BOUND, 1))

    def _any(self, variables: list[int], alone: set[int], *, at_most: bool) -> list[int]:
        """Variables whose sum says whether one of ``variables`` is taken.

        Of those in ``alone`` one is taken at most. ``at_most``: the sum is bounded from above
        only, for what is to be much; else from below, for what is to be little.
        """
        others = [one for one in variables if one not in alone]
        if not others or len(variables) == 1:
            return variables
        found = self._variable()
        if at_most:
            self.rows.append(Row([(found, 1), *((one, -1) for one in variables)], -NO_BOUND, 0))
            return [found]
        together = [(one, -1) for one in variables if one in alone]
        for terms in ([(one, -1)] for one in others):
            self.rows.append(Row([(found, 1), *terms], 0, NO_BOUND))
        if together:
            self.rows.append(Row([(found, 1), *together], 0, NO_BOUND))
        return [found]

    def _needs(self) -> list[Level]:
        """Leaves met, credits and courses missing; what is missing counts below 0."""
        met, base = [], 0
        missing: list[Terms] = [[], []]
        for leaf in self._prepared.leaves:
            asked = (
                (self._held[leaf], self._prepared.min_units[leaf] - self._taken[leaf]),
                (self._numbers[leaf], self._prepared.min_courses[leaf] - self._counted[leaf]),
            )
            if all(least <= 0 for _, least in asked):
                base += 1
                continue
            is_met = self._variable()
            met.append((is_met, 1))
            for (terms, least), level in zip(asked, missing, strict=True):
                if least > 0:
                    lacks = self._variable(least)
                    if level is missing[0]:
                        self.asked.append(Asked(is_met, lacks, least, len(self.rows)))
                    level.append((lacks, -1))
                    self.rows.append(Row([*terms, (lacks, 1)], least, NO_BOUND))
                    self.rows.append(Row([(lacks, 1), (is_met, least)], -NO_BOUND, least))
        return [Level(met, base), *(Level(terms, 0) for terms in missing)]

    def _leaf_by_leaf(self) -> Iterable[Level]:
        return [Level(self._held[leaf], self._taken[leaf]) for leaf in self._prepared.leaves]
