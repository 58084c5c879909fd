"""How good a placement is, level by level (A8, then A3)."""

from __future__ import annotations

from ..framework.prepared import PreparedFramework
from .courses import Course, Placement
from .tally import Tally

Worth = tuple[int, int, int, int, int, tuple[int, ...]]
WORST: Worth = (-1, 0, 0, 0, 0, ())
"""Below all that can be: for comparing."""


def worth(
    prepared: PreparedFramework, courses: list[Course], placements: list[Placement], tally: Tally
) -> Worth:
    """The levels of a placement, most being best; ``tally`` holds what is placed besides.

    Leaf areas met; less the credits, then the courses missing there; credits in the
    total; mapped courses that count; credits area by area.
    """
    held, number = tally.taken[:], tally.courses[:]
    total = mapped = 0
    for course, placement in zip(courses, placements, strict=True):
        for spot in placement:
            if spot.area >= 0:
                held[spot.area] += course.units
                number[spot.area] += 1
        total += course.units * any(spot.in_total for spot in placement)
        mapped += course.mapped and bool(placement)
    leaves = prepared.leaves
    units = [held[leaf] - prepared.min_units[leaf] for leaf in leaves]
    counts = [number[leaf] - prepared.min_courses[leaf] for leaf in leaves]
    met = sum(u >= 0 and n >= 0 for u, n in zip(units, counts, strict=True))
    missing = sum(min(0, u) for u in units)
    short = sum(min(0, n) for n in counts)
    return met, missing, short, total, mapped, tuple(held[leaf] for leaf in leaves)
