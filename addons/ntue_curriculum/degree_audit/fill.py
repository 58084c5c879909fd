"""The smallest sets of offered courses that would fill an area's gap."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from .areas import Tally
from .explain import Placing, placed_lines
from .result import Fills

MOST = 5
"""Sets named for one gap: enough to choose from, few enough to read."""


def fills(placing: Placing, tally: Tally, code: str) -> Fills:
    """Sets of lines (keys) that would fill the gap of leaf area ``code``, best first.

    All have the least number of courses that can do it; they come in framework order,
    at most ``MOST``. None for a parent, whose gaps are its children's, and none where
    what is still offered cannot fill the gap.
    """
    prepared = placing.prepared
    area = prepared.number[code]
    if prepared.children[area]:
        return ()
    counted = placed_lines(placing)
    offered = [
        (line.key, prepared.units(line.credits))
        for line in prepared.framework.lines
        if line.area == code and line.key not in counted
    ]
    gap = prepared.min_units[area] - tally.taken[area]
    size = _least_size(offered, gap, prepared.min_courses[area] - tally.courses[area])
    if size is None:
        return ()
    found = _sets(offered, gap, size)
    return tuple(keys for keys, _number in zip(found, range(MOST), strict=False))


def _least_size(offered: list[tuple[int, int]], gap: int, courses: int) -> int | None:
    """How many courses it takes at least; None when all of them are too few."""
    size = max(0, courses)
    while size <= len(offered):
        if sum(nlargest(size, (units for _key, units in offered))) >= gap:
            return size
        size += 1
    return None


def _sets(offered: list[tuple[int, int]], gap: int, size: int) -> Iterator[tuple[int, ...]]:
    """Every set of ``size`` lines that fills ``gap``, in framework order.

    A branch is entered only if its largest remaining lines can still fill the gap, so
    each step leads to a set.
    """
    if size == 0:
        if gap <= 0:
            yield ()
        return
    for index, (key, units) in enumerate(offered):
        rest = offered[index + 1 :]
        best = nlargest(size - 1, (other for _key, other in rest))
        if len(best) == size - 1 and units + sum(best) >= gap:
            for others in _sets(rest, gap - units, size - 1):
                yield (key, *others)
