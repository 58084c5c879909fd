"""The exact placement of a component of few courses whose areas cannot all be met.

Where something is missing anyhow, bounds cut off little, and a student who has only begun
has few courses that compete. Then it is cheaper to look at every way: area after area from
the last one, of all ways that leave the same courses to the areas before it only the best
is gone on with. Each area costs by itself, so nothing better is lost.
"""

from __future__ import annotations

from collections.abc import Callable

from .component import Component

FEW = 12
"""Courses at most; the sets to look at double with each."""

Way = tuple[int, tuple[int, ...]]
"""What the areas decided so far cost, and the courses in each of them, first area first."""

Cost = Callable[[int, int, int], int]
"""What an area costs that holds so many units and courses more than it asks."""


def place_few(component: Component, cost: Cost) -> list[int]:
    """For each item of ``component.items``, the number of the place where it stands.

    For plain components. Courses are bits of their number in ``component.items``. Of
    equally good placements it takes the one that is found first, in an order that the
    courses decide and nothing else.
    """
    lists, first = _masks(component)
    everything = (1 << len(component.items)) - 1
    ways: dict[int, Way] = {everything: (0, ())}
    for area in reversed(range(1, component.size)):
        costs = _costs(component, cost, area, lists[area], first[area])
        before: dict[int, Way] = {}
        for left, (paid, trail) in ways.items():
            must = left & first[area]
            some = may = left & lists[area] ^ must
            while True:
                here = must | some
                if here in costs:
                    whole = paid + costs[here]
                    rest = left ^ here
                    if rest not in before or whole < before[rest][0]:
                        before[rest] = whole, (here, *trail)
                if not some:
                    break
                some = some - 1 & may
        ways = before
    costs = _costs(component, cost, 0, lists[0], first[0])
    _, _, best = min((paid + costs[left], left, trail) for left, (paid, trail) in ways.items())
    places = [0] * len(component.items)
    for area, here in enumerate(best, 1):
        for number in range(len(places)):
            if here >> number & 1:
                places[number] = area
    return places


def _masks(component: Component) -> tuple[list[int], list[int]]:
    """Per area, the courses that list it, and those that list it first."""
    lists, first = [0] * component.size, [0] * component.size
    for number, item in enumerate(component.items):
        for area in item.areas:
            lists[area] |= 1 << number
        first[item.areas[0]] |= 1 << number
    return lists, first


def _costs(component: Component, cost: Cost, area: int, listed: int, first: int) -> dict[int, int]:
    """What ``area`` costs with each set of the courses that list it.

    Sets with a course that the area could do without and an earlier one lists are left
    out: that course is never worse off there, since the area stays met.
    """
    held = {0: (component.units[area], component.counts[area], 1 << 60)}
    for number, item in enumerate(component.items):
        if listed >> number & 1:
            least = item.units if not first >> number & 1 else 1 << 60
            held |= {
                here | 1 << number: (units + item.units, count + 1, min(smallest, least))
                for here, (units, count, smallest) in held.items()
            }
    return {
        here: cost(area, units, count)
        for here, (units, count, smallest) in held.items()
        if units < smallest or count < 1
    }
