"""Components of few courses: the cheap way against all placements, one by one."""

import random
from itertools import product

import pytest
from degree_audit.placement import few_courses, solver
from degree_audit.placement.component import Component, Item
from degree_audit.placement.scale import scale_of

SEEDS = range(300)


def drawn(seed):
    """A component of a few areas and courses, most of whose areas cannot be met."""
    draw = random.Random(seed)
    size = draw.randint(2, 5)
    items = [
        Item(
            number,
            draw.choice((0, 2, 3, 3)),
            tuple(sorted(draw.sample(range(size), draw.randint(2, min(3, size))))),
        )
        for number in range(draw.randint(2, 7))
    ]
    units = [draw.randint(-9, 2) for _ in range(size)]
    return Component(units, [draw.randint(-3, 1) for _ in range(size)], items)


def cost_of(component, places, cost):
    """What all areas cost together when each course is in its place."""
    units, counts = component.units[:], component.counts[:]
    for item, place in zip(component.items, places, strict=True):
        units[place] += item.units
        counts[place] += 1
    return sum(cost(area, units[area], counts[area]) for area in range(component.size))


def scale_for(component):
    """The levels of a component as one number."""
    sizes = [item.units for item in component.items]
    return scale_of(component.units, component.counts, sizes)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_placement_is_better_than_the_one_found(seed):
    component = drawn(seed)
    cost = scale_for(component).cost
    found = few_courses.place_few(solver.piece_of(component))
    assert all(place in item.areas for place, item in zip(found, component.items, strict=True))
    ways = product(*(item.areas for item in component.items))
    assert cost_of(component, found, cost) == min(cost_of(component, way, cost) for way in ways)


def test_only_a_component_of_few_courses_is_placed_that_way(monkeypatch):
    asked = []
    monkeypatch.setattr(solver, "place_few", lambda piece, _budget: asked.append(piece))
    for number in (few_courses.FEW, few_courses.FEW + 1):
        courses = [Item(course, 3, (0, 1)) for course in range(number)]
        solver.solve_component(Component([-3, -6], [0, 0], courses))
    assert [len(piece.sizes) for piece in asked] == [few_courses.FEW]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_for_many_courses_places_few_as_well(seed, monkeypatch):
    component = drawn(seed)
    cost = scale_for(component).cost
    found = solver.solve_component(component)
    monkeypatch.setattr(solver, "FEW", 0)
    assert cost_of(component, solver.solve_component(component), cost) == cost_of(
        component, found, cost
    )
