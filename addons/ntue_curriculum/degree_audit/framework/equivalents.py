"""Which courses stand for which: an equivalent has a direction, and chains follow it (A29)."""

from __future__ import annotations

from collections.abc import Mapping


def standing_for(equivalents: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Course code → the codes that stand for it, through chains, in order.

    >>> standing_for({"NEW": frozenset({"OLD"}), "OLD": frozenset({"OLDER"})})
    {'NEW': ('OLD', 'OLDER'), 'OLD': ('OLDER',)}
    """
    standing: dict[str, tuple[str, ...]] = {}
    for code in equivalents:
        found, left = {code}, [code]
        while left:
            more = equivalents.get(left.pop(), frozenset()) - found
            found |= more
            left += more
        if len(found) > 1:
            standing[code] = tuple(sorted(found - {code}))
    return standing
