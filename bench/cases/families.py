"""Families of frameworks that are hard to place a student's courses in, drawn from a seed.

Every instance hides a placement: each course has an area of its own, and the areas ask what
that placement gives, so that it is known beforehand what can be met. Courses are 60 to 120 of
1 to 6 credits, areas 12 to 20; 60 to 90 % of the courses are in up to five areas. A *family*
says what else there is, and a *situation* how much is asked and taken.
"""

import random
from typing import NamedTuple

FAMILIES = ("overlap", "parents", "shareable", "mixed")
"""Areas that list the same courses; such under capped parents; such with capped areas and lines
that count in several of them; all of it."""

SITUATIONS = ("satisfiable", "tight", "missing", "half")
"""The areas ask 90 % of the hidden placement; all of it; all of it and one credit more; and
all of it of a student who took half of the courses."""

SEVERAL = 5
"""Areas of one course at most."""

SHARED = 0.15
"""The part of the lines of a course in several areas that may count besides its others."""


class Area(NamedTuple):
    """``parent``: its number, -1 for none; ``asks`` credits and courses; ``cap`` -1 for none."""

    parent: int
    asks: int
    courses: int
    cap: int


class Course(NamedTuple):
    """``lines``: the areas where it may count, each with whether it may besides others."""

    credits: int
    lines: tuple[tuple[int, bool], ...]


class Instance(NamedTuple):
    """One student before one framework: ``taken`` are the numbers of the passed courses.

    A course counts whole: at any number of its lines that are shareable, and at one of the
    others. An area counts each course below it once, and no more credits than its cap. Parents
    come before their children, and only areas without children have lines.
    """

    name: str
    areas: tuple[Area, ...]
    courses: tuple[Course, ...]
    taken: tuple[int, ...]


def draw(family: str, situation: str, seed: int) -> Instance:
    """One instance; the same for the same three words on every machine."""
    rng = random.Random(f"{family} {situation} {seed}")
    leaves = rng.randint(12, 20)
    parents = rng.randint(2, 4) if family in ("parents", "mixed") else 0
    shared = SHARED if family in ("shareable", "mixed") else 0
    overlap = rng.uniform(0.6, 0.9)
    hidden = [0] * leaves
    courses = []
    for _ in range(rng.randint(60, 120)):
        size = rng.randint(1, 6)
        several = rng.random() < overlap
        where = rng.sample(range(leaves), rng.randint(2, SEVERAL) if several else 1)
        hidden[where[0]] += size
        lines = tuple((parents + at, rng.random() < shared) for at in sorted(where))
        courses.append(Course(size, lines))
    areas = _areas(rng, parents, hidden, situation, shared > 0)
    taken = range(len(courses))
    if situation == "half":
        taken = sorted(rng.sample(taken, len(courses) // 2))
    return Instance(f"{family}-{situation}-{seed}", tuple(areas), tuple(courses), tuple(taken))


def _areas(
    rng: random.Random, parents: int, hidden: list[int], situation: str, capped: bool
) -> list[Area]:
    """Areas that ask what is ``hidden`` in them, or nearly, under ``parents`` that cap it."""
    below = [rng.randrange(parents) if parents else -1 for _ in hidden]
    asked = [held * 9 // 10 if situation == "satisfiable" else held for held in hidden]
    if situation == "missing":
        asked[rng.randrange(len(asked))] += 1
    room = [
        sum(held for held, up in zip(hidden, below, strict=True) if up == p) + 1
        for p in range(parents)
    ]
    areas = [Area(-1, 0, 0, room[parent]) for parent in range(parents)]
    for held, asks, up in zip(hidden, asked, below, strict=True):
        cap = held + rng.randint(1, 3) if capped and rng.random() < 0.5 else -1
        areas.append(Area(up, asks, 0, cap))
    return areas
