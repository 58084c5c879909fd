"""Credits inside the engine: whole numbers of a unit small enough for all of them.

A framework of whole and half credits is counted in halves. Integers add and compare
several times faster than ``Decimal`` and never round.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from math import lcm

EXACT = Context(prec=200)


def scale_for(numbers: Iterable[Decimal]) -> int:
    """Least number of units in one credit that makes every number whole.

    >>> scale_for([Decimal("3"), Decimal("2.50"), Decimal("0.5")])
    2
    """
    return lcm(*(number.as_integer_ratio()[1] for number in numbers))


def to_units(number: Decimal, scale: int) -> int | None:
    """``number`` in units of one ``scale``-th; None when that is no whole number from 0."""
    if not number.is_finite() or number < 0:
        return None
    numerator, denominator = number.as_integer_ratio()
    units, rest = divmod(numerator * scale, denominator)
    return None if rest else units


class Decimals(dict[int, Decimal]):
    """Units back to ``Decimal`` in shortest form, each made once."""

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def __missing__(self, units: int) -> Decimal:
        whole, rest = divmod(units, self.scale)
        number = Decimal(whole) if not rest else EXACT.divide(Decimal(units), Decimal(self.scale))
        self[units] = number
        return number
