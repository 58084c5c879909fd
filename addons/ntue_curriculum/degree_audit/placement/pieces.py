"""Splitting an allocation into pieces that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..framework.masks import bits


class Piece(NamedTuple):
    """Courses that compete, and the areas where they do, numbered from 0 in framework order.

    ``sizes``: units of each course, in canonical order; ``listed``: the areas where it may
    stand, ascending; ``masks``: these as sets. ``units``, ``counts``: units and number of
    courses that each area holds already, less what it asks. ``settled``: set of areas that
    cost the same for each course more; a course lists one at most.
    """

    sizes: Sequence[int]
    listed: Sequence[tuple[int, ...]]
    masks: Sequence[int]
    units: Sequence[int]
    counts: Sequence[int]
    settled: int = 0


def pieces(sets: Sequence[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Merge sets of areas that overlap, each given as (mask of areas, its number).

    Returns the areas of each piece, ascending, and the numbers of its sets in their order.

    >>> pieces([(0b0011, 0), (0b1000, 1), (0b0110, 2)])
    [([3], [1]), ([0, 1, 2], [0, 2])]
    """
    merged: list[int] = []
    for areas, _ in sets:
        if merged and areas & ~merged[-1] == 0:  # nearly all, after the first few
            continue
        apart = []
        for piece in merged:
            if piece & areas:
                areas |= piece
            else:
                apart.append(piece)
        merged = [*apart, areas]
    if len(merged) == 1:
        return [(bits(merged[0]), [number for _, number in sets])]
    return [(bits(piece), [number for areas, number in sets if areas & piece]) for piece in merged]
