"""Yes-or-no decisions that are too many to try every way: the best found by trials.

From a first trial on, the one whose change gains most is changed, as long as one gains; then two
are changed at once. That is not proven best, and the budget says so (budget.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import TypeVar

from .budget import Budget
from .ways import Takes
from .worth import Worth

Found = TypeVar("Found")


def climbed(
    attempted: Callable[[Takes], tuple[Worth, Takes, Found]],
    best: tuple[Worth, Takes, Found],
    price: int,
    budget: Budget,
) -> Found:
    """What the best of the trials found, ``best`` being the first of them.

    ``attempted`` makes one, for ``price`` moves.
    """
    number = len(best[1])
    changes: list[tuple[int, ...]] = [(place,) for place in range(number)]
    while True:
        value, takes, found = best
        for changed in _changed(takes, changes, price, budget):
            trial = attempted(changed)
            if trial[0] > best[0]:
                best = trial
                if len(changes) > number:
                    break
        if best[0] == value:
            if len(changes) > number or budget.moves <= 0:
                return found
            changes += combinations(range(number), 2)


def _changed(
    takes: Takes, changes: list[tuple[int, ...]], price: int, budget: Budget
) -> Iterator[Takes]:
    """``takes`` with each of ``changes`` made, as long as the moves last."""
    for change in changes:
        if budget.moves < price:
            budget.moves = 0
            return
        budget.moves -= price
        yield tuple([take != (place in change) for place, take in enumerate(takes)])
