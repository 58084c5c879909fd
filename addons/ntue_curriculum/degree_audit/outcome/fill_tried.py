"""What would fill a gap where one course may move another: sets that were tried (A28, A51).

What fill.py names takes into account no rule across areas, and not that a course may take the
place of one for which it stands. Here each such set is audited as if it was passed, and those stay
that fill the area and empty no other one; what completes a group comes besides. That is done
within a number of steps, for the areas in their order; what was not tried is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from operator import ge

from ..framework.prepared import PreparedFramework
from ..placement.placing import Placing
from ..placement.tally import Tally
from ..result import Fills
from ..values import Enrolment, State
from .areas import met_areas
from .fill import MOST, fills

TOP_SCORE = Decimal(100)

STEPS = 50_000
"""Steps of the placement (budget.py) in all tries of one audit: a fifth of a second of work. The
try that goes over them is the last."""

TRY = 250
"""What a try takes at least."""

NAMED = 4 * MOST
"""Sets that are tried for one area: so many with what moves a taken course, and without it."""

Ticks = Callable[[tuple[Enrolment, ...]], tuple[Sequence[bool], int]]
"""Whether each area, in framework order, is met by who took these; and the steps it took."""


def asks_for_trying(prepared: PreparedFramework) -> bool:
    """Whether what a course fills may depend on what else counts."""
    return is_bound(prepared) or bool(prepared.matching.doubles)


def is_bound(prepared: PreparedFramework) -> bool:
    """Whether rules hold across the areas."""
    return bool(prepared.counting.binds or prepared.counting.orders)


class Trying:
    """What fills the areas of one audit, as ``fill.fills`` has it, where that asks for trying."""

    def __init__(self, placing: Placing, tally: Tally, ticks: Ticks) -> None:
        self._placing = placing
        self._tally = tally
        self._ticks = ticks
        self._left = STEPS

    def fills(self) -> dict[str, Fills]:
        """By code of each area that is not met: fewest courses first, then fewest credits."""
        placing, tally = self._placing, self._tally
        before, _ = met_areas(placing.prepared, tally)
        named = [fills(placing, tally, most=NAMED)]
        moving = self._lines_beside_taken()
        if moving:
            # A few sets with one of these, of which none may fill the gap, would hide the others.
            named.append(fills(placing, tally, beside_taken=True, most=NAMED))
        size = {line.key: line.credits for line in placing.prepared.framework.lines}
        found: dict[str, Fills] = {}
        for code, area in placing.prepared.number.items():
            if before[area]:
                continue
            sets = sorted(
                dict.fromkeys([*self._completing(area), *chain(*(each[code] for each in named))]),
                key=lambda keys: (len(keys), sum(size[key] for key in keys)),
            )
            filling = (keys for keys in sets if self._fills(keys, area, before, moving))
            found[code] = tuple(islice(filling, MOST))
        return found

    def _lines_beside_taken(self) -> set[int]:
        """Keys of the lines that stand for a taken subject, or for which that one stands (A28)."""
        prepared = self._placing.prepared
        doubles = prepared.matching.doubles
        if not doubles:
            return set()
        taken = self._placing.taken_subjects()
        return {
            key
            for key, (subject, _spot) in prepared.of_line.items()
            if not taken.isdisjoint(doubles.get(subject.number, ()))
        }

    def _fills(
        self, keys: tuple[int, ...], area: int, before: Sequence[bool], moving: set[int]
    ) -> bool:
        """Whether who passes these lines has the area and loses none; no when it is not tried."""
        if not is_bound(self._placing.prepared) and moving.isdisjoint(keys):
            return True
        if self._left <= 0:
            return False
        after, steps = self._ticks(self._having(keys))
        self._left -= TRY + steps
        return after[area] and all(map(ge, after, before))

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
        by_key = {line.key: line for line in prepared.framework.lines}
        lines = [by_key[key] for key in keys]
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
