"""Allocation where places are not all alike: caps, shareable and total-only places.

A cap binds when the courses offered could pass it; caps that do not bind are no part
of the problem (A4). Under a binding cap a course may end up nowhere (A5). A course
counts in every shareable place it has, in at most one other, and once in the total and
in every parent. A shareable place under a binding cap competes for the room: by itself
where nothing else depends on it; otherwise with and without it are both tried, which
doubles the work for each such place. Where that is more than the budget has steps, what
is taken is decided by the solver that others keep, or by trials (climb.py) and not proven best.
"""

from __future__ import annotations

from typing import NamedTuple

from ..framework.masks import mask_of
from ..framework.prepared import PreparedFramework
from ..framework.spots import TOTAL_ONLY, Spot
from .budget import Budget, OutOfStepsError
from .climb import climbed
from .component import Component, Group, Item
from .courses import Course, Placement
from .pieces import pieces
from .solver import solve_component
from .tally import Tally
from .ways import Takes, Ways, likeness
from .worth import WORST, Worth, worth

Tie = tuple[int, int]
"""Number of a course, and the area of a shareable place of it."""


VAIN, TRIAL = 8, 16
"""Steps of an allocation with every tied place taken or refused: where what is taken does not
fit, and else for every four courses."""


class Openings(NamedTuple):
    """What is open to one course.

    ``shared``: places it takes besides any other. ``spots``: one of these, by area.
    ``elsewhere``: in the total only, if it counts in no area.
    """

    shared: tuple[Spot, ...]
    spots: tuple[Spot, ...]
    elsewhere: Spot | None


class Choice(NamedTuple):
    """A course that is to be at one of ``places`` (None: nowhere).

    ``counted``: it counts in the total already. ``inside``: binding caps it has passed
    already.
    """

    course: int
    places: tuple[Spot | None, ...]
    counted: bool
    inside: frozenset[int]


def openings_of(course: Course) -> Openings:
    """Sort the places of ``course``; being shareable matters from the second area on."""
    in_areas = tuple(spot for spot in course.spots if spot.area != TOTAL_ONLY)
    elsewhere = next((spot for spot in course.spots if spot.area == TOTAL_ONLY), None)
    if len(in_areas) < 2:
        return Openings((), in_areas, elsewhere)
    shared = tuple(spot for spot in in_areas if spot.shareable)
    return Openings(shared, tuple(spot for spot in in_areas if not spot.shareable), elsewhere)


