"""A good placement of one piece without proof: from one that is legal, by moves.

For what the exact search did not settle within its steps (budget.py). A course moves to
another of its places; where that alone gains nothing, a second one moves on from there, or
changes places with it. The first move that makes the placement better is made, in an order
that the courses decide and nothing else, until none does or the moves are used up.
"""

from __future__ import annotations

from .budget import Budget
from .component import Component, Item
from .scale import Scale, scale_of


def place_nearby(component: Component, found: list[int] | None, budget: Budget) -> list[int]:
    """For each item of ``component.items``, its place; at least as good as ``found``.

    ``found``: a legal placement in the same form, if there is one.
    """
    best = _Placement(component, _start(component))
    best.improve(budget)
    if found is not None:
        other = _Placement(component, found)
        other.improve(budget)
        if other.cost <= best.cost:
            best = other
    return best.places


def _start(component: Component) -> list[int]:
    """A legal placement: out of every area, or where no cap is in the way."""
    return [_surely_legal(component, item) for item in component.items]


def _surely_legal(component: Component, item: Item) -> int:
    nowhere = component.size
    if item.areas[-1] == nowhere:
        return nowhere
    for area in item.areas:
        if not item.units or not any(
            group.areas >> area & 1 and not item.inside >> number & 1
            for number, group in enumerate(component.groups)
        ):
            return area
    return item.areas[0]


class _Placement:
    """Where each item is, with what the areas hold and what it all costs."""

    def __init__(self, component: Component, places: list[int]) -> None:
        self.places = places[:]
        self._component = component
        self._items = component.items
        self._units = [*component.units, 0]
        self._counts = [*component.counts, 0]
        self._rooms = [group.room for group in component.groups]
        sizes = [item.units for item in self._items]
        self._scale = scale_of(component.units, component.counts, sizes)
        for item, place in zip(self._items, self.places, strict=True):
            self._put(item, place, 1)
        self.cost = sum(map(self._area_cost, range(component.size)))
        self.cost -= sum(map(self._worth, self._items, self.places))

    def improve(self, budget: Budget) -> None:
        """Make moves as long as one gains something and the budget lasts."""
        while self._improved(True, budget) or self._improved(False, budget):
            pass

    def _improved(self, alone: bool, budget: Budget) -> bool:
        """Whether moves were made: all that gain by themselves, or one with a second item's."""
        found = False
        for number in range(len(self._items)):
            while self._moves(number, alone, budget):
                if not alone:
                    return True
                found = True
        return found

    def _moves(self, number: int, alone: bool, budget: Budget) -> bool:
        """Whether a better place was found for one item, a second one moving too if need be."""
        before = self.places[number]
        for place in self._items[number].areas:
            if place == before or not budget.move():
                continue
            gain = self._move(number, place)
            if gain < 0 and self._is_legal():
                return True
            if not alone and self._second(number, gain, budget):
                return True
            self._move(number, before)
        return False

    def _second(self, number: int, gain: int, budget: Budget) -> bool:
        """Whether the move of another item makes one that was made worth it."""
        for other, item in enumerate(self._items):
            if other != number:
                before = self.places[other]
                for place in item.areas:
                    if place == before or not budget.move():
                        continue
                    if gain + self._move(other, place) < 0 and self._is_legal():
                        return True
                    self._move(other, before)
        return False

    def _move(self, number: int, place: int) -> int:
        """Move one item; what that adds to the cost."""
        item, before = self._items[number], self.places[number]
        cost = -self._area_cost(before) - self._area_cost(place)
        cost += self._worth(item, before) - self._worth(item, place)
        self._put(item, before, -1)
        self._put(item, place, 1)
        self.places[number] = place
        cost += self._area_cost(before) + self._area_cost(place)
        self.cost += cost
        return cost

    def _put(self, item: Item, place: int, times: int) -> None:
        units = times * item.units
        self._units[place] += units
        self._counts[place] += times
        for number, group in enumerate(self._component.groups):
            if group.areas >> place & 1 and not item.inside >> number & 1:
                self._rooms[number] -= units

    def _is_legal(self) -> bool:
        return min(self._rooms, default=0) >= 0

    def _area_cost(self, place: int) -> int:
        """As ``Scale.cost``; what is in no area costs nothing there."""
        if place == self._component.size:
            return 0
        return self._scale.cost(place, self._units[place], self._counts[place])

    def _worth(self, item: Item, place: int) -> int:
        """What one item adds to the levels of the total and of mappings."""
        scale: Scale = self._scale
        worth = 0 if item.worthless >> place & 1 else item.units * scale.total
        if item.mapped and place < self._component.size:
            worth += scale.mapped
        return worth
