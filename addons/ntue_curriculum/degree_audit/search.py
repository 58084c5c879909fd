"""The exact search for the best placement of one component (A8, then A3).

Branch and bound over the areas, from the last in framework order to the first. At an
area it branches over how many courses of each kind stand there, not over which: the
matching (shifts.py) finds out which, and may still change its mind later. The bound
(bounds.py) cuts off what cannot beat the best placement found.
"""

from __future__ import annotations

from typing import NamedTuple

from .bounds import Bounds, scale_of
from .component import Component
from .shifts import FREE, MOVED, State, one_less, one_more, settle, start


class Option(NamedTuple):
    """One way to decide an area: its cost, and the states after it."""

    cost: int
    states: list[State]


class _Branch(NamedTuple):
    bound: int
    cost: int
    states: list[State]


def _by_bound(branch: _Branch) -> tuple[int, int]:
    return branch.bound, branch.cost


def place(component: Component) -> list[int]:
    """For each item of ``component.items``, the number of the place where it stands."""
    states = Search(component).solve()
    places = [0] * len(component.items)
    for state in states:
        for area, courses in enumerate(state[: component.places]):
            while courses:
                bit = courses & -courses
                places[bit.bit_length() - 1] = area
                courses ^= bit
    return places


class Search:
    """One component, solved once."""

    def __init__(self, component: Component) -> None:
        self.component = component
        self.scale = scale_of(component)
        self.bounds = Bounds(component, self.scale)
        self.units = [kind.units for kind in component.kinds]
        before = 0
        self.before: list[int] = []
        for first in component.first:
            self.before.append(before)
            before |= first
        self.after = [0] * component.places
        for place in range(component.size - 1, -1, -1):
            self.after[place] = self.after[place + 1] | component.lists[place + 1]
        self.strict = True
        self.best = 0
        self.found: list[State] | None = None

    def solve(self) -> list[State]:
        """The states of the best placement.

        First only placements that meet every area; if there is none, those with as few
        unmet areas as the bound allows, then one more, and so on.
        """
        component = self.component
        scale = self.scale
        everywhere = [start(kind.courses, component.places) for kind in component.kinds]
        if self.bounds.lowest(component.size - 1, everywhere, strict=True) is not None:
            self._begin(everywhere, scale.courses // 2)
        self.strict = False
        least = self.bounds.lowest(component.size - 1, everywhere, strict=False)
        unmet = 0 if least is None else max(0, least // scale.unmet - 1)
        while self.found is None:
            unmet += 1
            self._begin(everywhere, unmet * scale.unmet + scale.unmet // 2)
        return self.found

    def _begin(self, states: list[State], ceiling: int) -> None:
        self.best = ceiling
        top = self.component.size - 1
        if self.component.lists[-1]:
            top += 1
        self._decide(top, 0, states)

    def _decide(self, area: int, cost: int, states: list[State]) -> None:
        """Decide ``area`` and all before it; remember the result if it is the best."""
        options = self._options(area, states)
        while len(options) == 1 and area:
            option = options[0]
            cost += option.cost
            area -= 1
            options = self._options(area, option.states)
        if not area:
            for option in options:
                if cost + option.cost < self.best:
                    self.best = cost + option.cost
                    self.found = option.states
            return
        branches = []
        for option in options:
            bound = self.bounds.lowest(area - 1, option.states, self.strict)
            if bound is not None:
                bound += cost + option.cost
                if bound < self.best:
                    branches.append(_Branch(bound, cost + option.cost, option.states))
        branches.sort(key=_by_bound)
        for branch in branches:
            if branch.bound >= self.best:
                break
            self._decide(area - 1, branch.cost, branch.states)

    def _options(self, area: int, states: list[State]) -> list[Option]:
        """All ways to decide ``area`` that may lead to a best placement."""
        component = self.component
        lists, first, before = component.lists, component.first[area], self.before[area]
        after = self.after[area]
        low = []
        for state in states:
            state = settle(state, area, first)
            if state[MOVED] & before and state[area] & after:
                less: State | None = state
                while less is not None:
                    state = less
                    less = one_less(state, area, lists, before)
            low.append(state)
        if not component.exchangeable:
            return Loose(self, area, low).options()
        counts = [state[area].bit_count() for state in low]
        credits, courses = component.credits[area], component.courses[area] + sum(counts)
        for units, count in zip(self.units, counts, strict=True):
            credits += units * count
        if credits >= 0 and courses >= 0:
            return [Option(-credits * self.scale.order[area], low)]
        return Needed(self, area, low, counts).options(credits, courses)

    def cost(self, area: int, credits: int, courses: int) -> int:
        """What an area costs that holds so much more than it asks (negative: less)."""
        scale = self.scale
        cost = -credits * scale.order[area]
        if credits < 0:
            cost += scale.unmet - credits * scale.credits
            if courses < 0:
                cost -= courses * scale.courses
        elif courses < 0:
            cost += scale.unmet - courses * scale.courses
        return cost


class _More:
    """States of each kind with one, two, ... courses more in an area, made on demand."""

    def __init__(self, search: Search, area: int, low: list[State]) -> None:
        self._search = search
        self._area = area
        self._reached: list[list[State | None]] = [[state] for state in low]

    def of(self, kind: int, more: int) -> State | None:
        """The state with ``more`` courses; None when so many cannot come."""
        reached = self._reached[kind]
        component = self._search.component
        while len(reached) <= more:
            last = reached[-1]
            if last is None:
                return None
            reached.append(one_more(last, self._area, component.lists, component.first))
        return reached[more]


class Needed:
    """Options of an area that needs more than must stand there, courses exchangeable.

    Only options without a course that the area could do without: in the best placement
    such a course stands in an earlier area (exchange property of the matchings). Not
    strict, the area may also stay unmet, with any number of courses that it needs.
    """

    def __init__(self, search: Search, area: int, low: list[State], counts: list[int]) -> None:
        self._search = search
        self._area = area
        self._counts = counts
        self._low = low
        self._more = _More(search, area, low)
        self._found: list[Option] = []

    def options(self, credits: int, courses: int) -> list[Option]:
        """``credits``, ``courses``: what must stand there less what the area asks."""
        self._extend(0, credits, courses, self._low, self._counts, 1 << 60)
        return self._found

    def _extend(
        self,
        kind: int,
        credits: int,
        courses: int,
        states: list[State],
        counts: list[int],
        least: int,
    ) -> None:
        """Take none, one, two, ... more of ``kind``, and of those after it."""
        search = self._search
        last = kind + 1 == len(counts)
        units = search.units[kind]
        more = 0
        while True:
            if credits >= 0 and courses >= 0:
                if courses == 0 or credits < least:
                    self._keep(credits, courses, states, counts)
                return
            if not last:
                self._extend(kind + 1, credits, courses, states, counts, least)
            elif not search.strict:
                self._keep(credits, courses, states, counts)
            more += 1
            state = self._more.of(kind, more)
            if state is None:
                return
            states = [*states[:kind], state, *states[kind + 1 :]]
            counts = [*counts[:kind], counts[kind] + 1, *counts[kind + 1 :]]
            credits += units
            courses += 1
            least = min(least, units)

    def _keep(self, credits: int, courses: int, states: list[State], counts: list[int]) -> None:
        cost = self._search.cost(self._area, credits, courses)
        self._found.append(Option(cost, states))


class Loose:
    """Options of an area in a component with binding caps, or with courses worth more
    in one area than in another: any number of each kind that fits.
    """

    def __init__(self, search: Search, area: int, low: list[State]) -> None:
        self._search = search
        self._area = area
        self._low = low
        self._more = _More(search, area, low)
        self._found: list[Option] = []

    def options(self) -> list[Option]:
        """All of them; none when what must stand there does not fit."""
        component = self._search.component
        rooms = [
            group.room - self._held(number)
            for number, group in enumerate(component.groups)
            if group.areas >> self._area & 1
        ]
        if min(rooms, default=0) >= 0:
            self._extend(0, self._low, rooms)
        return self._found

    def _groups(self) -> list[int]:
        groups = self._search.component.groups
        return [n for n, group in enumerate(groups) if group.areas >> self._area & 1]

    def _held(self, number: int) -> int:
        """Units that count against the cap of a group so far."""
        component = self._search.component
        areas = component.groups[number].areas
        held = 0
        for kind, state in zip(component.kinds, self._low, strict=True):
            if not kind.inside >> number & 1:
                for area in range(self._area, component.size):
                    if areas >> area & 1:
                        held += kind.units * state[area].bit_count()
        return held

    def _extend(self, kind: int, states: list[State], rooms: list[int]) -> None:
        if kind == len(states):
            self._keep(states)
            return
        value = self._search.component.kinds[kind]
        groups = self._groups()
        more = 0
        state: State | None = states[kind]
        while state is not None:
            states = [*states[:kind], state, *states[kind + 1 :]]
            self._extend(kind + 1, states, rooms)
            rooms = [
                room - (0 if value.inside >> number & 1 else value.units)
                for number, room in zip(groups, rooms, strict=True)
            ]
            if min(rooms, default=0) < 0:
                return
            more += 1
            state = self._more.of(kind, more)

    def _keep(self, states: list[State]) -> None:
        search, area = self._search, self._area
        component = search.component
        counts = [state[area].bit_count() for state in states]
        cost = 0
        for kind, count in zip(component.kinds, counts, strict=True):
            if not kind.worthless >> area & 1:
                cost -= count * kind.units * search.scale.total
            if kind.mapped and area < component.size:
                cost -= count * search.scale.mapped
        if area < component.size:
            credits = component.credits[area] + sum(
                count * units for count, units in zip(counts, search.units, strict=True)
            )
            cost += search.cost(area, credits, component.courses[area] + sum(counts))
        self._found.append(Option(cost, states))
