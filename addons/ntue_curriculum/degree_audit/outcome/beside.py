"""A further program beside the main one: which courses count in both, and which in one (A45).

Every course may be placed once in each of the two. How much may be shared is the further
program's to say: at most so many credits, and so many that do not count in the main one. Where
the two audits by themselves keep that, they are the answer. Otherwise courses that match both are
withheld from one of them, fewest first, until the main program stands as well as it can and the
further one is met; ``TRIES`` ways and ``AUDITS`` audits at most, and what is not settled by then
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

from ..result import AuditResult, Reason
from ..values import Sharing

TRIES = 3000
"""Ways to share that are looked at, at most; many of them ask for the same audits."""

AUDITS = 400
"""Audits of one student and one program at most."""

Withheld = frozenset[int]
Audited = Callable[[Withheld], AuditResult]

_COUNTING = frozenset({Reason.COUNTS, Reason.MAPPED, Reason.FLEXIBLE})
_MATCHING = _COUNTING | {Reason.IN_EXCESS, Reason.REPEATED, Reason.GRADE_FLOOR}


class Beside(NamedTuple):
    """How a further program stands beside the main one.

    ``main`` and ``further``: their audits, each without what is withheld from it. ``shared``:
    credits that count in both; ``exclusive``: those that count in the further one alone. ``met``:
    its own requirements and its rule of sharing. ``proven``: no other way to share is better.
    """

    main: AuditResult
    further: AuditResult
    shared: Decimal
    exclusive: Decimal
    missing_exclusive: Decimal
    met: bool
    proven: bool = True


Value = tuple[bool, int, int, Decimal, bool, Decimal]


def beside(main: Audited, further: Audited, sharing: Sharing) -> Beside:
    """The best way to share: the main program first, then the further one.

    ``main`` and ``further``: the audit without the enrolments of these keys.
    """
    audits = cache(main), cache(further)
    nothing: Withheld = frozenset()
    alone = audits[0](nothing)
    best = _standing(alone, audits[1](nothing), sharing)
    if _fits(best, sharing) and best.met:
        return best._replace(proven=best.main.proven and best.further.proven)
    top = _main_value(alone)
    found: Beside | None = best if _fits(best, sharing) else None
    tries, proven = 0, True
    for of_main, of_further in _ways(alone, audits[1](nothing)):
        tries += 1
        if tries > TRIES or sum(one.cache_info().misses for one in audits) > AUDITS:
            proven = False
            break
        one = _standing(audits[0](of_main), audits[1](of_further), sharing)
        if not _fits(one, sharing):
            continue
        if found is None or _value(one) > _value(found):
            found = one
            if one.met and _main_value(one.main) == top:
                break
    if found is None:
        asked = audits[1]
        found = _held_back(best, lambda held: _standing(alone, asked(held), sharing), sharing)
    return found._replace(proven=proven and found.main.proven and found.further.proven)


def _held_back(best: Beside, without: Callable[[Withheld], Beside], sharing: Sharing) -> Beside:
    """What keeps the rule where nothing that was tried did.

    Of what is shared the further program is denied the least harmful course, in turn; all of them
    at once after ``AUDITS`` audits.
    """
    held: Withheld = frozenset()
    audits = 0
    while not _fits(best, sharing):
        shared = sorted(_counted(best.main).keys() & _counted(best.further).keys())
        audits += len(shared)
        ways = [held | {key} for key in shared] if audits <= AUDITS else [held.union(shared)]
        found = [(without(way), way) for way in ways]
        best, held = max(found, key=lambda one: (_value(one[0]), -one[0].shared))
    return best


def _ways(main: AuditResult, further: AuditResult) -> Iterator[tuple[Withheld, Withheld]]:
    """Which courses to withhold from which, fewest first; those that match both are tried."""
    keys = _both(main, further)
    for size in range(1, len(keys) + 1):
        for chosen in combinations(keys, size):
            for sides in product((0, 1), repeat=size):
                held: tuple[set[int], set[int]] = (set(), set())
                for key, side in zip(chosen, sides, strict=True):
                    held[side].add(key)
                yield frozenset(held[0]), frozenset(held[1])


def _both(main: AuditResult, further: AuditResult) -> list[int]:
    """Keys that match both, those that count in both first."""
    first, second = _counted(main), _counted(further)
    matching = _keys(main, _MATCHING) & _keys(further, _MATCHING)
    return sorted(matching, key=lambda key: (not (key in first and key in second), key))


def _keys(result: AuditResult, reasons: frozenset[Reason]) -> set[int]:
    return {one.key for one in result.enrolments if one.reason in reasons}


def _counted(result: AuditResult) -> dict[int, Decimal]:
    """Credits that count, by key."""
    return {one.key: one.counted_credits for one in result.enrolments if one.reason in _COUNTING}


def _standing(main: AuditResult, further: AuditResult, sharing: Sharing) -> Beside:
    own, others = _counted(further), _counted(main)
    shared = sum((size for key, size in own.items() if key in others), Decimal(0))
    exclusive = sum((size for key, size in own.items() if key not in others), Decimal(0))
    missing = max(Decimal(0), sharing.min_exclusive - exclusive)
    return Beside(main, further, shared, exclusive, missing, further.met and not missing)


def _fits(one: Beside, sharing: Sharing) -> bool:
    return sharing.max_shared is None or one.shared <= sharing.max_shared


def _main_value(result: AuditResult) -> tuple[bool, int, int, Decimal]:
    met = sum(area.met for area in result.areas) + sum(rule.met for rule in result.rules)
    lacks = result.missing_credits + sum(rule.missing_credits for rule in result.rules)
    return result.met, met, -len(result.missing_lines), -lacks


def _value(one: Beside) -> Value:
    short = one.further.missing_credits + one.missing_exclusive
    return (*_main_value(one.main), one.met, -short)
