"""What the limit of a flexible rule comes to: the only place that tells units apart (D17, F7).

A limit is counted in courses or in credits; whatever else a unit says comes down to credits.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from ..values import FlexibleRule, Framework, Unit
from .units import EXACT


def counts_courses(rule: FlexibleRule) -> bool:
    """Whether the limit counts courses; every other comes down to credits."""
    return rule.unit is Unit.COURSES


def own_number(rule: FlexibleRule) -> Decimal | None:
    """The limit, where it is a number of credits by itself, which units have to make whole."""
    return rule.limit if rule.unit is Unit.CREDITS else None


def shown_limit(framework: Framework, rule: FlexibleRule) -> Decimal | None:
    """The limit as ``FlexibleUse`` shows it, in courses or credits; none when exempt."""
    if rule.exempt or rule.limit is None or rule.unit is not Unit.SHARE:
        return None if rule.exempt else rule.limit
    limit = EXACT.multiply(rule.limit, framework.graduation_credits)
    return limit.normalize(EXACT) if limit % 1 else Decimal(int(limit))


def whole_limit(framework: Framework, rule: FlexibleRule, scale: int) -> int | None:
    """The limit in courses, or in units of credit of which one credit has ``scale``.

    A share of the graduation credits is cut to whole units: no sum of credits lies
    between.
    """
    limit = shown_limit(framework, rule)
    if limit is None:
        return None
    whole = limit if counts_courses(rule) else EXACT.multiply(limit, Decimal(scale))
    return int(whole.to_integral_value(ROUND_FLOOR))
