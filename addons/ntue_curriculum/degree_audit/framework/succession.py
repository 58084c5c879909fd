"""What of a framework goes on in the one that takes its place, and how decisions follow it.

A decision follows its subject. One whose subject or area is there no more loses its ground:
it stays as it was taken and is void (decisions.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ..values import Decision, Framework, Line


class Target(NamedTuple):
    """What a decision names: the key of a line, the code of an area, or neither."""

    line: int | None
    area: str | None


class Succession:
    """How decisions on ``older`` read on ``newer``, its revision or itself.

    None for ``older``: ``newer`` is another framework and continues nothing, so whatever
    names a line or an area is void there.
    """

    def __init__(self, older: Framework | None, newer: Framework) -> None:
        parents = {area.parent for area in newer.areas}
        self._leaves = {area.code for area in newer.areas} - parents
        self._own_area = {line.key: line.area for line in older.lines} if older else {}
        self._continued = _continued(older, newer) if older else {}
        self._goes_on = older is not None

    def target(self, named: Target) -> Target | None:
        """What a decision that names ``named`` names from now on; None: it is there no more."""
        line, area = named
        if line is not None:
            new = self._continued.get(line)
            if new is None:
                return None
            if area == self._own_area[line]:  # it follows its subject
                return Target(new.key, new.area)
            line = new.key
        there = area is None or (self._goes_on and area in self._leaves)
        return Target(line, area) if there else None

    def carried(self, decision: Decision) -> Decision:
        """``decision`` as it reads on ``newer``; void where it loses its ground."""
        if decision.void:
            return decision
        found = self.target(Target(decision.line, decision.area))
        if found is None:
            return replace(decision, line=None, area=None, void=True)
        return replace(decision, line=found.line, area=found.area)


def _continued(older: Framework, newer: Framework) -> dict[int, Line]:
    """By the key of a line of ``older``, that of ``newer`` which continues it.

    The same course in the same area; else the only line of that course.
    """
    places = {(line.area, line.code): line for line in newer.lines}
    courses: dict[str, list[Line]] = {}
    for line in newer.lines:
        courses.setdefault(line.code, []).append(line)
    continued = {}
    for line in older.lines:
        same = places.get((line.area, line.code))
        others = courses.get(line.code, [])
        if same is not None or len(others) == 1:
            continued[line.key] = same or others[0]
    return continued
