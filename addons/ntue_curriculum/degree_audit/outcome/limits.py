"""What the limits across areas come to, and which flexible credits they leave room for (A51)."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from ..framework.counting import Bucket, Limit
from ..framework.prepared import PreparedFramework
from ..placement.placing import Placing
from ..result import RuleResult
from ..values import Enrolment, Reading, State


class Held(NamedTuple):
    """What counts for one limit: units and courses, and the same by bucket."""

    limit: Limit
    whole: list[int]
    buckets: dict[Bucket, list[int]]

    def add(self, enrolment: Enrolment, units: int) -> None:
        """Count one more."""
        own = self.buckets.setdefault(self.limit.bucket(enrolment), [0, 0])
        for sums in (self.whole, own):
            sums[0] += units
            sums[1] += 1

    def has_room(self, enrolment: Enrolment, units: int) -> bool:
        """Whether one more passes nothing."""
        held, courses = self.buckets.get(self.limit.bucket(enrolment), (0, 0))
        most, number = self.limit.max_units, self.limit.max_courses
        return (most is None or held + units <= most) and (number is None or courses < number)

    def counted_on(self) -> Held:
        """The same, to which more is added."""
        buckets = {bucket: own[:] for bucket, own in self.buckets.items()}
        return Held(self.limit, self.whole[:], buckets)


def held_by_limits(placing: Placing) -> list[Held]:
    """What counts in the framework's areas, and in its total, for each limit."""
    limits = placing.prepared.counting.limits
    found = [Held(limit, [0, 0], {}) for limit in limits]
    if not found:
        return found
    for enrolment in placing.enrolments:
        spots = placing.spots.get(enrolment.key, ())
        for held in found:
            limit = held.limit
            if any(limit.covers(spot.area) for spot in spots) and limit.asked.select(enrolment):
                held.add(enrolment, placing.prepared.units(enrolment.credits))
    return found


def fitting(
    prepared: PreparedFramework,
    held: list[Held],
    enrolments: Iterable[Enrolment],
    reading: Reading = Reading.EXPECTED,
) -> tuple[list[Enrolment], list[Held]]:
    """Those of ``enrolments``, oldest first, for which limits leave room as flexible credits.

    Second, what the limits hold with them. They count in no area.
    """
    if not held:
        return list(enrolments), held
    held = [one.counted_on() for one in held]
    found = []
    for enrolment in sorted(enrolments, key=attrgetter("term", "key")):
        units = prepared.units(enrolment.credits)
        own = [
            one for one in held if one.limit.leaves is None and one.limit.asked.select(enrolment)
        ]
        if all(one.has_room(enrolment, units) for one in own):
            found.append(enrolment)
            if reading is Reading.EXPECTED or enrolment.state is not State.IN_PROGRESS:
                for one in own:
                    one.add(enrolment, units)
    return found, held


def rule_results(prepared: PreparedFramework, held: list[Held]) -> tuple[RuleResult, ...]:
    """Each limit with what it lacks."""
    decimals = prepared.decimals
    rows = []
    for limit, (units, courses), _ in held:
        rule = prepared.framework.counting_rules[limit.rule]
        short = max(0, limit.min_units - units)
        few = max(0, limit.min_courses - courses)
        rows.append(
            RuleResult(
                rule=limit.rule,
                code=rule.code,
                name=rule.name,
                met=not (short or few),
                min_credits=rule.min_credits,
                min_courses=rule.min_courses,
                taken=decimals[units],
                courses=courses,
                missing_credits=decimals[short],
                missing_courses=few,
            )
        )
    return tuple(rows)