def allocate_unlike(
    prepared: PreparedFramework, courses: list[Course], tally: Tally, budget: Budget
) -> list[Placement]:
    """As ``allocation.allocate``, for any framework."""
    rooms = binding(prepared, courses, tally)
    openings = [openings_of(course) for course in courses]
    tied = [
        (number, spot.area)
        for number, open_to in enumerate(openings)
        for spot in open_to.shared
        if not courses[number].forced and _tied(prepared, open_to, spot, rooms)
    ]
    if not tied:
        return _Attempt(prepared, courses, tally, rooms, budget).placements(openings, set(), set())

    def attempted(takes: Takes) -> tuple[Worth, Takes, list[Placement]]:
        """What taking and refusing these is worth, and the best placement that does."""
        refused = {pair for pair, take in zip(tied, takes, strict=True) if not take}
        attempt = _Attempt(prepared, courses, tally, rooms, budget)
        placements = attempt.placements(openings, set(tied) - refused, refused)
        if not attempt.fits():
            return WORST, takes, placements
        return worth(prepared, courses, placements, tally), takes, placements

    ways = Ways(tied, [likeness(course) for course in courses])
    best = attempted((False,) * len(tied))
    price = TRIAL * (2 + len(courses) // 4)
    if not budget.may(VAIN * ways.number):
        return climbed(attempted, best, price // 4, budget)
    try:
        for takes in ways:
            trial = attempted(takes)
            budget.spend(VAIN if trial[0] is WORST else price)
            if trial[:2] > best[:2]:
                best = trial
    except OutOfStepsError:
        budget.give_up()
    return best[2] if budget.proven else climbed(attempted, best, price // 4, budget)


def binding(prepared: PreparedFramework, courses: list[Course], tally: Tally) -> dict[int, int]:
    """Areas whose cap the courses could pass, with the room left for them.

    Forced courses are in whatever the cap says; they leave less room, or none.
    """
    fixed: dict[int, int] = {}
    offered: dict[int, int] = {}
    for leaf in prepared.leaves:
        for area in prepared.lines_up[leaf]:
            fixed[area] = fixed.get(area, 0) + tally.taken[leaf]
    for course in courses:
        into = fixed if course.forced else offered
        for area in {up for spot in course.spots for up in prepared.above(spot)}:
            into[area] = into.get(area, 0) + course.units
    rooms = {}
    for area, cap in enumerate(prepared.cap):
        if cap is not None:
            room = max(0, cap - fixed.get(area, 0))
            if offered.get(area, 0) > room:
                rooms[area] = room
    return rooms


def _caps_over(prepared: PreparedFramework, spot: Spot, rooms: dict[int, int]) -> list[int]:
    return [area for area in prepared.above(spot) if area in rooms]


def _tied(
    prepared: PreparedFramework, open_to: Openings, spot: Spot, rooms: dict[int, int]
) -> bool:
    """Whether taking the shareable ``spot`` changes what else its course may do.

    It may count in the total only instead; under a binding cap, it may be what makes
    the course count in the total, or share the cap with another place.
    """
    if open_to.elsewhere is not None and _tempts(open_to):
        return True
    caps = _caps_over(prepared, spot, rooms)
    if not caps:
        return False
    others = [other for other in open_to.shared + open_to.spots if other is not spot]
    if any(area in caps for other in others for area in prepared.above(other)):
        return True
    free = [other for other in others if not _caps_over(prepared, other, rooms)]
    sure = any(other.in_total for other in free if other in open_to.shared) or (
        any(other in free for other in open_to.spots)
        and all(other.in_total for other in open_to.spots)
    )
    return spot.in_total and not sure


def _tempts(open_to: Openings) -> bool:
    """Whether the total only is worth more in the total than some area is."""
    spots = open_to.shared + open_to.spots
    there = open_to.elsewhere is not None and open_to.elsewhere.in_total
    return there and not all(spot.in_total for spot in spots)


class _Attempt:
    """One allocation, with every tied shareable place taken or refused."""

    def __init__(
        self,
        prepared: PreparedFramework,
        courses: list[Course],
        tally: Tally,
        rooms: dict[int, int],
        budget: Budget,
    ) -> None:
        self._budget = budget
        self._prepared = prepared
        self._courses = courses
        self._rooms = dict(rooms)
        self._units = [a - b for a, b in zip(tally.taken, prepared.min_units, strict=False)]
        self._counts = [a - b for a, b in zip(tally.courses, prepared.min_courses, strict=False)]
        self._placed: list[Placement] = [()] * len(courses)
        self._choices: list[Choice] = []

    def fits(self) -> bool:
        """No binding cap is passed by what was placed without a choice."""
        return min(self._rooms.values(), default=0) >= 0

    def placements(
        self, openings: list[Openings], tied: set[Tie], refused: set[Tie]
    ) -> list[Placement]:
        """The best placement; of no use unless it ``fits``."""
        for number, open_to in enumerate(openings):
            self._divide(number, open_to, tied, refused)
        if self.fits():
            sets = [
                (mask_of(spot.area for spot in choice.places if spot and spot.area >= 0), number)
                for number, choice in enumerate(self._choices)
            ]
            sets += [(self._prepared.leaf_mask[cap], -1) for cap in self._rooms]
            for areas, members in pieces(sets):
                self._solve(areas, [self._choices[number] for number in members if number >= 0])
        return [tuple(sorted(placed, key=_by_area)) for placed in self._placed]

    def _divide(self, number: int, open_to: Openings, tied: set[Tie], refused: set[Tie]) -> None:
        """Place what leaves no choice; what does becomes a choice."""
        course = self._courses[number]
        taken = []
        for spot in open_to.shared:
            if course.forced or (number, spot.area) in tied:
                taken.append(spot)
            elif (number, spot.area) not in refused:
                if self._caps_over(spot):
                    self._choices.append(Choice(number, (spot, None), True, frozenset()))
                else:
                    taken.append(spot)
        inside: set[int] = set()
        for spot in taken:
            self._put(number, spot, inside)
        counted = any(spot.in_total for spot in taken)
        elsewhere = None if taken else open_to.elsewhere
        open_to = Openings((), open_to.spots, elsewhere)
        if open_to.spots:
            self._choose(number, open_to, counted, inside)
        elif elsewhere is not None:
            self._placed[number] = (elsewhere,)

    def _choose(self, number: int, open_to: Openings, counted: bool, inside: set[int]) -> None:
        """The course is to be at one of ``open_to.spots``, or nowhere if need be."""
        course = self._courses[number]
        spots, elsewhere = open_to.spots, open_to.elsewhere
        places: tuple[Spot | None, ...] = spots[:1] if course.forced else spots
        may_not_fit = course.units > 0 and all(
            set(self._caps_over(spot)) - inside for spot in spots
        )
        if not course.forced and (may_not_fit or _tempts(open_to)):
            places = (*spots, elsewhere)
        if len(places) == 1:
            self._put(number, spots[0], inside)
        else:
            self._choices.append(Choice(number, places, counted, frozenset(inside)))

    def _caps_over(self, spot: Spot) -> list[int]:
        return _caps_over(self._prepared, spot, self._rooms)

    def _put(self, number: int, spot: Spot, inside: set[int]) -> None:
        """Count a course at ``spot``; it takes the room of each cap only once."""
        course = self._courses[number]
        self._placed[number] += (spot,)
        if spot.area >= 0:
            self._units[spot.area] += course.units
            self._counts[spot.area] += 1
        for cap in self._caps_over(spot):
            if cap not in inside and not course.forced:
                self._rooms[cap] -= course.units
            inside.add(cap)

    def _solve(self, areas: list[int], choices: list[Choice]) -> None:
        """Grant the choices of one piece."""
        if not choices:
            return
        under = self._prepared.leaf_mask
        caps = [cap for cap in self._rooms if any(under[cap] >> area & 1 for area in areas)]
        local = {area: index for index, area in enumerate(areas)}
        items = [self._item(number, choice, local, caps) for number, choice in enumerate(choices)]
        groups = [
            Group(
                self._rooms[cap],
                mask_of(index for area, index in local.items() if under[cap] >> area & 1),
            )
            for cap in caps
        ]
        units = [self._units[area] for area in areas]
        counts = [self._counts[area] for area in areas]
        component = Component(units, counts, items, groups)
        for item, index in zip(
            component.items, solve_component(component, self._budget), strict=True
        ):
            choice = choices[item.number]
            spot = choice.places[item.areas.index(index)]
            if spot is not None:
                self._placed[choice.course] += (spot,)

    def _item(self, number: int, choice: Choice, local: dict[int, int], caps: list[int]) -> Item:
        course = self._courses[choice.course]
        at = [
            len(local) if spot is None or spot.area < 0 else local[spot.area]
            for spot in choice.places
        ]
        gains = [
            spot is not None and spot.in_total and not choice.counted for spot in choice.places
        ]
        worthless = 0
        if any(gains):
            worthless = mask_of(index for index, gain in zip(at, gains, strict=True) if not gain)
        inside = mask_of(index for index, cap in enumerate(caps) if cap in choice.inside)
        return Item(number, course.units, tuple(at), course.mapped, worthless, inside)


def _by_area(spot: Spot) -> int:
    return spot.area
