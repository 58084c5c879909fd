"""What a placement is worth, level by level: nothing but the rules that families.py states.

Shares nothing with any solver. A placement says for each taken course in which areas it counts,
by number; a course that is missing counts nowhere.
"""

from collections.abc import Mapping

from families import Instance

Placement = Mapping[int, tuple[int, ...]]
Value = tuple[int, int, int, int, tuple[int, ...]]
"""Areas without children that are met; less the credits, then the courses missing there; credits
that count; credits area by area. Level by level, more is better."""


def value(instance: Instance, placement: Placement) -> Value | None:
    """The value of ``placement``; None when it is not legal."""
    held = [0] * len(instance.areas)
    courses = [0] * len(instance.areas)
    total = 0
    for number, where in placement.items():
        if number not in instance.taken or not _is_open(instance, number, where):
            return None
        size = instance.courses[number].credits
        total += size if where else 0
        for area in {up for one in where for up in _upwards(instance, one)}:
            held[area] += size
            courses[area] += 1
    caps = zip(held, instance.areas, strict=True)
    if any(area.cap >= 0 and credits_held > area.cap for credits_held, area in caps):
        return None
    parents = {area.parent for area in instance.areas}
    leaves = [number for number in range(len(instance.areas)) if number not in parents]
    asked = [instance.areas[leaf] for leaf in leaves]
    short = [max(0, area.asks - held[leaf]) for leaf, area in zip(leaves, asked, strict=True)]
    few = [max(0, area.courses - courses[leaf]) for leaf, area in zip(leaves, asked, strict=True)]
    met = sum(not s and not f for s, f in zip(short, few, strict=True))
    return met, -sum(short), -sum(few), total, tuple(held[leaf] for leaf in leaves)


def _is_open(instance: Instance, number: int, where: tuple[int, ...]) -> bool:
    """Whether the course has these lines, and one at most that is not shareable."""
    lines = dict(instance.courses[number].lines)
    known = len(set(where)) == len(where) and all(area in lines for area in where)
    return known and (len(where) < 2 or sum(not lines[area] for area in where) <= 1)


def _upwards(instance: Instance, area: int) -> list[int]:
    """The area, its parent, and so on."""
    up = []
    while area >= 0:
        up.append(area)
        area = instance.areas[area].parent
    return up
