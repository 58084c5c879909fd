"""Credits from outside the framework: ticks, recognition and their limits (D17–D22).

``used`` of a rule is what is recognised and what is ticked, in progress too, under
either reading: whether ticks may be saved does not depend on it. Without any rule
there is no limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .decisions import Rulings
from .errors import TickNotAllowed
from .prepared import Prepared
from .result import FlexibleUse
from .values import DecisionKind, Enrolment, Origin, Reading, State, Unit


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
    prepared: Prepared,
    outside: list[Enrolment],
    recognised_inside: list[Enrolment],
    rulings: Rulings,
    ticks: frozenset[int],
    reading: Reading,
) -> Flexible:
    """Sum up what is recognised and ticked, and hold it against the rules.

    ``recognised_inside``: matched courses that a reviewer recognised as flexible.
    Raises ``TickNotAllowed`` naming every tick on a row that may not be ticked.
    """
    recognised = recognised_inside + [
        e for e in outside if _kind(rulings, e) is DecisionKind.FLEXIBLE
    ]
    ticked = [e for e in outside if e.key in ticks and may_be_ticked(e, rulings)]
    if len(ticked) != len(ticks):
        raise TickNotAllowed(tuple(sorted(ticks.difference(e.key for e in ticked))))
    if not recognised and not ticked:
        return Flexible(0, 0, 0, 0, _uses(prepared, []), (), True)
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
        allowed=not without and not (ticked and any(use.exceeded for use in uses)),
    )


def lacks_approval(prepared: Prepared, enrolment: Enrolment, rulings: Rulings) -> bool:
    """A rule for its origin wants a prior approval, and none is on file (114)."""
    if enrolment.key in rulings.approved:
        return False
    origin = prepared.origin(enrolment)
    rules = prepared.framework.flexible_rules
    return any(rule.prior_approval and rule.origin in (None, origin) for rule in rules)


def exempt_origins(prepared: Prepared) -> frozenset[Origin]:
    """Origins whose courses use up no limit at all."""
    exempt: set[Origin] = set()
    for rule in prepared.framework.flexible_rules:
        if rule.exempt:
            exempt.update(Origin if rule.origin is None else (rule.origin,))
    return frozenset(exempt)


def limit_in_units(prepared: Prepared, number: int) -> int | None:
    """Limit of rule ``number`` in what it counts: courses, else units of credit.

    A share of the graduation credits is cut to whole units: no sum of credits lies
    between.
    """
    rule = prepared.framework.flexible_rules[number]
    if rule.limit is None or rule.exempt:
        return None
    if rule.unit is Unit.CREDITS:
        return prepared.units(rule.limit)
    numerator, denominator = rule.limit.as_integer_ratio()
    whole = 1 if rule.unit is Unit.COURSES else prepared.graduation
    return numerator * whole // denominator


def _uses(prepared: Prepared, used: list[Enrolment]) -> tuple[FlexibleUse, ...]:
    if not used:
        return prepared.unused
    exempt = exempt_origins(prepared)
    return tuple(_use(prepared, number, used, exempt) for number in range(len(prepared.unused)))


def _use(
    prepared: Prepared, number: int, used: list[Enrolment], exempt: frozenset[Origin]
) -> FlexibleUse:
    rule = prepared.framework.flexible_rules[number]
    own = [e for e in used if rule.origin in (None, prepared.origin(e))]
    if not rule.exempt:
        own = [e for e in own if prepared.origin(e) not in exempt]
    amount = len(own) if rule.unit is Unit.COURSES else _sum(prepared, own)
    limit = limit_in_units(prepared, number)
    unused = prepared.unused[number]
    return FlexibleUse(
        rule=number,
        used=prepared.counts[amount] if rule.unit is Unit.COURSES else prepared.decimals[amount],
        limit=unused.limit,
        exceeded=limit is not None and amount > limit,
    )


def _kind(rulings: Rulings, enrolment: Enrolment) -> DecisionKind | None:
    ruling = rulings.placing.get(enrolment.key)
    return None if ruling is None else ruling.kind


def _counted(enrolments: list[Enrolment], reading: Reading) -> list[Enrolment]:
    if reading is Reading.EXPECTED:
        return enrolments
    return [e for e in enrolments if e.state is not State.IN_PROGRESS]


def _sum(prepared: Prepared, enrolments: Iterable[Enrolment]) -> int:
    return sum(prepared.units(e.credits) for e in enrolments)
