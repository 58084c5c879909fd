"""The average of a student's scores, weighted by credits (184). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal


def weighted_average(
    scores: Iterable[tuple[Decimal | float, Decimal | float]], decimals: int
) -> Decimal | None:
    """The average of ``(credits, score)`` pairs, halves rounded up (四捨五入) to ``decimals``.

    A course of no credits has no weight; None when nothing has any.
    """
    weight = total = Decimal(0)
    for credit, score in scores:
        weight += Decimal(str(credit))
        total += Decimal(str(credit)) * Decimal(str(score))
    if not weight:
        return None
    return (total / weight).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
