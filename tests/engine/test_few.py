"""Components of few courses: the cheap way against all placements, one by one."""

import random
from itertools import product

import pytest
from degree_audit import few, search
from degree_audit.component import Component, Item

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
    """What all areas cost together when each course stands in its place."""
    units, counts = component.units[:], component.counts[:]
    for item, place in zip(component.items, places, strict=True):
        units[place] += item.units
        counts[place] += 1
    return sum(cost(area, units[area], counts[area]) for area in range(component.size))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_placement_is_better_than_the_one_found(seed):
    component = drawn(seed)
    cost = search.Search(component).cost
    found = few.place_few(component, cost)
    assert all(place in item.areas for place, item in zip(found, component.items, strict=True))
    ways = product(*(item.areas for item in component.items))
    assert cost_of(component, found, cost) == min(cost_of(component, way, cost) for way in ways)


def test_the_search_takes_that_way_only_when_an_area_stays_unmet(monkeypatch):
    def refuse(*_arguments):
        raise AssertionError("every area can be met")

    monkeypatch.setattr(search, "place_few", refuse)
    courses = [Item(0, 3, (0, 1)), Item(1, 3, (0, 1))]
    assert sorted(search.place(Component([-3, -3], [0, 0], courses))) == [0, 1]
    with pytest.raises(AssertionError):
        search.place(Component([-3, -6], [0, 0], courses))
