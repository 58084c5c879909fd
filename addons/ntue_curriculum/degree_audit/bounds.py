"""How good the rest of a placement can be at best: what lets the search stop early.

Areas 0..b are still to be decided; of every kind of course it is known how many went
to the places after b, but not which. Any legal placement of the rest then obeys

* ``top``: what areas 0..c can hold together: courses whose first area is not after c,
  and no more than remain when those that can stand in c+1..b only are taken off;
* ``most`` and ``least`` of one area: the courses that list it; those that list nothing
  else of 0..b and cannot all have gone to the places after b;
* the sum: all courses of the rest stand in 0..b.

From these follow lower bounds of the unmet areas, the missing credits and courses,
and, since missing credits fix the credits in excess, of the loss in framework order.
Each level is bounded under the condition that the levels before it are at their
bounds, which is what comparing level by level needs.
"""

from __future__ import annotations

from typing import NamedTuple

from .component import Component

Cells = tuple[tuple[int, int, int, int, int], ...]


class Scale(NamedTuple):
    """One integer for all levels of A8 and A3, least being best.

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


class Row(NamedTuple):
    """One area as the bound sees it; ``cells`` holds one tuple a kind of course."""

    prefix: int
    credits: int
    courses: int
    peak: int
    cells: Cells


def scale_of(component: Component) -> Scale:
    """Factors large enough for this component."""
    units = sum(item.units for item in component.items)
    reach = units + sum(map(abs, component.credits)) + 1
    width = reach.bit_length() + 2
    size = component.size
    order = [1 << width * (size - 1 - area) for area in range(size)]
    mapped = 1 << width * size + 1
    count = len(component.items) + sum(map(abs, component.courses)) + 1
    total = mapped << count.bit_length() + 1
    courses = total << width
    credits = courses << count.bit_length() + 1
    return Scale(credits << width, credits, courses, total, mapped, order)


class Limits(NamedTuple):
    """What areas 0..b can hold: ``(top, most, least)`` of each, and three sums.

    ``sure``: credits missing in areas that cannot be met. ``gap``: credits missing
    beyond those because earlier areas together hold too little. ``forced``: credits in
    excess that cannot go elsewhere.
    """

    areas: list[tuple[int, int, int]]
    sure: int
    gap: int
    forced: int


class Bounds:
    """Lower bounds of the cost that areas 0..b will add."""

    def __init__(self, component: Component, scale: Scale) -> None:
        self._component = component
        self._scale = scale
        self._counts = [kind.courses.bit_count() for kind in component.kinds]
        self._units = [kind.units for kind in component.kinds]
        self._counting = min(component.courses, default=0) < 0
        self._worth = [
            kind.units * scale.total + kind.mapped * scale.mapped
            for kind in component.kinds
        ]
        self._tables: list[list[Row]] = [[] for _ in range(component.size)]

    def lowest(self, b: int, used: list[int], strict: bool) -> int | None:
        """Bound when ``used`` courses of each kind went after ``b``.

        None when no legal placement is left; under ``strict``, none that meets all.
        """
        rows = self._tables[b] or self._table(b)
        left = [count - gone for count, gone in zip(self._counts, used, strict=True)]
        there = rows[-1].prefix
        for units, count in zip(self._units, left, strict=True):
            there += units * count
        if strict and there < 0:
            return None
        limits = _limits(rows, left, used, there)
        if limits is None:
            return None
        missing = limits.sure + limits.gap
        short, short_areas = self._short(rows, left) if self._counting else (0, 0)
        if strict and (missing or short_areas):
            return None
        scale = self._scale
        cost = self._order_cost(limits, there + missing)
        if missing or short_areas:
            unmet = _unmet(limits, short_areas)
            cost += unmet * scale.unmet + missing * scale.credits + short * scale.courses
        if not self._component.exchangeable:
            for worth, count in zip(self._worth, left, strict=True):
                cost -= worth * count
        return cost

    def _order_cost(self, limits: Limits, excess: int) -> int:
        """Least loss in framework order when the excess over all needs is ``excess``.

        The earliest area takes all it can of it, then the next.
        """
        excess -= limits.forced
        held = cost = 0
        for (top, most, least), worth in zip(limits.areas, self._scale.order, strict=False):
            if least > 0:
                excess += least
            value = top - held
            if value > excess:
                value = excess
            if value > most:
                value = most
            held += value
            if value > 0:
                excess -= value
            cost -= value * worth
        return cost

    def _short(self, rows: list[Row], left: list[int]) -> tuple[int, int]:
        """Courses missing for sure, and the mask of the areas where they are."""
        short = areas = 0
        together = 0
        for area, row in enumerate(rows):
            most = row.courses
            together += most
            for cell, count in zip(row.cells, left, strict=True):
                most += min(cell[3], count)
            if most < 0:
                short -= most
                areas |= 1 << area
        together += sum(left)
        if -together > short:
            short = -together
            areas = areas or 1 << len(rows)
        return short, areas

    def _table(self, b: int) -> list[Row]:
        """What ``lowest`` needs to know of areas 0..b, counted once."""
        component = self._component
        once = twice = last_by = 0
        for area in range(b + 1):
            twice |= once & component.lists[area]
            once |= component.lists[area]
            last_by |= component.last_by[area]
        once &= ~twice
        rows = self._tables[b]
        prefix = early = 0
        for area in range(b + 1):
            prefix += component.credits[area]
            early |= component.first[area]
            inside = last_by & ~early
            listing = component.lists[area]
            cells = tuple(
                (
                    kind.units,
                    (early & kind.courses).bit_count(),
                    count - (inside & kind.courses).bit_count(),
                    (listing & kind.courses).bit_count(),
                    (listing & once & kind.courses).bit_count(),
                )
                for kind, count in zip(component.kinds, self._counts, strict=True)
            )
            rows.append(
                Row(
                    prefix,
                    component.credits[area],
                    component.courses[area],
                    self._peak(area),
                    cells,
                )
            )
        return rows

    def _peak(self, area: int) -> int:
        """What an area never holds more than, less what it asks.

        Where courses are exchangeable, a course that is not needed stands in its first
        area: beyond those that list ``area`` first, it takes what it needs and no more.
        """
        component = self._component
        has = asks = component.credits[area]
        if not component.exchangeable:
            rooms = [group.room for group in component.groups if group.areas >> area & 1]
            return has + min(rooms, default=sum(item.units for item in component.items))
        for kind in component.kinds:
            has += kind.units * (kind.courses & component.first[area]).bit_count()
        largest = max(self._units)
        return max(has, largest - 1, asks - min(0, component.courses[area]) * largest)


def _limits(rows: list[Row], left: list[int], used: list[int], there: int) -> Limits | None:
    """Limits of every area; None when one holds more than it may."""
    areas = []
    sure = gap = forced = room = 0
    for prefix, credits, _, peak, cells in rows:
        top = prefix
        most = least = credits
        for (units, early, rest, listing, only), count, gone in zip(
            cells, left, used, strict=True
        ):
            rest -= gone
            top += units * (early if early < rest else rest)
            most += units * (listing if listing < count else count)
            if only > gone:
                least += units * (only - gone)
        if most > peak:
            most = peak
            if least > most:
                return None
        if most < 0:
            sure -= most
        elif least > 0:
            forced += least
        if forced - top - sure > gap:
            gap = forced - top - sure
        room += most
        areas.append((top, most, least))
    if room < there:
        return None
    return Limits(areas, sure, max(gap, forced - there - sure), forced)


def _unmet(limits: Limits, short_areas: int) -> int:
    """Least number of unmet areas that can miss what is missing."""
    unmet = 0
    rest = limits.gap
    others = []
    for area, (_, most, least) in enumerate(limits.areas):
        if most < 0 or short_areas >> area & 1:
            unmet += 1
            rest += min(0, least) - min(0, most)
        elif least < 0:
            others.append(-least)
    if short_areas >> len(limits.areas) and not unmet:
        unmet = 1
    others.sort(reverse=True)
    for capacity in others:
        if rest <= 0:
            break
        rest -= capacity
        unmet += 1
    return unmet
