"""One integer for all levels of A8 and A3, so that placements compare in one step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """What one of each level costs, least being best.

    Every factor is larger than all that the levels below it can add up to, so that
    comparing two sums compares level by level. ``order``: per area, the worth of one
    unit of credit in framework order.
    """

    unmet: int
    credits: int
    courses: int
    total: int
    mapped: int
    order: list[int]

    def cost(self, area: int, units: int, count: int) -> int:
        """What an area costs that holds so much more than it asks (negative: less)."""
        cost = -units * self.order[area]
        if units < 0:
            cost += self.unmet - units * self.credits
            if count < 0:
                cost -= count * self.courses
        elif count < 0:
            cost += self.unmet - count * self.courses
        return cost


def scale_of(units: Collection[int], counts: Collection[int], sizes: Collection[int]) -> Scale:
    """Factors large enough for areas that hold so much more than they ask.

    ``sizes``: units of each course that is still to be placed.
    """
    reach = sum(sizes) + sum(map(abs, units)) + 1
    number = len(sizes) + sum(map(abs, counts)) + 1
    width, places = reach.bit_length() + 2, len(units)
    order = [1 << width * (places - 1 - area) for area in range(places)]
    mapped = 1 << width * places + 1
    total = mapped << number.bit_length() + 1
    courses = total << width
    missing = courses << number.bit_length() + 1
    return Scale(missing << width, missing, courses, total, mapped, order)
