"""What each area asks and holds, and whether it is met (A1, A7, A10, A13)."""

from __future__ import annotations

from functools import partial

from ..framework.prepared import PreparedFramework
from ..placement.tally import Tally
from ..result import AreaResult, FillLater


def area_results(
    prepared: PreparedFramework, tally: Tally, fill: FillLater
) -> tuple[tuple[AreaResult, ...], bool]:
    """One row per area in framework order, and whether every root is ticked (A1, A7).

    A child that its parent does not need (n of m) leaves the whole unharmed. ``tally``
    is closed.
    """
    met, missing_children = met_areas(prepared, tally)
    decimals = prepared.decimals
    rows = []
    # Given by position, in the order of the fields: this is done for every area of a cohort.
    for area, children, units, is_met, missing, taken, in_progress, required, courses in zip(
        prepared.areas,
        prepared.child_codes,
        prepared.min_units,
        met,
        missing_children,
        tally.taken,
        tally.in_progress,
        tally.required,
        tally.courses,
        strict=False,  # a tally has one place more, for the total only
    ):
        short, few = units - taken, area.min_courses - courses
        row = AreaResult(
            area.code,
            is_met,
            area.min_credits,
            area.min_courses,
            decimals[taken],
            decimals[taken - in_progress],
            decimals[in_progress],
            courses,
            decimals[short if short > 0 else 0],
            few if few > 0 else 0,
            missing,
            decimals[required],
            decimals[taken - required],
            children,
            () if is_met else partial(fill, area.code),
        )
        rows.append(row)
    return tuple(rows), all(met[root] for root in prepared.roots)


def met_areas(prepared: PreparedFramework, tally: Tally) -> tuple[list[bool], list[int]]:
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
