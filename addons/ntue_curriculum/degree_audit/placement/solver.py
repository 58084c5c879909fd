"""The one place that chooses by which way a piece of the allocation is solved.

Of these the first that can answer does:

1. meeting_all.py, where places are alike and all areas can be met: nearly always in a number of
   steps linear in areas and courses.
2. few_courses.py, where places are alike and there are at most ``FEW`` courses, as of a student who
   has only begun: where something is missing anyhow, bounds cut off little.
3. search.py for everything else: many courses, caps, places that are not alike. It is not
   asked when every area is met with every course in its first area.
4. nearby.py, when the budget of steps ends before the search does (A33).

All but the last find the best placement.
"""

from __future__ import annotations

from ..framework.masks import bits, mask_of
from .budget import Budget, OutOfStepsError
from .component import Component, Item
from .few_courses import FEW, place_few
from .meeting_all import meet_all
from .nearby import place_nearby
from .pieces import Piece
from .search import Search, places_in

DEEP = 150
"""Areas of one piece at most; more of them are searched in no number of steps there is."""


def solve(piece: Piece, budget: Budget) -> list[int]:
    """For each course of ``piece``, whose places are all alike, the area that it counts in.

    The best placement; what ``budget`` does not settle, the best found, and the budget is
    not ``proven`` then.
    """
    if all(piece.units[at] >= 0 and piece.counts[at] >= 0 for at in bits(piece.settled)):
        places = meet_all(piece)
        if places is not None:
            return places
    items = list(map(Item, range(len(piece.sizes)), piece.sizes, piece.listed))
    if len(piece.sizes) > FEW:
        component = Component(piece.units, piece.counts, items)
        places = solve_component(component, budget)
    else:
        try:
            return place_few(piece, budget)
        except OutOfStepsError:
            budget.give_up()
        component = Component(piece.units, piece.counts, items)
        places = place_nearby(component, None, budget)
    found = dict(zip(component.items, places, strict=True))
    return [found[item] for item in items]


def solve_component(component: Component, budget: Budget | None = None) -> list[int]:
    """As ``solve``, for each item of ``component.items``, caps and all."""
    budget = budget or Budget()
    if component.plain and _all_met(component):
        return [item.areas[0] for item in component.items]
    if component.size > DEEP:
        budget.give_up()
        return place_nearby(component, None, budget)
    search = Search(component, budget)
    try:
        if component.plain and len(component.items) <= FEW:
            return place_few(piece_of(component), budget)
        return places_in(component, search.meet_all() or search.meet_most())
    except OutOfStepsError:
        budget.give_up()
    found = search.found and places_in(component, search.found)
    return place_nearby(component, found, budget)


def _all_met(component: Component) -> bool:
    """Whether every area is met with every course in its first area."""
    return all(
        units + (first & component.heavy).bit_count() >= 0
        and count + (first & component.ones).bit_count() >= 0
        for units, count, first in zip(
            component.units, component.counts, component.first, strict=False
        )
    )


def piece_of(component: Component) -> Piece:
    """A component without caps as a piece."""
    listed = [item.areas for item in component.items]
    return Piece(
        [item.units for item in component.items],
        listed,
        list(map(mask_of, listed)),
        component.units,
        component.counts,
    )
