"""Which variables a level decides that is settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_APART = 1e-6
"""How far two floating-point numbers are apart that are not the same whole number."""


def decided(
    best: Sequence[float], costs: Sequence[float], values: Sequence[int], loses: float
) -> Iterator[int]:
    """Numbers of the variables that are as in ``values`` wherever the level is as good.

    ``best``: what they are where the level is as much as it can be, were they no whole numbers;
    ``costs``: how much it changes by one more of each from there (the linear program's reduced
    costs). ``values`` are whole, and fall short of that by less than ``loses``. One that is not
    as in ``best`` is off by 1 at least, since it is whole; where that costs the level more than it
    loses, it is so in no placement that is as good.

    >>> list(decided([1.0, 0.0, 0.5], [2.0, -0.5, 0.0], [1, 0, 1], 0.7))
    [0]
    """
    for one, (at, cost, value) in enumerate(zip(best, costs, values, strict=True)):
        if abs(cost) > loses and abs(at - value) < _APART:
            yield one
