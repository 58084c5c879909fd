"""What each area holds, and whether it is met (A6, A7, A11, A13, A26)."""

from __future__ import annotations

from .prepared import Prepared, Spot
from .result import AreaResult, FillLater


class Tally:
    """Running sums, in units, per area number; ``total_*`` of the framework's whole.

    Leaves are filled while courses are placed; ``sum_up`` then adds them to their
    parents. Lines that do not count in the total stay out of its credits, not out of
    its number of courses (A11).
    """

    __slots__ = (
        "courses",
        "in_progress",
        "required",
        "taken",
        "total_courses",
        "total_in_progress",
        "total_required",
        "total_taken",
    )

    def __init__(self, areas: int) -> None:
        self.taken = [0] * areas
        self.in_progress = [0] * areas
        self.required = [0] * areas
        self.courses = [0] * areas
        self.total_taken = self.total_in_progress = self.total_required = 0
        self.total_courses = 0

    def place(self, spot: Spot, units: int, in_progress: bool) -> None:
        """Count one course at one place, and in the total."""
        area = spot.area
        if area >= 0:
            self.taken[area] += units
            self.courses[area] += 1
            if in_progress:
                self.in_progress[area] += units
            if spot.required:
                self.required[area] += units
        self.total_courses += 1
        if spot.in_total:
            self.total_taken += units
            if in_progress:
                self.total_in_progress += units
            if spot.required:
                self.total_required += units

    def place_shared(
        self, prepared: Prepared, spots: tuple[Spot, ...], units: int, in_progress: bool
    ) -> None:
        """Count one course at several places: once in each, in a parent and the total."""
        first = max(spots, key=lambda spot: spot.in_total)
        self.place(first, units, in_progress)
        seen = set(prepared.lines_up[first.area])
        for spot in spots:
            if spot is first:
                continue
            self._add(spot.area, units, in_progress, spot.required, 1)
            up = prepared.lines_up[spot.area]
            for area in up:
                if area in seen:
                    self._add(area, units, in_progress, spot.required, -1)
                    break
            seen.update(up)

    def _add(self, area: int, units: int, in_progress: bool, required: bool, sign: int) -> None:
        self.taken[area] += sign * units
        self.courses[area] += sign
        if in_progress:
            self.in_progress[area] += sign * units
        if required:
            self.required[area] += sign * units

    def sum_up(self, prepared: Prepared) -> None:
        """Add every area to its parent, children first (A6)."""
        parents = prepared.parent
        for area in prepared.upwards:
            parent = parents[area]
            if parent >= 0:
                self.taken[parent] += self.taken[area]
                self.in_progress[parent] += self.in_progress[area]
                self.required[parent] += self.required[area]
                self.courses[parent] += self.courses[area]


def area_results(
    prepared: Prepared, tally: Tally, fill: FillLater
) -> tuple[tuple[AreaResult, ...], bool]:
    """One row an area in framework order, and whether every root is ticked (A1, A7).

    A child that its parent does not need (n of m) leaves the whole unharmed.
    """
    tally.sum_up(prepared)
    met = [True] * len(prepared.areas)
    missing_children = [0] * len(prepared.areas)
    for area in prepared.upwards:
        children = prepared.children[area]
        if children:
            done = sum(met[child] for child in children)
            missing_children[area] = max(0, prepared.min_children[area] - done)
        met[area] = (
            tally.taken[area] >= prepared.min_units[area]
            and tally.courses[area] >= prepared.min_courses[area]
            and not missing_children[area]
        )
    rows = tuple(
        _row(prepared, tally, area, met[area], missing_children[area], fill)
        for area in range(len(prepared.areas))
    )
    return rows, all(met[root] for root in prepared.roots)


def _row(
    prepared: Prepared, tally: Tally, area: int, met: bool, missing_children: int, fill: FillLater
) -> AreaResult:
    value = prepared.areas[area]
    decimals = prepared.decimals
    taken, in_progress = tally.taken[area], tally.in_progress[area]
    required, courses = tally.required[area], tally.courses[area]
    return AreaResult.made(
        {
            "code": value.code,
            "met": met,
            "min_credits": value.min_credits,
            "min_courses": value.min_courses,
            "taken": decimals[taken],
            "earned": decimals[taken - in_progress],
            "in_progress": decimals[in_progress],
            "courses": courses,
            "missing_credits": decimals[max(0, prepared.min_units[area] - taken)],
            "missing_courses": max(0, value.min_courses - courses),
            "missing_children": missing_children,
            "taken_required": decimals[required],
            "taken_elective": decimals[taken - required],
            "children": prepared.child_codes[area],
        },
        fill,
    )
