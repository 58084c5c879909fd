"""Pieces all of whose areas can be met: the cuts against all placements, and the search."""

import random
from itertools import product

import pytest
from degree_audit.framework.masks import mask_of
from degree_audit.placement import meeting_all, solver
from degree_audit.placement.component import Component, Item
from degree_audit.placement.pieces import Piece

SEEDS = range(300)


def drawn(seed, courses=7, areas=4):
    """A piece that asks a part of what a hidden placement gives, or now and then too much."""
    draw = random.Random(seed)
    size = draw.randint(2, areas)
    sizes = [draw.choice((1, 2, 3, 3)) for _ in range(draw.randint(2, courses))]
    listed = [tuple(sorted(draw.sample(range(size), min(size, draw.randint(2, 3))))) for _ in sizes]
    held = placed_at(sizes, [draw.choice(places) for places in listed], size)
    units = [-draw.choice((units, units, units - 1, units + 1)) for units, _ in held]
    counts = [-draw.choice((0, 0, number)) for _, number in held]
    return Piece(sizes, listed, list(map(mask_of, listed)), units, counts)


def placed_at(sizes, places, size):
    """Units and number of courses per area."""
    held = [[0, 0] for _ in range(size)]
    for units, place in zip(sizes, places, strict=True):
        held[place][0] += units
        held[place][1] += 1
    return held


def loads(piece, places):
    """Units per area, or None when one is not met."""
    held = placed_at(piece.sizes, places, len(piece.units))
    met = all(
        units + has >= 0 and number + count >= 0
        for (units, number), has, count in zip(held, piece.units, piece.counts, strict=True)
    )
    return [units for units, _ in held] if met else None


@pytest.mark.parametrize("seed", SEEDS)
def test_A3_no_placement_that_meets_all_areas_gives_earlier_ones_more(seed):
    piece = drawn(seed)
    found = meeting_all.meet_all(piece)
    ways = (loads(piece, way) for way in product(*piece.listed))
    best = max((way for way in ways if way), default=None)
    assert (None if found is None else loads(piece, found)) == best
    if found is not None:
        assert all(place in listed for place, listed in zip(found, piece.listed, strict=True))


@pytest.mark.parametrize("seed", range(40))
def test_A3_the_search_finds_no_better_placement_of_many_courses(seed):
    piece = drawn(seed, courses=24, areas=8)
    items = [Item(*course) for course in zip(range(99), piece.sizes, piece.listed, strict=False)]
    component = Component(piece.units, piece.counts, items)
    places = dict(zip(component.items, solver.solve_component(component), strict=True))
    searched = loads(piece, [places[item] for item in items])
    found = meeting_all.meet_all(piece)
    assert (None if found is None else loads(piece, found)) == searched


def alike(number, size, areas, *held):
    """A piece of equal courses that may stand anywhere."""
    listed = [tuple(range(areas))] * number
    return Piece([size] * number, listed, list(map(mask_of, listed)), *held)


def test_equal_courses_stand_in_the_order_of_their_areas():
    assert meeting_all.meet_all(alike(3, 3, 2, [-3, -3], [0, 0])) == [0, 0, 1]


def test_what_takes_more_answers_than_there_is_patience_for_is_left_to_the_search(monkeypatch):
    piece = alike(2, 3, 2, [-3, -3], [0, 0])
    assert meeting_all.meet_all(piece) == [0, 1]
    monkeypatch.setattr(meeting_all, "PATIENCE", 0)
    assert meeting_all.meet_all(piece) is None


def test_so_are_courses_of_no_credits_and_more_areas_than_their_sets_can_be_looked_at():
    assert meeting_all.meet_all(alike(2, 0, 2, [0, 0], [-1, -1])) is None
    for areas in (meeting_all.AREAS, meeting_all.AREAS + 1):
        found = meeting_all.meet_all(alike(areas, 3, areas, [-3] * areas, [0] * areas))
        assert (found is None) == (areas > meeting_all.AREAS)
