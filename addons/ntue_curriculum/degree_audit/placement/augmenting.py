"""Moving one course more into an area, or one out of it, while others keep their number.

Courses of one kind are interchangeable in credits, so only how many of them are in
an area matters to it. When one of them should leave or come, others may have to swap
places along a chain: an augmenting path of the matching between courses and places,
found by breadth-first search over the places.

Areas are decided from the last to the first. A layout is a list of sets: what is in
each place already decided, then what is still free (and thought of as standing in its
first area), then what is elsewhere than in its first area.
"""

from __future__ import annotations

from .component import Component

Layout = list[int]
FREE, MOVED = -2, -1


def start(component: Component) -> Layout:
    """Nothing decided: all courses free."""
    return [0] * component.places + [(1 << len(component.field)) - 1, 0]


def one_more(component: Component, state: Layout, area: int, kind: int) -> Layout | None:
    """One course of ``kind`` more in ``area``, one fewer free; None when none can come.

    The free course that is last in canonical order comes.
    """
    listed = component.lists[area] & kind
    coming = state[FREE] & listed
    if coming:
        course = component.field[coming.bit_length() - 1]
        state = state[:]
        state[FREE] ^= course
        state[MOVED] |= course
        state[area] |= course
        return state
    # Only a course away from its first area may stand after the area and list it.
    return _chain_in(component, state, area, kind) if state[MOVED] & listed else None


def _chain_in(component: Component, state: Layout, area: int, kind: int) -> Layout | None:
    """As ``one_more`` where no free course lists ``area`` itself."""
    lists = component.lists
    goes_to = {area: area}
    queue = [area]
    for place in queue:
        listed = lists[place] & kind
        coming = state[FREE] & listed
        if coming:
            course = component.field[coming.bit_length() - 1]
            state = state[:]
            state[FREE] ^= course
            state[MOVED] |= course
            state[place] |= course
            while place != area:
                target = goes_to[place]
                course = _move(component, state, place, target, course, kind)
                place = target
            return state
        for other in range(area + 1, component.places):
            if other not in goes_to and state[other] & listed:
                goes_to[other] = place
                queue.append(other)
    return None


def one_less(
    component: Component, state: Layout, area: int, kind: int, before: int
) -> Layout | None:
    """One course of ``kind`` fewer in ``area``, one more free; None when none can go.

    A course leaves for a place after ``area``, and at the end of the chain one that
    is in such a place returns to its first area: one of ``before``.
    """
    lists = component.lists
    returning = state[MOVED] & kind & before
    if not returning:
        return None
    came = {area: area}
    queue = [area]
    for place in queue:
        here = state[place] & kind
        leaving = here & returning
        if leaving:
            course = component.field[leaving.bit_length() - 1]
            state = state[:]
            state[place] ^= course
            state[FREE] |= course
            state[MOVED] ^= course
            while place != area:
                source = came[place]
                _move(component, state, source, place, 0, kind)
                place = source
            return state
        for other in range(area + 1, component.places):
            if other not in came and here & lists[other]:
                came[other] = place
                queue.append(other)
    return None


def _move(
    component: Component, state: Layout, source: int, target: int, newcomer: int, kind: int
) -> int:
    """Move the last course of ``kind`` but ``newcomer`` that may; the course moved."""
    movable = state[source] & component.lists[target] & kind & ~newcomer
    course = component.field[movable.bit_length() - 1]
    state[source] ^= course
    state[target] |= course
    if course & component.first[target]:
        state[MOVED] &= ~course
    else:
        state[MOVED] |= course
    return course
