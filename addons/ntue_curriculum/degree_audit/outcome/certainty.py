"""How sure a tick is while grades are pending: certain, open, or out of reach this term.

A pending grade can fall in several ways: failed; passed; and, where areas have grade floors,
passed below one of them. What is met in every way is certain, what is met in none is out of
reach, and the rest is open. In an open one the smallest sets of grades are told that decide: with
these passed it is met however the others fall.

Usually no two pending courses compete and no cap binds. Then one more pass never undoes
anything, and two audits say it: all of them failed, all of them passed. Elsewhere every way is
audited, ``WAYS`` at most; beyond that what these two audits and a bound from above do not settle
is open. Only the courses that can change something are counted.

What an audit has as met is met; what it has as unmet may be met all the same where its placement
is not proven best (A33). Then it is open, unless the bound from above rules it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import combinations, product
from typing import NamedTuple

from ..framework.prepared import PreparedFramework
from ..placement.budget import STEPS
from ..placement.placing import Placing
from ..values import Enrolment, Reading, State
from .flexible import may_be_ticked
from .summing_up import Figures, figures_of, summed_up

WAYS = 512
"""Audits at most of one student; fewer where one takes many steps, ``STEPS`` in all of them."""

SETS = 3
"""Deciding sets that are told of one area at most."""

Ticks = tuple[bool | None, ...]
"""What is met: the areas in their order, then the whole. None: not, as far as was searched."""


class Certainty(StrEnum):
    """Whether the grades that are pending can change a tick."""

    CERTAIN = "certain"
    """Met, whatever they are."""
    OPEN = "open"
    """They decide it; or it is not proven; of the whole, or what is to be shown for a milestone."""
    OUT_OF_REACH = "out_of_reach"
    """Not met this term, whatever they are."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How sure one area is, or the whole (``code`` None).

    ``deciding``: of an open one the smallest sets of pending enrolments (keys) with which it is
    met, however the others fall; none when no set does, or there are too many ways to try.
    ``proven``: False for an open one of which a better placement may be all that is missing (A33).
    """

    code: str | None
    certainty: Certainty
    deciding: tuple[tuple[int, ...], ...] = ()
    proven: bool = True


class Fall(NamedTuple):
    """One way in which a grade can fall; without a score it passes every floor."""

    state: State
    score: Decimal | None = None


FAILED, PASSED = Fall(State.FAILED), Fall(State.PASSED)

Way = frozenset[tuple[int, Fall]]
"""How the grades of pending enrolments fall, by their keys."""

Fallen = dict[Way, Figures]
"""What each way comes to."""


def outlooks(
    placing: Placing, ticks: frozenset[int], pass_mark: Decimal | None, known: Fallen
) -> tuple[Outlook, ...]:
    """How sure every area is, in framework order, and then the whole.

    ``placing``: of the expected reading. ``ticks``: those that may be made; one on a course
    that fails is made no longer. ``pass_mark``: nobody passes with less. ``known``: of this
    placing, what was asked for other ticks, which change no placement; what is asked is added.
    """
    enrolments = placing.enrolments
    pending = [one.key for one in enrolments if one.state is State.IN_PROGRESS]
    codes = [*(area.code for area in placing.prepared.areas), None]
    asked = _Asked(placing, ticks, known)
    if not pending:
        return tuple(
            Outlook(code, _of((met,)), proven=met is not None)
            for code, met in zip(codes, asked.ticks({}), strict=True)
        )
    monotone = _monotone(placing, pending, ticks)
    floors = _floors(placing.prepared, enrolments, pass_mark)
    falls = [_falls(floors.get(key, ())) for key in pending]
    extremes = [asked.ticks(dict.fromkeys(pending, fall)) for fall in (FAILED, PASSED)]
    number = 1
    for each in falls:
        number *= len(each)
    is_tried = number <= min(WAYS, STEPS // max(placing.steps, 1))
    ways = extremes
    if is_tried and not all(monotone):
        ways = [asked.ticks(dict(zip(pending, way, strict=True))) for way in product(*falls)]
    columns = [
        few if is_monotone else every
        for is_monotone, few, every in zip(
            monotone, zip(*extremes, strict=True), zip(*ways, strict=True), strict=True
        )
    ]
    reach: tuple[bool, ...] = ()
    if not (is_tried or all(monotone)):
        reach = _within_reach(placing)
    found = []
    for place, (code, column) in enumerate(zip(codes, columns, strict=True)):
        certainty = _of(column)
        if reach and not monotone[place]:
            certainty = Certainty.OPEN if reach[place] else Certainty.OUT_OF_REACH
        sets: tuple[tuple[int, ...], ...] = ()
        if is_tried and certainty is Certainty.OPEN:
            sets = _deciding(asked, place, pending, falls, monotone=monotone[place])
        proven = certainty is not Certainty.OPEN or None not in column
        found.append(Outlook(code, certainty, sets, proven))
    return tuple(found)


def _falls(floors: Iterable[Decimal]) -> list[Fall]:
    """The ways in which a grade can fall that differ in what they admit."""
    below = [Fall(State.PASSED, floor - Decimal("0.01")) for floor in sorted(set(floors))]
    return [FAILED, *below, PASSED]


def _of(ticks: Sequence[bool | None]) -> Certainty:
    """``ticks``: in every way, or in the worst and the best where no pass undoes anything."""
    if all(ticks):
        return Certainty.CERTAIN
    is_ruled_out = all(met is False for met in ticks)
    return Certainty.OUT_OF_REACH if is_ruled_out else Certainty.OPEN


def _deciding(
    asked: _Asked,
    place: int,
    pending: list[int],
    falls: list[list[Fall]],
    *,
    monotone: bool,
) -> tuple[tuple[int, ...], ...]:
    """The smallest sets whose passes meet what is at ``place``, whatever else falls."""
    of_key = dict(zip(pending, falls, strict=True))
    for size in range(1, len(pending) + 1):
        found = []
        for keys in combinations(pending, size):
            others = [key for key in pending if key not in keys]
            ways = [[FAILED] if monotone else of_key[key] for key in others]
            sure = dict.fromkeys(keys, PASSED)
            if all(
                asked.ticks(sure | dict(zip(others, way, strict=True)))[place]
                for way in product(*ways)
            ):
                found.append(keys)
                if len(found) == SETS:
                    break
        if found:
            return tuple(found)
    return ()


class _Asked:
    """What is met in the ways asked about; each way is placed once, whatever is ticked."""

    def __init__(self, placing: Placing, asked: frozenset[int], known: Fallen) -> None:
        self._placing = placing
        self._asked = asked
        self._figures = known
        self._known: dict[Way, Ticks] = {}

    def ticks(self, way: Mapping[int, Fall]) -> Ticks:
        """What is met when the grades fall in this ``way``."""
        key = frozenset(way.items())
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._met(self._fallen(key))
        return found

    def _fallen(self, way: Way) -> Figures:
        """What the final reading of a student comes to whose grades fall in this ``way``."""
        found = self._figures.get(way)
        if found is None:
            placing, falls = self._placing, dict(way)
            enrolments = tuple(
                replace(one, state=falls[one.key].state, score=falls[one.key].score)
                if one.key in falls
                else one
                for one in placing.enrolments
            )
            found = self._figures[way] = figures_of(
                placing.prepared, enrolments, placing.rulings, Reading.FINAL, placing.before
            )
        return found

    def _met(self, figures: Figures) -> Ticks:
        """What is met where these are the figures."""
        rulings, outside = self._placing.rulings, figures.placing.attempts.outside
        may = {one.key for one in outside if may_be_ticked(one, rulings)}
        result = summed_up(figures, self._asked & may)
        met = (*(area.met for area in result.areas), result.met)
        if result.proven:
            return met
        reach = _within_reach(figures.placing)
        return tuple(one or (None if hope else False) for one, hope in zip(met, reach, strict=True))


def _monotone(placing: Placing, pending: Iterable[int], ticks: frozenset[int]) -> list[bool]:
    """Of each area, then of the whole, whether one more pass can undo it.

    What is ticked counts in no area, so that an area is as sure whatever is.
    """
    areas = _is_monotone(placing)
    return [*(areas for _ in placing.prepared.areas), areas and ticks.isdisjoint(pending)]


def _is_monotone(placing: Placing) -> bool:
    """Whether one more pass can undo no tick of an area: nothing competes, nothing pending repeats.

    Every course that counts has one place, without a floor or a cap; each pending one is the
    only attempt at its subject, and none is decided on.
    """
    attempts = placing.attempts
    if placing.spots or attempts.several or attempts.doubled or attempts.recognised:
        return False
    held = [one.key for one in attempts.held if one is not None]
    pending = {one.key for one in placing.enrolments if one.state is State.IN_PROGRESS}
    outside = {one.key for one in attempts.outside}
    if pending & set(placing.rulings.placing) or not pending <= set(held) | outside:
        return False
    match = placing.prepared.matching.match
    of_subject: dict[int, int] = {}
    for one in placing.enrolments:
        if one.state not in (State.FAILED, State.WITHDRAWN):
            for subject in match(one).subjects:
                of_subject[subject.number] = of_subject.get(subject.number, 0) + 1
    return all(
        of_subject[number] == 1
        for number, one in enumerate(attempts.held)
        if one is not None and one.key in pending
    )


def _floors(
    prepared: PreparedFramework, enrolments: Iterable[Enrolment], pass_mark: Decimal | None
) -> dict[int, list[Decimal]]:
    """By key of a pending enrolment, the floors of its places that a pass may be below."""
    floors = {}
    least = Decimal(0) if pass_mark is None else pass_mark
    every = sorted({floor for floor in prepared.floor if floor is not None and floor > least})
    for one in enrolments:
        if one.state is State.IN_PROGRESS:
            subjects = prepared.matching.match(one).subjects
            own = {spot.floor for subject in subjects for spot in subject.spots}
            floors[one.key] = [floor for floor in every if floor in own or not subjects]
    return floors


def _within_reach(placing: Placing) -> tuple[bool, ...]:
    """Whether each area, and the whole, could be met if its courses counted nowhere else."""
    prepared = placing.prepared
    units, courses = [0] * len(prepared.areas), [0] * len(prepared.areas)
    everything = 0
    for one in placing.enrolments:
        if one.state in (State.FAILED, State.WITHDRAWN):
            continue
        size = prepared.units(one.credits)
        everything += size
        match = prepared.matching.match(one)
        ruling = placing.rulings.placing.get(one.key)
        spots = [*match.selected, *(spot for subject in match.subjects for spot in subject.spots)]
        if ruling is not None and ruling.spot is not None:
            spots.append(ruling.spot)
        for area in {up for spot in spots for up in prepared.above(spot)}:
            units[area] += size
            courses[area] += 1
    own = [
        held >= asked and number >= least
        for held, asked, number, least in zip(
            units, prepared.min_units, courses, prepared.min_courses, strict=True
        )
    ]
    for parent in prepared.parents:  # the deepest are first
        met = sum(own[child] for child in prepared.children[parent])
        own[parent] = own[parent] and met >= prepared.min_children[parent]
    whole = everything >= prepared.graduation and all(own[root] for root in prepared.roots)
    return (*own, whole)
