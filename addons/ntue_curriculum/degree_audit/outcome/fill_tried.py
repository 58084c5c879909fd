"""What would fill a gap where one course may move another: sets that were tried (A28, A51).

What fill.py names takes into account no rule across areas, and not that a course may take the
place of one for which it stands. Here each set is audited as if it was passed, and those stay
that fill the area and empty no other one; what completes a group comes besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from operator import ge

from ..placement.placing import Placing
from ..placement.tally import Tally
from ..result import Fills
from ..values import Enrolment, State
from .fill import MOST, Filler

TOP_SCORE = Decimal(100)

Ticks = Callable[[tuple[Enrolment, ...]], Sequence[bool]]
"""Whether each area, in framework order, is met by who took these."""


def asks_for_trying(placing: Placing) -> bool:
    """Whether what a course fills depends on what else counts."""
    prepared = placing.prepared
    if prepared.counting.binds or prepared.counting.orders:
        return True
    doubles = prepared.matching.doubles
    return bool(doubles) and not placing.taken_subjects().isdisjoint(doubles)


class TriedFiller:
    """As ``Filler``, of an audit that asks for trying."""

    def __init__(self, placing: Placing, tally: Tally, ticks: Ticks) -> None:
        self._placing = placing
        self._fillers = [Filler(placing, tally)]
        if placing.prepared.matching.doubles:
            self._fillers.append(Filler(placing, tally, beside_taken=True))
        self._ticks = ticks

    def __call__(self, code: str) -> Fills:
        """The sets of one area, fewest courses first, then fewest credits."""
        prepared = self._placing.prepared
        area = prepared.number[code]
        size = {line.key: line.credits for line in prepared.framework.lines}
        named = chain.from_iterable(filler(code) for filler in self._fillers)
        before = self._ticks(self._placing.enrolments)
        found = []
        for keys in dict.fromkeys([*self._completing(area), *named]):
            after = self._ticks(self._having(keys))
            if after[area] and all(map(ge, after, before)):
                found.append(keys)
        found.sort(key=lambda keys: (len(keys), sum(size[key] for key in keys)))
        return tuple(found[:MOST])

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
