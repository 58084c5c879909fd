"""Credits from outside the framework: ticks, recognition and their limits (D17–D22).

``used`` of a rule is what is recognised and what is ticked, in progress too, under
either reading: whether ticks may be saved does not depend on it. Without any rule
there is no limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from ..errors import TickNotAllowed
from ..framework.prepared import PreparedFramework
from ..result import FlexibleUse
from ..transcript.decisions import Rulings
from ..values import Enrolment, Reading, State


class Flexible(NamedTuple):
    """What flexible credits add, in units; ``in_progress`` is part of ``recognised``."""

    recognised: int
    in_progress: int
    courses: int
    ticked: int
    uses: tuple[FlexibleUse, ...]
    without_approval: tuple[int, ...]
    allowed: bool


def may_be_ticked(enrolment: Enrolment, rulings: Rulings) -> bool:
    """D18, of a counting attempt outside the framework: nobody has decided on it yet."""
    return enrolment.key not in rulings.placing


def flexible_credits(
    prepared: PreparedFramework,
    outside: list[Enrolment],
    recognised: list[Enrolment],
    rulings: Rulings,
    ticks: frozenset[int],
    reading: Reading,
    excess: frozenset[int] = frozenset(),
) -> Flexible:
    """Sum up what is recognised and ticked, and hold it against the rules.

    ``outside``: what may be ticked, unless it is decided on. ``recognised``: what
    reviewers recognised, in the framework or outside. ``excess``: keys of those that count no
    more, since a limit across areas leaves no room for them (A51).
    Raises ``TickNotAllowed`` naming every tick on a row that may not be ticked.
    """
    if not recognised and not ticks:
        return Flexible(0, 0, 0, 0, prepared.unused, (), True)
    ticked = [e for e in outside if e.key in ticks and may_be_ticked(e, rulings)]
    if len(ticked) != len(ticks):
        raise TickNotAllowed(tuple(sorted(ticks.difference(e.key for e in ticked))))
    ticked = [e for e in ticked if e.key not in excess]
    if not recognised and not ticked:
        return Flexible(0, 0, 0, 0, prepared.unused, (), True)
    uses = _uses(prepared, recognised + ticked)
    without = tuple(sorted(e.key for e in ticked if lacks_approval(prepared, e, rulings)))
    counted = _counted(recognised, reading)
    return Flexible(
        recognised=_sum(prepared, counted),
        in_progress=_sum(prepared, (e for e in counted if e.state is State.IN_PROGRESS)),
        courses=len(counted),
        ticked=_sum(prepared, _counted(ticked, reading)),
        uses=uses,
        without_approval=without,
        allowed=not without and not _overdone(prepared, uses, ticked),
    )


def savable_alone(
    prepared: PreparedFramework,
    recognised: list[Enrolment],
    candidates: list[Enrolment],
    rulings: Rulings,
) -> frozenset[int]:
    """Keys of the candidates that may be ticked and saved, if nothing else is ticked."""
    return frozenset(
        e.key
        for e in candidates
        if not lacks_approval(prepared, e, rulings)
        and not _overdone(prepared, _uses(prepared, [*recognised, e]), [e])
    )


def counts_against(prepared: PreparedFramework, number: int, enrolment: Enrolment) -> bool:
    """Whether ``enrolment`` uses up the limit of rule ``number``.

    Courses of an exempt origin use up no limit (D17); a rule for one origin lies
    inside the one for all (F7).
    """
    rule = prepared.framework.flexible_rules[number]
    origin = prepared.matching.origin(enrolment)
    return rule.origin in (None, origin) and (rule.exempt or origin not in prepared.exempt)


def used_units(prepared: PreparedFramework, number: int, used: Iterable[Enrolment]) -> int:
    """How much of rule ``number`` is used, in what its limit counts."""
    own = [e for e in used if counts_against(prepared, number, e)]
    if prepared.counts_courses[number]:
        return len(own)
    return _sum(prepared, own)


def lacks_approval(prepared: PreparedFramework, enrolment: Enrolment, rulings: Rulings) -> bool:
    """A rule for its origin wants a prior approval, and none is on file (114)."""
    if enrolment.key in rulings.approved:
        return False
    origin = prepared.matching.origin(enrolment)
    rules = prepared.framework.flexible_rules
    return any(rule.prior_approval and rule.origin in (None, origin) for rule in rules)


def _uses(prepared: PreparedFramework, used: list[Enrolment]) -> tuple[FlexibleUse, ...]:
    return tuple(_use(prepared, unused, used) for unused in prepared.unused)


def _use(prepared: PreparedFramework, unused: FlexibleUse, used: list[Enrolment]) -> FlexibleUse:
    number = unused.rule
    amount = used_units(prepared, number, used)
    limit, counts = prepared.limits[number], prepared.counts_courses[number]
    return FlexibleUse(
        rule=number,
        used=Decimal(amount) if counts else prepared.decimals[amount],
        limit=unused.limit,
        exceeded=limit is not None and amount > limit,
    )


def _overdone(
    prepared: PreparedFramework, uses: tuple[FlexibleUse, ...], ticked: list[Enrolment]
) -> bool:
    """Whether a tick uses a limit that is exceeded; reviewers may exceed it (D17)."""
    return any(
        use.exceeded and any(counts_against(prepared, use.rule, e) for e in ticked) for use in uses
    )


def _counted(enrolments: list[Enrolment], reading: Reading) -> list[Enrolment]:
    if reading is Reading.EXPECTED:
        return enrolments
    return [e for e in enrolments if e.state is not State.IN_PROGRESS]


def _sum(prepared: PreparedFramework, enrolments: Iterable[Enrolment]) -> int:
    return sum(prepared.units(e.credits) for e in enrolments)
