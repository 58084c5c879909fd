"""Running sums of what was placed, area by area (A6, A11, A26)."""

from __future__ import annotations

from collections.abc import Collection

from ..framework.prepared import PreparedFramework
from ..values import Enrolment, State
from .courses import Course, Placement

_IN_PROGRESS = State.IN_PROGRESS


class Tally:
    """Running sums, in units, per area number; the last entry is for the total only.

    Leaves are filled while courses are placed; ``close`` adds them up to the total of
    the framework's courses, and then to their parents (A6). Lines that do not count in
    the total stay out of its credits, not out of its number of courses (A11).
    """

    __slots__ = (
        "_prepared",
        "courses",
        "in_progress",
        "required",
        "taken",
        "total_courses",
        "total_in_progress",
        "total_required",
        "total_taken",
    )

    def __init__(self, prepared: PreparedFramework) -> None:
        self._prepared = prepared
        size = len(prepared.areas) + 1
        self.taken = [0] * size
        self.in_progress = [0] * size
        self.required = [0] * size
        self.courses = [0] * size
        self.total_taken = self.total_in_progress = self.total_required = 0
        self.total_courses = 0

    def place_plain(self, held: list[Enrolment | None], decided: Collection[int]) -> list[int]:
        """Count every course of ``held`` whose subject has one plain place.

        Returns the numbers of the subjects that need more thought: several places, a
        grade floor, a cap, or a decision on the enrolment. This loop is most of the
        work for a framework without overlap, hence its plainness.
        """
        taken, courses = self.taken, self.courses
        in_progress, required = self.in_progress, self.required
        rest = []
        for number, (enrolment, plain) in enumerate(zip(held, self._prepared.plain, strict=True)):
            if enrolment is None:
                continue
            if plain is None or (decided and enrolment.key in decided):
                rest.append(number)
                continue
            area, amount, units, is_required, in_total = plain
            if enrolment.credits is not amount and enrolment.credits != amount:
                units = self._prepared.units(enrolment.credits)
            taken[area] += units
            courses[area] += 1
            if is_required:
                required[area] += units
            if enrolment.state is _IN_PROGRESS:
                in_progress[area] += units
            if not in_total:
                self._outside_total(units, enrolment.state is _IN_PROGRESS, is_required)
        return rest

    def place(self, courses: list[Course], placements: list[Placement]) -> None:
        """Count every one of ``courses`` at its spots."""
        taken, numbers = self.taken, self.courses
        for course, spots in zip(courses, placements, strict=True):
            if len(spots) != 1:
                self._place_shared(spots, course)
                continue
            area, _, _, required, in_total, _ = spots[0]  # nearly every course
            units, in_progress = course.units, course.enrolment.state is _IN_PROGRESS
            taken[area] += units
            numbers[area] += 1
            if in_progress:
                self.in_progress[area] += units
            if required:
                self.required[area] += units
            if not in_total:
                self._outside_total(units, in_progress, required)

    def _place_shared(self, spots: Placement, course: Course) -> None:
        """Count one course once in each of its spots, in each parent and in the total."""
        units, in_progress = course.units, course.enrolment.state is _IN_PROGRESS
        seen: set[int] = set()
        for spot in sorted(spots, key=lambda spot: not spot.in_total):
            self._add(spot.area, units, in_progress, spot.required, 1)
            up = self._prepared.above(spot)
            shared = next((area for area in up if area in seen), None)
            if shared is not None:
                self._add(shared, units, in_progress, spot.required, -1)
            elif seen or not spot.in_total:
                self._outside_total(units, in_progress, spot.required)
                self.total_courses -= bool(seen)
            seen.update(up)

    def close(self) -> None:
        """Sum up; nothing is placed after that."""
        self.total_taken += sum(self.taken)
        self.total_in_progress += sum(self.in_progress)
        self.total_required += sum(self.required)
        self.total_courses += sum(self.courses)
        for area, parent in self._prepared.upwards:
            self.taken[parent] += self.taken[area]
            self.in_progress[parent] += self.in_progress[area]
            self.required[parent] += self.required[area]
            self.courses[parent] += self.courses[area]

    def _add(self, area: int, units: int, in_progress: bool, required: bool, sign: int) -> None:
        self.taken[area] += sign * units
        self.courses[area] += sign
        if in_progress:
            self.in_progress[area] += sign * units
        if required:
            self.required[area] += sign * units

    def _outside_total(self, units: int, in_progress: bool, required: bool) -> None:
        self.total_taken -= units
        if in_progress:
            self.total_in_progress -= units
        if required:
            self.total_required -= units
