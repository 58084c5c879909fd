"""How good the rest of a placement can be at best: what lets the search stop early.

Areas 0..b are still to be decided. Of every kind of course it is known how many stand
in the places after b; which of them, the matching may still change, by swapping one
that stands there for a free one. Any legal placement of the rest obeys

* ``top``: what areas 0..c hold together: free courses whose first area is not after c,
  and as many more as can be swapped back;
* ``most`` and ``least`` of one area: the free courses that list it, and those that
  list no other of 0..b, as far as swaps go;
* the sum: all free courses stand in 0..b.

From these follow lower bounds of the unmet areas, the missing credits and courses,
and, since missing credits fix the credits in excess, of the loss in framework order.
Each level is bounded under the condition that the levels before it are at their
bounds, which is what comparing level by level needs.
"""

from __future__ import annotations

from typing import NamedTuple

from .component import Component
from .shifts import FREE, MOVED, State


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
    """What areas 0..b can hold, and three sums.

    ``sure``: credits missing in areas that cannot be met. ``gap``: credits missing
    beyond those because earlier areas together hold too little. ``forced``: credits in
    excess that cannot go elsewhere.
    """

    top: list[int]
    most: list[int]
    least: list[int]
    sure: int
    gap: int
    forced: int


class Bounds:
    """Lower bounds of the cost that areas 0..b will add."""

    def __init__(self, component: Component, scale: Scale) -> None:
        self._component = component
        self._scale = scale
        self._counting = min(component.courses) < 0
        self._early = []
        self._prefix = []
        early = prefix = 0
        for first, credits in zip(component.first, component.credits, strict=False):
            early |= first
            prefix += credits
            self._early.append(early)
            self._prefix.append(prefix)
        self._everything = (1 << len(component.items)) - 1
        self._after = component.lists[:]
        for place in range(component.size - 1, -1, -1):
            self._after[place] |= self._after[place + 1]
        self._only: dict[int, list[int]] = {}
        self._peak = self._peaks()

    def lowest(self, b: int, states: list[State], strict: bool) -> int | None:
        """Bound of what areas 0..b cost in ``states``.

        None when no legal placement is left; under ``strict``, none that meets all.
        """
        component = self._component
        there = self._prefix[b]
        for kind, state in zip(component.kinds, states, strict=True):
            there += kind.units * state[FREE].bit_count()
        if strict and there < 0:
            return None
        limits = self._limits(b, states, there)
        if limits is None:
            return None
        missing = limits.sure + limits.gap
        short, short_areas = self._short(b, states) if self._counting else (0, 0)
        if strict and (missing or short_areas):
            return None
        scale = self._scale
        cost = self._order_cost(limits, there + missing)
        if missing or short_areas:
            unmet = _unmet(limits, short_areas)
            cost += unmet * scale.unmet + missing * scale.credits + short * scale.courses
        if not component.exchangeable:
            for kind, state in zip(component.kinds, states, strict=True):
                worth = kind.units * scale.total + kind.mapped * scale.mapped
                cost -= worth * state[FREE].bit_count()
        return cost

    def _limits(self, b: int, states: list[State], there: int) -> Limits | None:
        """Limits of every area; None when one holds more than it may."""
        component = self._component
        top = self._prefix[: b + 1]
        most = component.credits[: b + 1]
        least = most[:]
        only = self._only.get(b) or self._only_at(b)
        after = self._after[b + 1]
        for kind, state in zip(component.kinds, states, strict=True):
            free = state[FREE]
            back = state[MOVED] & self._early[b]
            out = free & after if back else 0
            if out:
                self._add_swapping(kind.units, free, back, out, (top, most, least), only)
            elif free:
                units = kind.units
                for area, early in enumerate(self._early[: b + 1]):
                    top[area] += units * (free & early).bit_count()
                    most[area] += units * (free & component.lists[area]).bit_count()
                    least[area] += units * (free & only[area]).bit_count()
        return _summed(top, most, least, self._peak, there)

    def _add_swapping(
        self,
        units: int,
        free: int,
        back: int,
        out: int,
        limits: tuple[list[int], list[int], list[int]],
        only: list[int],
    ) -> None:
        """Add one kind of which some in ``back`` may be swapped for some in ``out``."""
        top, most, least = limits
        lists = self._component.lists
        backs = back.bit_count()
        for area in range(len(top)):
            early, listed, bound = self._early[area], lists[area], only[area]
            swaps = min((back & early).bit_count(), (out & ~early).bit_count())
            top[area] += units * ((free & early).bit_count() + swaps)
            swaps = min((back & listed).bit_count(), (out & ~listed).bit_count())
            most[area] += units * ((free & listed).bit_count() + swaps)
            swaps = min(backs, (out & bound).bit_count())
            least[area] += units * ((free & bound).bit_count() - swaps)

    def _order_cost(self, limits: Limits, excess: int) -> int:
        """Least loss in framework order when the excess over all needs is ``excess``.

        The earliest area takes all it can of it, then the next.
        """
        excess -= limits.forced
        held = cost = 0
        for top, value, least, worth in zip(
            limits.top, limits.most, limits.least, self._scale.order, strict=False
        ):
            if least > 0:
                excess += least
            if value > excess:
                value = excess
            if value > top - held:
                value = top - held
            held += value
            if value > 0:
                excess -= value
            cost -= value * worth
        return cost

    def _short(self, b: int, states: list[State]) -> tuple[int, int]:
        """Courses missing for sure, and the mask of the areas where they are."""
        component = self._component
        short = areas = together = 0
        after = self._after[b + 1]
        for area in range(b + 1):
            most = component.courses[area]
            together += most
            for state in states:
                free = state[FREE]
                listed = component.lists[area]
                most += (free & listed).bit_count()
                back = state[MOVED] & listed
                if back:
                    most += min(back.bit_count(), (free & after & ~listed).bit_count())
            if most < 0:
                short -= most
                areas |= 1 << area
        together += sum(state[FREE].bit_count() for state in states)
        if -together > short:
            short = -together
            areas = areas or 1 << b + 1
        return short, areas

    def _only_at(self, b: int) -> list[int]:
        """Per area of 0..b, the courses that list no other of 0..b."""
        once = twice = 0
        for listed in self._component.lists[: b + 1]:
            twice |= once & listed
            once |= listed
        once &= ~twice
        only = self._only[b] = [once & listed for listed in self._component.lists[: b + 1]]
        return only

    def _peaks(self) -> list[int]:
        """What each area never holds more than, less what it asks.

        Where courses are exchangeable, a course that is not needed stands in its first
        area: beyond those that list an area first, it takes what it needs and no more.
        """
        component = self._component
        peaks = []
        largest = max(kind.units for kind in component.kinds)
        for area, asks in enumerate(component.credits):
            if component.exchangeable:
                has = asks
                for kind in component.kinds:
                    has += kind.units * (kind.courses & component.first[area]).bit_count()
                needed = asks - min(0, component.courses[area]) * largest
                peaks.append(max(has, largest - 1, needed))
            else:
                rooms = (group.room for group in component.groups if group.areas >> area & 1)
                peaks.append(asks + min(rooms, default=largest * len(component.items)))
        return peaks


def _summed(
    top: list[int], most: list[int], least: list[int], peaks: list[int], there: int
) -> Limits | None:
    """The sums of ``Limits``; None when the free courses do not fit."""
    sure = gap = forced = room = 0
    for area, high in enumerate(most):
        low = least[area]
        if high > peaks[area]:
            high = most[area] = peaks[area]
            if low > high:
                return None
        if high < 0:
            sure -= high
        elif low > 0:
            forced += low
        if forced - top[area] - sure > gap:
            gap = forced - top[area] - sure
        room += high
    if room < there:
        return None
    return Limits(top, most, least, sure, max(gap, forced - there - sure), forced)


def _unmet(limits: Limits, short_areas: int) -> int:
    """Least number of unmet areas that can miss what is missing."""
    unmet = 0
    rest = limits.gap
    others = []
    for area, (most, least) in enumerate(zip(limits.most, limits.least, strict=True)):
        if most < 0 or short_areas >> area & 1:
            unmet += 1
            rest += min(0, least) - min(0, most)
        elif least < 0:
            others.append(-least)
    others.sort(reverse=True)
    for capacity in others:
        if rest <= 0:
            break
        rest -= capacity
        unmet += 1
    return unmet or int(short_areas > 0)
