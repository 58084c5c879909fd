"""How good the rest of a placement can be at best: what lets the search stop early.

Areas 0..b are still to be decided. Of every kind of course it is known how many stand
in the places after b; which of them, the matching may still change, by swapping one
that is there for a free one. Any legal placement of the rest obeys

* ``top``: what areas 0..c hold together: free courses whose first area is not after c,
  and as many more as can be swapped back;
* ``most`` and ``least`` of one area: the free courses that list it, and those that
  list no other of 0..b, as far as swaps go;
* the sum: all free courses are in 0..b.

From these follow lower bounds of the unmet areas, the missing credits and courses,
and, since missing credits fix the credits in excess, of the loss in framework order.
Each level is bounded under the condition that the levels before it are at their
bounds, which is what comparing level by level needs.
"""

from __future__ import annotations

from typing import NamedTuple

from .augmenting import FREE, MOVED, Layout
from .component import Component
from .scale import Scale


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
        self._counting = min(component.counts) < 0
        self.before: list[int] = []
        self._early: list[int] = []
        self._prefix: list[int] = []
        early = prefix = 0
        for first, units in zip(component.first, component.units, strict=False):
            self.before.append(early)
            early |= first
            prefix += units
            self._early.append(early)
            self._prefix.append(prefix)
        self.before.append(early)
        self.after = [*component.lists[1:], 0, 0]
        for place in range(component.size - 1, -1, -1):
            self.after[place] |= self.after[place + 1]
        self._only: dict[int, list[int]] = {}
        self._peak = self._peaks()

    def lowest(self, b: int, state: Layout, strict: bool) -> int | None:
        """Bound of what areas 0..b cost in ``state``.

        None when no legal placement is left; under ``strict``, none that meets all.
        """
        component = self._component
        there = self._prefix[b] + (state[FREE] & component.heavy).bit_count()
        if strict and there < 0:
            return None
        limits = self._limits(b, state, there)
        if limits is None:
            return None
        missing = limits.sure + limits.gap
        short, short_areas = self._short(b, state) if self._counting else (0, 0)
        if strict and (missing or short_areas):
            return None
        scale = self._scale
        cost = self._order_cost(limits, there + missing)
        if missing or short_areas:
            unmet = _unmet(limits, short_areas)
            cost += unmet * scale.unmet + missing * scale.credits + short * scale.courses
        if not component.plain:
            cost -= self.worth(state[FREE])
        return cost

    def _limits(self, b: int, state: Layout, there: int) -> Limits | None:
        """Limits of every area; None when the free courses do not fit."""
        component = self._component
        free = state[FREE] & component.heavy
        only = self._only.get(b) or self._only_at(b)
        units = component.units
        areas = range(b + 1)
        prefix, early, lists = self._prefix, self._early, component.lists
        top = [prefix[area] + (free & early[area]).bit_count() for area in areas]
        most = [units[area] + (free & lists[area]).bit_count() for area in areas]
        least = [units[area] + (free & only[area]).bit_count() for area in areas]
        swaps = 0
        moved = state[MOVED] & early[b]
        if moved:
            for kind in component.kinds:
                back = moved & kind.courses
                out = _swappable(component, b, state, kind.courses, back) if back else 0
                if out:
                    swaps |= out
                    self._add_swaps(back & component.heavy, out & component.heavy, top, most)
                    _subtract_swaps(back.bit_count(), out, only, least)
        if component.groups and not swaps:
            self._fill_exactly(free, only, most, least)
        return _summed(top, most, least, self._peak, there)

    def _fill_exactly(self, free: int, only: list[int], most: list[int], least: list[int]) -> None:
        """Lower ``most`` of an area under a cap to a sum of credits that can be reached."""
        component = self._component
        for area, low in enumerate(least):
            room = self._peak[area] - low
            if 0 <= room < most[area] - low:
                sums = 1
                choice = free & component.lists[area] & ~only[area]
                for kind in component.kinds:
                    courses = choice & kind.courses
                    for _ in range((courses & component.ones).bit_count()):
                        sums |= sums << kind.units
                sums &= (2 << room) - 1
                most[area] = low + sums.bit_length() - 1

    def _add_swaps(self, back: int, out: int, top: list[int], most: list[int]) -> None:
        """One kind of which some in ``back`` may be swapped for some in ``out``."""
        lists = self._component.lists
        for area, early in enumerate(self._early[: len(top)]):
            here = back & early
            if here:
                come, go = here.bit_count(), (out & ~early).bit_count()
                top[area] += come if come < go else go
            listed = lists[area]
            here = back & listed
            if here:
                come, go = here.bit_count(), (out & ~listed).bit_count()
                most[area] += come if come < go else go

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
            if value:
                held += value
                cost -= value * worth
                if value > 0:
                    excess -= value
        return cost

    def worth(self, free: int) -> int:
        """What the free courses can add at best in the total, and as mapped courses."""
        worth = 0
        for kind in self._component.kinds:
            units = (free & kind.courses & self._component.heavy).bit_count()
            worth += units * self._scale.total
            if kind.mapped:
                count = (free & kind.courses & self._component.ones).bit_count()
                worth += count * self._scale.mapped
        return worth

    def _short(self, b: int, state: Layout) -> tuple[int, int]:
        """Courses missing for sure, and the mask of the areas where they are."""
        component = self._component
        ones = component.ones
        free, back = state[FREE] & ones, state[MOVED] & ones
        out = free & self.after[b]
        short = areas = together = 0
        for area in range(b + 1):
            listed = component.lists[area]
            together += component.counts[area]
            most = component.counts[area] + (free & listed).bit_count()
            if back & listed:
                most += min((back & listed).bit_count(), (out & ~listed).bit_count())
            if most < 0:
                short -= most
                areas |= 1 << area
        together += free.bit_count()
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

        In a tidy area, beyond the courses that list it first, stand only courses that
        it needs.
        """
        component = self._component
        largest = max(kind.units for kind in component.kinds)
        peaks = []
        for area, (asks, courses) in enumerate(zip(component.units, component.counts, strict=True)):
            peak = self._room(area)
            if component.tidy[area]:
                has = asks + (component.first[area] & component.heavy).bit_count()
                peak = min(peak, max(has, largest - 1, asks - min(0, courses) * largest))
            peaks.append(peak)
        return peaks

    def _room(self, area: int) -> int:
        """What the caps over ``area`` let it hold, less what it asks."""
        component = self._component
        if not component.groups:
            return component.units[area] + len(component.field)
        rooms = [len(component.field)]
        for number, group in enumerate(component.groups):
            if group.areas >> area & 1:
                exempt = sum(k.courses for k in component.kinds if k.inside >> number & 1)
                exempt &= component.lists[area] & component.heavy
                rooms.append(group.room + exempt.bit_count())
        return component.units[area] + min(rooms)


def _swappable(component: Component, b: int, state: Layout, kind: int, back: int) -> int:
    """Free courses of a kind that may go when some of ``back`` return to 0..b.

    One may go where one is that may return, or where one is that may go on to
    such a place, and so on.
    """
    lists = component.lists
    enter = 0
    others = []
    for place in range(b + 1, component.places):
        here = state[place] & kind
        if here & back:
            enter |= lists[place]
        elif here:
            others.append((here, lists[place]))
    known = 0
    while others and enter != known:
        known = enter
        for here, listed in others:
            if here & enter:
                enter |= listed
    return state[FREE] & kind & enter


def _subtract_swaps(backs: int, out: int, only: list[int], least: list[int]) -> None:
    for area, bound in enumerate(only):
        go = (out & bound).bit_count()
        if go:
            least[area] -= go if go < backs else backs


def _summed(
    top: list[int], most: list[int], least: list[int], peaks: list[int], there: int
) -> Limits | None:
    """The sums of ``Limits``; None when the free courses do not fit."""
    sure = gap = forced = room = 0
    for area, (high, low, both, peak) in enumerate(zip(most, least, top, peaks, strict=False)):
        if high > peak:
            most[area] = high = peak
            if low > high:
                return None
        if high < 0:
            sure -= high
        elif low > 0:
            forced += low
        if forced - both - sure > gap:
            gap = forced - both - sure
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
