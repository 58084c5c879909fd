"""The exact search for the best placement of one component (A8, then A3).

Branch and bound over the areas, from the last in framework order to the first. At an
area it branches over how many courses of each kind are there, not over which: the
matching (augmenting.py) finds out which, and may still change its mind later. The bound
(bounds.py) cuts off what cannot beat the best placement found.
"""

from __future__ import annotations

from .augmenting import FREE, MOVED, Layout, one_less, one_more, start
from .bounds import Bounds
from .budget import Budget
from .component import Component
from .scale import scale_of

WIDTH = 4096
"""Bits of a set that cost one step more: what longer numbers take to reckon with."""

Option = tuple[int, Layout]
"""One way to decide an area: what it costs, and the state after it."""


def places_in(component: Component, state: Layout) -> list[int]:
    """Where each item is in ``state``, in which all areas are decided."""
    places = [item.areas[0] for item in component.items]
    moved = state[MOVED] & component.ones
    for place, here in enumerate(state[: component.places]):
        here &= moved
        while here:
            course = here & -here
            places[(component.ones & course - 1).bit_count()] = place
            here ^= course
    return places


class Search:
    """One component, solved once."""

    def __init__(self, component: Component, budget: Budget) -> None:
        self.component = component
        self._budget = budget
        self._price = 1 + len(component.field) // WIDTH
        sizes = [item.units for item in component.items]
        self.scale = scale_of(component.units, component.counts, sizes)
        self.bounds = Bounds(component, self.scale)
        self.strict = True
        self.best = 0
        self.found: Layout | None = None
        self.begin = start(component)
        self.top = component.size if component.lists[-1] else component.size - 1
        self.unmet = 0

    def meet_all(self) -> Layout | None:
        """The state of the best placement that meets every area, if there is one."""
        component, scale = self.component, self.scale
        least: int | None = 0
        if self.top < component.size:
            least = self.bounds.lowest(self.top, self.begin, strict=False)
        if least is not None:
            self.unmet = max(0, (least + scale.unmet // 2) // scale.unmet)
        if not self.unmet:
            self.best = scale.courses // 2
            self._decide(self.top, 0, self.begin)
        return self.found

    def meet_most(self) -> Layout:
        """The state of the best placement when ``meet_all`` found none.

        Only those with as few unmet areas as the bound allows, then one more, and so on.
        """
        self.strict = False
        while self.found is None:
            self.best = self.unmet * self.scale.unmet + self.scale.unmet // 2
            self._decide(self.top, 0, self.begin)
            self.unmet += 1
        return self.found

    def _decide(self, area: int, cost: int, state: Layout) -> None:
        """Decide ``area`` and all before it; remember the result if it is the best."""
        self.spend(1)
        options = self._options(area, state)
        while len(options) == 1 and area:
            more, state = options[0]
            cost += more
            area -= 1
            options = self._options(area, state)
        if not area:
            for more, state in options:
                if cost + more < self.best:
                    self.best = cost + more
                    self.found = state
            return
        if area == self.component.size:
            self._leave_out(cost, options)
            return
        branches: list[tuple[int, int, int, Layout]] = []
        self.spend(len(options) * area)
        for more, state in options:
            bound = self.bounds.lowest(area - 1, state, self.strict)
            if bound is not None and cost + more + bound < self.best:
                branches.append((cost + more + bound, len(branches), cost + more, state))
        branches.sort()
        for bound, _, more, state in branches:
            if bound >= self.best:
                break
            self._decide(area - 1, more, state)

    def _leave_out(self, cost: int, options: list[Option]) -> None:
        """Go on with what is left out of all areas, least first."""
        free = [(more - self.bounds.worth(state[FREE]), more, state) for more, state in options]
        free.sort()
        self.spend(len(free))
        for least, more, state in free:
            if self.strict and cost + least - self.scale.mapped >= self.best:
                break
            bound = self.bounds.lowest(self.component.size - 1, state, self.strict)
            if bound is not None and cost + more + bound < self.best:
                self._decide(self.component.size - 1, cost + more, state)

    def _options(self, area: int, state: Layout) -> list[Option]:
        """All ways to decide ``area`` that may lead to a best placement."""
        component = self.component
        here = state[FREE] & component.first[area]
        if here:
            state = state[:]
            state[area] = here
            state[FREE] ^= here
        here = state[area]
        returning = state[MOVED] & self.bounds.before[area]
        if returning and here & self.bounds.after[area]:
            state = self._fewest(area, state, returning)
            here = state[area]
        if area == component.size or not component.tidy[area]:
            return Loose(self, area, state).options()
        units = component.units[area] + (here & component.heavy).bit_count()
        count = component.counts[area] + (here & component.ones).bit_count()
        options: list[Option] = []
        if units >= 0 and count >= 0:
            options.append((-units * self.scale.order[area], state))
        else:
            self._extend(options, area, 0, units, count, state, 1 << 60)
        if component.plain:
            return options
        return [
            (cost - self.worth(area, state), state)
            for cost, state in options
            if self.fits(area, state)
        ]

    def _fewest(self, area: int, state: Layout, returning: int) -> Layout:
        """As few courses of each kind in ``area`` as the places after it leave there."""
        for kind in self.component.kinds:
            while True:
                less = one_less(self.component, state, area, kind.courses, returning)
                if less is None:
                    break
                state = less
        return state

    def _extend(
        self,
        options: list[Option],
        area: int,
        number: int,
        units: int,
        count: int,
        state: Layout | None,
        least: int,
    ) -> None:
        """Options of an area that needs more than must be there.

        Take none, one, two, ... more of kind ``number``, and of those after it; but no
        course that the area could do without: in the best placement such a course
        is in an earlier area (exchange property of the matchings). Not strict, the
        area may also stay unmet. ``least``: credits of the smallest course taken.
        """
        self.spend(1)
        component = self.component
        kind = component.kinds[number]
        last = number + 1 == len(component.kinds)
        while state is not None:
            if units >= 0 and count >= 0:
                if count == 0 or units < least:
                    options.append((self.scale.cost(area, units, count), state))
                return
            if not last:
                self._extend(options, area, number + 1, units, count, state, least)
            elif not self.strict:
                options.append((self.scale.cost(area, units, count), state))
            state = one_more(component, state, area, kind.courses)
            units += kind.units
            count += 1
            if kind.units < least:
                least = kind.units

    def spend(self, steps: int) -> None:
        """Take steps of the budget: as many more as the piece has long numbers."""
        self._budget.spend(steps * self._price)

    def worth(self, area: int, state: Layout) -> int:
        """What the courses in ``area`` add to the levels of the total and of mappings."""
        component, here = self.component, state[area]
        worth = 0
        for kind in component.kinds:
            if not kind.worthless >> area & 1:
                units = (here & kind.courses & component.heavy).bit_count()
                worth += units * self.scale.total
            if kind.mapped and area < component.size:
                worth += (here & kind.courses & component.ones).bit_count() * self.scale.mapped
        return worth

    def fits(self, area: int, state: Layout) -> bool:
        """Whether what is in ``area`` and after it passes no cap over ``area``."""
        component = self.component
        for number, group in enumerate(component.groups):
            if group.areas >> area & 1:
                held = 0
                for place in range(area, component.size):
                    if group.areas >> place & 1:
                        held |= state[place]
                for kind in component.kinds:
                    if kind.inside >> number & 1:
                        held &= ~kind.courses
                if (held & component.heavy).bit_count() > group.room:
                    return False
        return True


class Loose:
    """Options of an area that is not tidy: any number of each kind that fits."""

    def __init__(self, search: Search, area: int, state: Layout) -> None:
        self._search = search
        self._area = area
        self._state = state
        self._found: list[Option] = []

    def options(self) -> list[Option]:
        """All of them; none when what must be there does not fit."""
        self._extend(0, self._state)
        return self._found

    def _extend(self, number: int, state: Layout | None) -> None:
        self._search.spend(2)
        component = self._search.component
        if number == len(component.kinds):
            if state is not None:
                self._keep(state)
            return
        while state is not None and self._search.fits(self._area, state):
            self._extend(number + 1, state)
            state = one_more(component, state, self._area, component.kinds[number].courses)

    def _keep(self, state: Layout) -> None:
        search, area = self._search, self._area
        component, here = search.component, state[area]
        cost = -search.worth(area, state)
        if area < component.size:
            units = component.units[area] + (here & component.heavy).bit_count()
            count = component.counts[area] + (here & component.ones).bit_count()
            cost += search.scale.cost(area, units, count)
        self._found.append((cost, state))
