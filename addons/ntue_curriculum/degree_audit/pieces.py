"""Splitting an allocation into pieces that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterable


def pieces(sets: Iterable[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Merge sets of areas that overlap, each given as (mask of areas, its number).

    Returns the areas of each piece, ascending, and the numbers of its sets, ascending.

    >>> pieces([(0b0011, 0), (0b1000, 1), (0b0110, 2)])
    [([3], [1]), ([0, 1, 2], [0, 2])]
    """
    merged: list[tuple[int, list[int]]] = []
    for areas, number in sets:
        members = [number]
        apart = []
        for piece in merged:
            if piece[0] & areas:
                areas |= piece[0]
                members += piece[1]
            else:
                apart.append(piece)
        merged = [*apart, (areas, members)]
    return [(bits(areas), sorted(members)) for areas, members in merged]


def bits(mask: int) -> list[int]:
    """Numbers of the bits that are set."""
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
