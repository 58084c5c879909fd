"""Grades in letters (等第制) and the points that stand for them. Pure.

The table that Taiwan's universities with letters publish: the middle of each band of points, so
that 60 (C-) and 70 (B-) pass as they do in points.
"""

from decimal import Decimal

POINTS: dict[str, Decimal] = {
    "A+": Decimal(95),
    "A": Decimal(87),
    "A-": Decimal(82),
    "B+": Decimal(78),
    "B": Decimal(75),
    "B-": Decimal(70),
    "C+": Decimal(68),
    "C": Decimal(65),
    "C-": Decimal(60),
    "D": Decimal(55),
    "E": Decimal(45),
    "F": Decimal(50),
    "X": Decimal(0),
}
"""Points by letter, from the best one down."""
