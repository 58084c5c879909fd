"""The exact search for the best placement of one component (A8, then A3).

Branch and bound over the areas, from the last in framework order to the first. At an
area it branches over how many courses of each kind stand there, not over which: the
matching (shifts.py) finds out which, and may still change its mind later. The bound
(bounds.py) cuts off what cannot beat the best placement found.
"""

from __future__ import annotations

from .bounds import Bounds, scale_of
from .component import Component
from .shifts import FREE, MOVED, State, one_less, one_more, start

Option = tuple[int, State]
"""One way to decide an area: what it costs, and the state after it."""


def place(component: Component) -> list[int]:
    """For each item of ``component.items``, the number of the place where it stands."""
    state = Search(component).solve()
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

    def __init__(self, component: Component) -> None:
        self.component = component
        self.scale = scale_of(component)
        self.bounds = Bounds(component, self.scale)
        self.strict = True
        self.best = 0
        self.found: State | None = None

    def solve(self) -> State:
        """The state of the best placement.

        First only placements that meet every area; if there is none, those with as few
        unmet areas as the bound allows, then one more, and so on.
        """
        component, scale = self.component, self.scale
        state = start(component)
        top = component.size if component.lists[-1] else component.size - 1
        least: int | None = 0
        if top < component.size:
            least = self.bounds.lowest(top, state, strict=False)
        unmet = 0 if least is None else max(0, (least + scale.unmet // 2) // scale.unmet)
        if not unmet:
            self.best = scale.courses // 2
            self._decide(top, 0, state)
        self.strict = False
        while self.found is None:
            self.best = unmet * scale.unmet + scale.unmet // 2
            self._decide(top, 0, state)
            unmet += 1
        return self.found

    def _decide(self, area: int, cost: int, state: State) -> None:
        """Decide ``area`` and all before it; remember the result if it is the best."""
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
        branches = []
        for more, state in options:
            bound = self.bounds.lowest(area - 1, state, self.strict)
            if bound is not None and cost + more + bound < self.best:
                branches.append((cost + more + bound, len(branches), cost + more, state))
        branches.sort()
        for bound, _, more, state in branches:
            if bound >= self.best:
                break
            self._decide(area - 1, more, state)

    def _options(self, area: int, state: State) -> list[Option]:
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
        if not component.exchangeable:
            return Loose(self, area, state).options()
        credits = component.credits[area] + (here & component.heavy).bit_count()
        courses = component.courses[area] + (here & component.ones).bit_count()
        if credits >= 0 and courses >= 0:
            return [(-credits * self.scale.order[area], state)]
        options: list[Option] = []
        self._extend(options, area, 0, credits, courses, state, 1 << 60)
        return options

    def _fewest(self, area: int, state: State, returning: int) -> State:
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
        credits: int,
        courses: int,
        state: State | None,
        least: int,
    ) -> None:
        """Options of an area that needs more than must stand there.

        Take none, one, two, ... more of kind ``number``, and of those after it; but no
        course that the area could do without: in the best placement such a course
        stands in an earlier area (exchange property of the matchings). Not strict, the
        area may also stay unmet. ``least``: credits of the smallest course taken.
        """
        component = self.component
        kind = component.kinds[number]
        last = number + 1 == len(component.kinds)
        while state is not None:
            if credits >= 0 and courses >= 0:
                if courses == 0 or credits < least:
                    options.append((self.cost(area, credits, courses), state))
                return
            if not last:
                self._extend(options, area, number + 1, credits, courses, state, least)
            elif not self.strict:
                options.append((self.cost(area, credits, courses), state))
            state = one_more(component, state, area, kind.courses)
            credits += kind.units
            courses += 1
            if kind.units < least:
                least = kind.units

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


class Loose:
    """Options of an area in a component with binding caps, or with courses worth more
    in one area than in another: any number of each kind that fits.
    """

    def __init__(self, search: Search, area: int, state: State) -> None:
        self._search = search
        self._area = area
        self._state = state
        groups = search.component.groups
        self._groups = [n for n, group in enumerate(groups) if group.areas >> area & 1]
        self._found: list[Option] = []

    def options(self) -> list[Option]:
        """All of them; none when what must stand there does not fit."""
        rooms = [self._room(number) for number in self._groups]
        if min(rooms, default=0) >= 0:
            self._extend(0, self._state, rooms)
        return self._found

    def _room(self, number: int) -> int:
        """Units that the cap of a group still allows."""
        component = self._search.component
        group = component.groups[number]
        room = group.room
        for kind in component.kinds:
            if not kind.inside >> number & 1:
                for area in range(self._area, component.size):
                    if group.areas >> area & 1:
                        here = self._state[area] & kind.courses & component.heavy
                        room -= here.bit_count()
        return room

    def _extend(self, number: int, state: State | None, rooms: list[int]) -> None:
        component = self._search.component
        if number == len(component.kinds):
            if state is not None:
                self._keep(state)
            return
        kind = component.kinds[number]
        while state is not None:
            self._extend(number + 1, state, rooms)
            rooms = [
                room - (0 if kind.inside >> group & 1 else kind.units)
                for group, room in zip(self._groups, rooms, strict=True)
            ]
            if min(rooms, default=0) < 0:
                return
            state = one_more(component, state, self._area, kind.courses)

    def _keep(self, state: State) -> None:
        search, area = self._search, self._area
        component = search.component
        here = state[area]
        cost = 0
        for kind in component.kinds:
            if not kind.worthless >> area & 1:
                worth = (here & kind.courses & component.heavy).bit_count()
                cost -= worth * search.scale.total
            if kind.mapped and area < component.size:
                count = (here & kind.courses & component.ones).bit_count()
                cost -= count * search.scale.mapped
        if area < component.size:
            credits = component.credits[area] + (here & component.heavy).bit_count()
            courses = component.courses[area] + (here & component.ones).bit_count()
            cost += search.cost(area, credits, courses)
        self._found.append((cost, state))
