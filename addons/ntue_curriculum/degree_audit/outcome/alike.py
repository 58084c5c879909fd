"""Courses that differ in nothing that a student's programs ask: any of them may stand for another.

It is said only where nothing hangs on which of them it is: no cap, no rule across areas, no
decision, no second attempt at the same course.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from ..framework.prepared import PreparedFramework
from ..framework.spots import Spot
from ..values import Enrolment


class Alike:
    """Of a course's key, the same value for courses that are alike."""

    def __init__(
        self,
        programs: Sequence[PreparedFramework],
        enrolments: Iterable[Enrolment],
        decided: Iterable[int | None],
    ) -> None:
        """``programs``: as they are asked of the student. ``decided``: keys, one by one."""
        self._programs = programs
        self._by_key = {one.key: one for one in enrolments}
        self._decided = frozenset(decided)
        self._codes = Counter(one.code for one in self._by_key.values())
        self._marks: dict[int, Hashable] = {}
        self._bound = any(
            one.counting.binds or one.counting.orders or one.counting.prerequisites
            for one in programs
        )

    def __call__(self, key: int) -> Hashable:
        """What is alike has the same."""
        mark = self._marks.get(key)
        if mark is None:
            mark = self._marks[key] = self._mark(key)
        return mark

    def _mark(self, key: int) -> Hashable:
        one = self._by_key[key]
        if self._bound or key in self._decided or self._codes[one.code] > 1:
            return key
        marks: list[Hashable] = [one.credits, one.state]
        for program in self._programs:
            match = program.matching.match(one)
            subjects = match.subjects
            if len(subjects) > 1 or any(s.number in program.matching.doubles for s in subjects):
                return key
            spots = subjects[0].spots if subjects else match.selected
            if any(spot.area >= 0 and program.capped[spot.area] for spot in spots):
                return key
            marks.append(tuple(_mark_of(spot, one) for spot in spots))
            marks.append(match.origin if not spots else subjects[0].repeats if subjects else 0)
        return tuple(marks)


def _mark_of(spot: Spot, enrolment: Enrolment) -> tuple[int, bool, bool, bool, bool]:
    admitted = spot.admits(enrolment.score)
    return spot.area, spot.required, spot.in_total, spot.shareable, admitted
