"""The smallest sets of offered courses that would fill an area's gap.

Offered are the lines whose subject is not taken yet; what was failed, withdrawn or
passed below the grade floor may be taken again. Of subjects that stand for each other one
counts (A28): no set has two, and beside one that is taken another helps only where it takes
its place and leaves another area less, which fill_tried.py finds out. A set fills a leaf if
the leaf is met once all its lines are passed and count there; it stays within every cap (A4).
Fewest courses come first, then fewest credits, then framework order.

A parent gets one set: the largest courses that meet enough of its children and its own
minima. It is a smallest one unless a cap, a course that is in several of its areas or one that
stands for another is in the way; then a smaller one may exist, or one where none is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, islice, pairwise
from typing import NamedTuple

from ..placement.placing import Placing
from ..placement.tally import Tally
from ..result import Fills
from .areas import met_areas

MOST = 5
"""Sets named for one gap: enough to choose from, few enough to read."""

CHOICES = 500
"""Ways to choose children that are compared; beyond, the first ones are."""

WORK = 2_000_000
"""Sums and offers that are looked at for all gaps of one audit, in the order of its areas; beyond,
the first courses that fill a gap are named, largest first, though fewer might."""

STEP = 8
"""What one course takes that is put beside others which it must not stand for."""


_NONE: frozenset[int] = frozenset()


class Offer(NamedTuple):
    """One line that could be taken: its key, subject, units and area.

    ``instead``: the subjects of which none counts beside it, its own and those of A28.
    """

    key: int
    subject: int
    units: int
    area: int
    instead: frozenset[int]


Order = Callable[[Offer], tuple[int, ...]]
"""What offers are sorted by."""


def _largest(offer: Offer) -> tuple[int, ...]:
    return (-offer.units,)


def _barring_fewest(offer: Offer) -> tuple[int, ...]:
    """For where the largest bars those that are needed."""
    return len(offer.instead), -offer.units


def fills(
    placing: Placing, tally: Tally, *, beside_taken: bool = False, most: int = MOST
) -> dict[str, Fills]:
    """By code of each area that is not met, its fill sets (line keys), best first.

    No set if nothing can fill it. ``beside_taken``: whether what stands for a subject that is
    taken is on offer, or for which that one stands; if so a set need not fill the area.
    ``most``: sets of one area.
    """
    gaps = _Gaps(placing, tally, beside_taken)
    children = placing.prepared.children
    return {
        code: tuple(islice((gaps.of_parent if children[area] else gaps.of_leaf)(area), most))
        for code, area in placing.prepared.number.items()
        if not gaps.met[area]
    }


class _Gaps:
    """What is missing in one audit, and what is offered."""

    def __init__(self, placing: Placing, tally: Tally, beside_taken: bool) -> None:
        prepared = self._prepared = placing.prepared
        self._tally = tally
        self.met, _ = met_areas(prepared, tally)
        self._work = WORK
        self._of_parents: dict[int, list[Offer] | None] = {}
        self._orders = [_largest]
        self._offers: dict[int, list[Offer]] = {}
        taken = placing.taken_subjects()
        again = Counter(claim.subjects[0].number for claim in placing.attempts.repeated)
        doubles, many = prepared.matching.doubles, len(prepared.subjects)
        for line in prepared.framework.lines:
            subject, spot = prepared.of_line[line.key]
            others = doubles.get(subject.number, _NONE)
            if spot.area < 0 or not (beside_taken or taken.isdisjoint(others)):
                continue
            instead = {
                other + time * many
                for other in others
                for time in range(prepared.subjects[other].repeats)
            }
            if others and len(self._orders) == 1:
                self._orders.append(_barring_fewest)
            first = again[subject.number] + 1 if subject.number in taken else 0
            for time in range(first, subject.repeats):  # each time as if a subject of its own
                number = subject.number + time * many
                units = prepared.units(line.credits)
                offer = Offer(line.key, number, units, spot.area, frozenset({number, *instead}))
                self._offers.setdefault(spot.area, []).append(offer)

    def of_leaf(self, leaf: int) -> Iterator[tuple[int, ...]]:
        """Every smallest set, best first."""
        units, courses = self._short(leaf)
        offers = self._offers.get(leaf, [])
        largest = sorted((offer.units for offer in offers), reverse=True)
        for size in range(max(0, courses), len(offers) + 1):
            most, least = sum(largest[:size]), sum(largest[len(largest) - size :])
            if most < units:
                continue
            if not self._fits({leaf: least}):
                return
            self._work -= len(offers) * size * max(1, most - least)
            if self._work < 0:
                ways = (self._extended(leaf, [], order) for order in self._orders)
                for found in ways:
                    if found and self._fits({leaf: sum(offer.units for offer in found)}):
                        yield tuple(sorted(offer.key for offer in found))
                        return
                return
            reach = _reach(offers, size)
            sums = [held for held in sorted(reach[0][size]) if units <= held]
            is_there = False
            for held in sums:
                if self._fits({leaf: held}):
                    for keys in self._sets(offers, reach, size, held):
                        is_there = True
                        yield keys
            if is_there:
                return

    def _sets(
        self,
        offers: list[Offer],
        reach: list[list[set[int]]],
        size: int,
        held: int,
        start: int = 0,
        chosen: frozenset[int] = frozenset(),
    ) -> Iterator[tuple[int, ...]]:
        """Every set of ``size`` offers from ``start`` on with ``held`` units, in their order.

        None has a course that does not count beside another one, or beside the subjects
        ``chosen``. ``reach`` says which steps lead to a set where no course bars another.
        """
        if not size:
            yield ()
            return
        for index in range(start, len(offers)):
            offer = offers[index]
            rest = held - offer.units
            if rest not in reach[index + 1][size - 1]:
                continue
            self._work -= STEP
            if self._work < 0:
                return
            if not chosen.isdisjoint(offer.instead):
                continue
            more = chosen | {offer.subject}
            for others in self._sets(offers, reach, size - 1, rest, index + 1, more):
                yield (offer.key, *others)

    def of_parent(self, area: int) -> Iterator[tuple[int, ...]]:
        """The set that is named for a parent, if there is one."""
        found = self._of_parent(area)
        if found is not None:
            yield tuple(sorted(offer.key for offer in found))

    def _of_parent(self, area: int) -> list[Offer] | None:
        if area not in self._of_parents:
            self._of_parents[area] = self._found_for_parent(area)
        return self._of_parents[area]

    def _found_for_parent(self, area: int) -> list[Offer] | None:
        children = self._prepared.children[area]
        unmet = [child for child in children if not self.met[child]]
        need = max(0, self._prepared.min_children[area] - (len(children) - len(unmet)))
        best: list[Offer] | None = None
        for number, chosen in enumerate(islice(combinations(unmet, need), CHOICES)):
            if number and self._work < 0:
                break
            for order in self._orders:
                found = self._with_children(area, chosen, order)
                if found is not None:
                    if best is None or len(found) < len(best):
                        best = found
                    break
        return best

    def _with_children(
        self, area: int, chosen: tuple[int, ...], order: Order
    ) -> list[Offer] | None:
        """The set that meets the ``chosen`` children and the area's own minima."""
        found: list[Offer] = []
        for child in chosen:
            is_parent = self._prepared.children[child]
            part = self._of_parent(child) if is_parent else self._extended(child, [], order)
            subjects = {offer.subject for offer in found}
            if part is None or any(not subjects.isdisjoint(offer.instead) for offer in part):
                return None
            found += part
        whole = self._extended(area, found, order)
        if whole is None:
            return None
        held: dict[int, int] = {}
        for offer in whole:
            held[offer.area] = held.get(offer.area, 0) + offer.units
        return whole if self._fits(held) else None

    def _extended(self, area: int, found: list[Offer], order: Order) -> list[Offer] | None:
        """``found`` and the first courses below ``area`` that its own minima need."""
        units, courses = self._short(area)
        units -= sum(offer.units for offer in found)
        courses -= len(found)
        below = self._prepared.leaf_mask[area]
        rest = [o for leaf, offers in self._offers.items() if below >> leaf & 1 for o in offers]
        self._work -= len(rest)
        rest.sort(key=order)
        found = found[:]
        subjects = {offer.subject for offer in found}
        for offer in rest:
            if units <= 0 and courses <= 0:
                break
            if subjects.isdisjoint(offer.instead):
                subjects.add(offer.subject)
                found.append(offer)
                units -= offer.units
                courses -= 1
        return found if units <= 0 and courses <= 0 else None

    def _short(self, area: int) -> tuple[int, int]:
        """Units and courses missing of the area's own minima."""
        prepared, tally = self._prepared, self._tally
        return (
            prepared.min_units[area] - tally.taken[area],
            prepared.min_courses[area] - tally.courses[area],
        )

    def _fits(self, held: dict[int, int]) -> bool:
        """Whether ``held`` units more in these leaves pass no cap."""
        for area, cap in enumerate(self._prepared.cap):
            if cap is not None:
                below = self._prepared.leaf_mask[area]
                more = sum(units for leaf, units in held.items() if below >> leaf & 1)
                if more and self._tally.taken[area] + more > cap:
                    return False
        return True


def _reach(offers: list[Offer], size: int) -> list[list[set[int]]]:
    """What sums of units are in reach.

    For every tail of ``offers`` and every number up to ``size``: the sums that so many
    of the tail can have.
    """
    tail: list[set[int]] = [{0}, *(set() for _ in range(size))]
    reach = [tail]
    for offer in reversed(offers):
        tail = [tail[0]] + [
            more | {held + offer.units for held in fewer} for fewer, more in pairwise(tail)
        ]
        reach.append(tail)
    return reach[::-1]
