"""Where each course counts (A3–A6, A8): the one replaceable step of an audit.

``allocate`` takes the courses that have more than one place, or are under a cap, and
gives each its spots. Where there is no cap and places are alike, little of it is searched.
An area is *settled* when it is met without these courses, or when all of them together do
not bring it to what it asks: a course adds the same there no matter who else comes, so that of
its settled areas it needs only the best. Courses compete in the other areas alone. These
split into pieces that have nothing to do with each other. Where all is not met with every
course where it adds most, a piece is solved exactly (solver.py).
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from ..framework.masks import bits, mask_of
from ..framework.prepared import PreparedFramework
from . import kept_solver
from .budget import Budget, HandedOverError
from .courses import Course, Placement
from .pieces import Piece, pieces
from .program import Program
from .solver import solve
from .tally import Tally
from .unlike_places import allocate_unlike
from .worth import Worth, worth

IN_FIGURES = 4
"""Levels of a placement that figures of the whole depend on; those after them decide between
equals (A3)."""

MOVES_BESIDE = 20_000
"""Moves tried on what is not proven best, beside what the kept solver has found of it."""

Rival = tuple[int, int, tuple[int, ...], int]
"""A course with several places: its number, its units, its areas, and these as a set."""


class Held(NamedTuple):
    """Per area, units and number of courses that are there, less what it asks."""

    units: list[int]
    counts: list[int]


def allocate(
    prepared: PreparedFramework, courses: list[Course], tally: Tally, budget: Budget
) -> list[Placement]:
    """The best legal placement of ``courses``, in their order.

    ``tally`` holds what is placed already. ``courses`` come in canonical order, which
    decides where A3 does not. What takes many steps is handed over to the solver that others
    keep, if it is there. Of what nobody settles, the best placement found; the budget is not
    ``proven`` then.
    """
    if not kept_solver.is_there() or budget.iterations <= 0:
        return _searched(prepared, courses, tally, budget)
    budget.hand_over(to_another=True)
    try:
        return _searched(prepared, courses, tally, budget)
    except HandedOverError:
        budget.refill()
    finally:
        budget.hand_over(to_another=False)
    program = Program(prepared, courses, tally)
    solved = kept_solver.solve(program, budget.iterations)
    budget.iterations -= solved.iterations
    found: list[tuple[Worth, list[Placement]]] = []
    if solved.values is not None:
        placements = program.placements(solved.values)
        value = worth(prepared, courses, placements, tally)
        if [*value[:-1], *value[-1]] == solved.worth and solved.proven == len(solved.worth):
            return placements
        found.append((value, placements))
    budget.proven = False
    if solved.proven < IN_FIGURES or not found:
        if found:
            budget.moves = min(budget.moves, MOVES_BESIDE)
        placements = _searched(prepared, courses, tally, budget)
        found.append((worth(prepared, courses, placements, tally), placements))
    return max(found, key=itemgetter(0))[1]


def _searched(
    prepared: PreparedFramework, courses: list[Course], tally: Tally, budget: Budget
) -> list[Placement]:
    """As ``allocate``, by the searches of this package alone."""
    if prepared.has_caps or not all(course.places.even for course in courses):
        return allocate_unlike(prepared, courses, tally, budget)
    units = [a - b for a, b in zip(tally.taken, prepared.min_units, strict=False)]
    counts = [a - b for a, b in zip(tally.courses, prepared.min_courses, strict=False)]
    placements = [course.places.spots[:1] for course in courses]
    rivals: list[Rival] = []
    for number, course in enumerate(courses):
        areas = course.places.areas
        if len(areas) > 1:
            rivals.append((number, course.units, areas, course.places.mask))
        elif areas:
            units[areas[0]] += course.units
            counts[areas[0]] += 1
    if rivals:
        areas_of_rivals = _placed(rivals, Held(units, counts), budget)
        for (number, _, _, _), area in zip(rivals, areas_of_rivals, strict=True):
            placements[number] = courses[number].places.at[area]
    return placements


def _placed(rivals: list[Rival], held: Held, budget: Budget) -> list[int]:
    """The area of each of ``rivals``; ``held`` does not count them."""
    unsettled = _unsettled(rivals, held)
    hoped_units, hoped_counts = held.units[:], held.counts[:]
    needed = rivals[:]
    placed = []
    sets = []
    for at, (number, size, areas, listed) in enumerate(rivals):
        competing = listed & unsettled
        most = areas[0]
        if competing != listed:
            areas, most = _worth_having(size, areas, competing, held)
            needed[at] = number, size, areas, mask_of(areas)
        hoped_units[most] += size
        hoped_counts[most] += 1
        placed.append(most)
        if competing:
            sets.append((competing, at))
    for open_areas, members in pieces(sets):
        if any(hoped_units[area] < 0 or hoped_counts[area] < 0 for area in open_areas):
            places = _solved([needed[at] for at in members], held, ~unsettled, budget)
            for at, area in zip(members, places, strict=True):
                placed[at] = area
    return placed


def _unsettled(rivals: list[Rival], held: Held) -> int:
    """Set of the areas where what one of ``rivals`` adds depends on the others.

    Elsewhere an area is met, or it stays unmet with all of them; and neither its credits nor
    its courses stop being missed on the way, which would make the next course worth less.
    """
    most_units, most = held.units[:], held.counts[:]
    for _, size, areas, _ in rivals:
        for area in areas:
            most_units[area] += size
            most[area] += 1
    unsettled = 0
    for area, (units, count) in enumerate(zip(*held, strict=True)):
        if (units < 0 or count < 0) and most[area] > count:
            then, number = most_units[area], most[area]
            stays_unmet = then < 0 or number < 0
            if not (stays_unmet and (units >= 0 or then <= 0) and (count >= 0 or number <= 0)):
                unsettled |= 1 << area
    return unsettled


def _worth_having(
    units: int, areas: tuple[int, ...], competing: int, held: Held
) -> tuple[tuple[int, ...], int]:
    """Of the ``areas`` of a course those it needs; and where it adds most if all is met.

    Of settled areas only the best: what is missing there comes before framework order (A8).
    """
    best, most = -1, (0, False)
    for area in areas:
        if not competing >> area & 1:
            gain = units if held.units[area] < 0 else 0, held.counts[area] < 0
            if best < 0 or gain > most:
                best, most = area, gain
    needed = tuple([area for area in areas if area == best or competing >> area & 1])
    return needed, best if any(most) else needed[0]


def _solved(rivals: list[Rival], held: Held, settled: int, budget: Budget) -> list[int]:
    """The area of each course of one piece."""
    piece, areas = _piece(rivals, held, settled)
    return [areas[at] for at in solve(piece, budget)]


def _piece(rivals: list[Rival], held: Held, settled: int) -> tuple[Piece, list[int]]:
    """These courses as a piece, and which area is which of its own."""
    sizes = [size for _, size, _, _ in rivals]
    listed = [areas for _, _, areas, _ in rivals]
    masks = [mask for _, _, _, mask in rivals]
    together = 0
    for mask in masks:
        together |= mask
    areas = bits(together)
    if len(areas) <= areas[-1]:
        position = {area: at for at, area in enumerate(areas)}
        listed = [tuple([position[area] for area in own]) for own in listed]
        masks = list(map(mask_of, listed))
        settled = mask_of(at for at, area in enumerate(areas) if settled >> area & 1)
    units, counts = [held.units[area] for area in areas], [held.counts[area] for area in areas]
    return Piece(sizes, listed, masks, units, counts, settled & (1 << len(areas)) - 1), areas
