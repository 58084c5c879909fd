"""What each area asks and holds, and whether it is met (A1, A7, A10, A13)."""

from __future__ import annotations

from functools import partial

from ..framework.prepared import PreparedFramework
from ..placement.tally import Tally
from ..result import AreaResult, FillLater


def area_results(
    prepared: PreparedFramework, tally: Tally, fill: FillLater
) -> tuple[tuple[AreaResult, ...], bool]:
    """One row an area in framework order, and whether every root is ticked (A1, A7).

    A child that its parent does not need (n of m) leaves the whole unharmed. ``tally``
    is closed.
    """
    met, missing_children = _met(prepared, tally)
    decimals = prepared.decimals
    rows = []
    for number, area in enumerate(prepared.areas):
        taken, in_progress = tally.taken[number], tally.in_progress[number]
        required, courses = tally.required[number], tally.courses[number]
        short = prepared.min_units[number] - taken
        few = area.min_courses - courses
        row = AreaResult(
            code=area.code,
            met=met[number],
            min_credits=area.min_credits,
            min_courses=area.min_courses,
            taken=decimals[taken],
            earned=decimals[taken - in_progress],
            in_progress=decimals[in_progress],
            courses=courses,
            missing_credits=decimals[short if short > 0 else 0],
            missing_courses=few if few > 0 else 0,
            missing_children=missing_children[number],
            taken_required=decimals[required],
            taken_elective=decimals[taken - required],
            children=prepared.child_codes[number],
            fill=() if met[number] else partial(fill, area.code),
        )
        rows.append(row)
    return tuple(rows), all(met[root] for root in prepared.roots)


def _met(prepared: PreparedFramework, tally: Tally) -> tuple[list[bool], list[int]]:
    """Which areas are ticked, and how many children each is short of."""
    met = [
        taken >= units and courses >= number
        for taken, units, courses, number in zip(
            tally.taken, prepared.min_units, tally.courses, prepared.min_courses, strict=False
        )
    ]
    missing = [0] * len(met)
    for area in prepared.parents:
        done = sum(met[child] for child in prepared.children[area])
        missing[area] = max(0, prepared.min_children[area] - done)
        met[area] = met[area] and not missing[area]
    return met, missing
