"""What would fill a gap where counting rules hold: sets that were tried (A51).

What fill.py names takes no rule across areas into account. Here each set is audited as if it was
passed, and those stay that fill the area; what completes a group comes besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from ..placement.placing import Placing
from ..placement.tally import Tally
from ..result import Fills
from ..values import Enrolment, State
from .fill import MOST, Filler

TOP_SCORE = Decimal(100)

IsMet = Callable[[tuple[Enrolment, ...], int], bool]
"""Whether an area, by its number, is met by who took these."""


class BoundFiller:
    """As ``Filler``, of a framework with counting rules."""

    def __init__(self, placing: Placing, tally: Tally, is_met: IsMet) -> None:
        self._placing = placing
        self._filler = Filler(placing, tally)
        self._is_met = is_met

    def __call__(self, code: str) -> Fills:
        """The sets of one area, fewest courses first."""
        area = self._placing.prepared.number[code]
        tried = dict.fromkeys([*self._completing(area), *self._filler(code)])
        found = [keys for keys in tried if self._is_met(self._having(keys), area)]
        return tuple(sorted(found, key=len)[:MOST])

    def _completing(self, area: int) -> Iterator[tuple[int, ...]]:
        """Of each group that was begun, the lines in the area that are missing."""
        prepared = self._placing.prepared
        taken = self._placing.taken_subjects()
        below = prepared.leaf_mask[area]
        for group in prepared.counting.groups:
            missing = {code for code in group if prepared.by_code[code] not in taken}
            spots = (prepared.of_line[line.key] for line in prepared.framework.lines)
            keys = {
                subject.code: spot.line.key
                for subject, spot in spots
                if spot.line is not None
                and subject.code in missing
                and spot.area >= 0
                and below >> spot.area & 1
            }
            if missing and len(missing) < len(group) and len(keys) == len(missing):
                yield tuple(sorted(keys.values()))

    def _having(self, keys: tuple[int, ...]) -> tuple[Enrolment, ...]:
        """What was taken, and these lines passed later, in the order that is asked for."""
        prepared, enrolments = self._placing.prepared, self._placing.enrolments
        term = max((one.term for one in enrolments), default=0)
        place = {
            code: at for rule in prepared.counting.orders for at, code in enumerate(rule.courses)
        }
        lines = [line for line in prepared.framework.lines if line.key in keys]
        more = (
            Enrolment(
                key=-1 - at,
                term=term + 1 + place.get(line.code, 0),
                code=line.code,
                name=line.name,
                credits=line.credits,
                state=State.PASSED,
                score=TOP_SCORE,
                department=prepared.framework.department,
            )
            for at, line in enumerate(lines)
        )
        return (*enrolments, *more)
