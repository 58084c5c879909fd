"""The best legal choice of ticks (138, D17): a suggestion the student may leave.

Best is what adds the most credits to the total; of equal choices, the one that leaves rules
across areas lacking less (A51), then the one with more credits graded already, then the one with
fewer courses, then the one with the earlier courses. Before all of them goes a choice with which
the graduation credits and those rules are there, if there is one. Only what may be ticked, has
its prior approval and gives credits is chosen, and what is recognised already uses up its limits
first.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..framework.prepared import PreparedFramework
from ..transcript.decisions import Rulings
from ..values import Enrolment, State
from .choosing import Bound, Choice, Merit, choices
from .flexible import counts_against, lacks_approval, used_units
from .limits import Held


def suggest(
    prepared: PreparedFramework,
    recognised: list[Enrolment],
    candidates: list[Enrolment],
    rulings: Rulings,
    held: list[Held],
    lacking: int,
) -> frozenset[int]:
    """Keys of the candidates to tick.

    ``held``: what limits across areas hold already; ``lacking``: units to the graduation credits.
    """
    eligible = [
        enrolment
        for enrolment in candidates
        if prepared.units(enrolment.credits) and not lacks_approval(prepared, enrolment, rulings)
    ]
    worths = [_worth(prepared, eligible, number) for number in range(len(eligible))]
    bounds = [*_across_areas(prepared, held, eligible), *_flexible(prepared, recognised, eligible)]

    def rank(choice: Choice) -> tuple[bool, int, int, Merit]:
        units, short = choice.merit[0], sum(choice.lacking)
        return units >= lacking and not short, units, -short, choice.merit

    mask = max(choices(worths, bounds), key=rank).merit[3]
    return frozenset(e.key for n, e in enumerate(eligible) if mask >> len(eligible) - n & 1)


def most_together(
    prepared: PreparedFramework,
    recognised: list[Enrolment],
    candidates: list[Enrolment],
    rulings: Rulings,
) -> int:
    """How many of the candidates may be ticked at once, whichever they are (141)."""
    eligible = [e for e in candidates if not lacks_approval(prepared, e, rulings)]
    one: Merit = (1, 0, 0, 0)
    found = choices([one] * len(eligible), _flexible(prepared, recognised, eligible))
    return max(choice.merit[0] for choice in found)


def _worth(prepared: PreparedFramework, eligible: list[Enrolment], number: int) -> Merit:
    """Units; those of them that are graded; one course less; a mark larger for earlier ones."""
    units = prepared.units(eligible[number].credits)
    graded = eligible[number].state is not State.IN_PROGRESS
    return units, graded * units, -1, 1 << len(eligible) - number


def _flexible(
    prepared: PreparedFramework, recognised: list[Enrolment], eligible: list[Enrolment]
) -> Iterator[Bound]:
    """What is left of the flexible rules (D17)."""
    for number, limit in enumerate(prepared.limits):
        if limit is not None:
            in_courses = prepared.counts_courses[number]
            sizes = {
                n: 1 if in_courses else prepared.units(e.credits)
                for n, e in enumerate(eligible)
                if counts_against(prepared, number, e)
            }
            yield Bound(sizes, limit - used_units(prepared, number, recognised))


def _across_areas(
    prepared: PreparedFramework, held: list[Held], eligible: list[Enrolment]
) -> Iterator[Bound]:
    """What rules across areas leave room for, and what they still ask (A51).

    Flexible credits count in no area, and for no rule that is about one.
    """
    for limit, whole, buckets in held:
        if limit.leaves is not None:
            continue
        units = {
            n: prepared.units(e.credits) for n, e in enumerate(eligible) if limit.asked.select(e)
        }
        for bucket in dict.fromkeys(limit.bucket(eligible[n]) for n in units):
            own = {n: size for n, size in units.items() if limit.bucket(eligible[n]) == bucket}
            used, courses = buckets.get(bucket, (0, 0))
            if limit.max_units is not None:
                yield Bound(own, limit.max_units - used)
            if limit.max_courses is not None:
                yield Bound(dict.fromkeys(own, 1), limit.max_courses - courses)
        if limit.min_units > whole[0]:
            yield Bound(units, limit.min_units - whole[0], is_wish=True)
        if limit.min_courses > whole[1]:
            yield Bound(dict.fromkeys(units, 1), limit.min_courses - whole[1], is_wish=True)
