"""Moving one course more into an area, or one out of it, while others keep their number.

Courses of one kind are interchangeable in credits, so only how many of them stand in
an area matters to it. When one of them should leave or come, the others may have to
swap places along a chain; this is an augmenting path of the matching between courses
and places, found by breadth-first search over the areas.

A state is a list: the courses of one kind (masks) that stand in each place already
decided, then those still free, then those that stand elsewhere than in their first
area. Areas are decided from the last to the first; a free course is thought of as
standing in its first area.
"""

from __future__ import annotations

State = list[int]
FREE, MOVED = -2, -1


def start(courses: int, places: int) -> State:
    """Nothing decided: all ``courses`` free."""
    return [0] * places + [courses, 0]


def settle(state: State, area: int, first: int) -> State:
    """Begin to decide ``area``: free courses whose first area it is stand there."""
    here = state[FREE] & first
    if not here:
        return state
    state = state[:]
    state[area] = here
    state[FREE] ^= here
    return state


def one_less(state: State, area: int, lists: list[int], before: int) -> State | None:
    """One course fewer in ``area``, and one more free; None when there is no way.

    ``before``: courses whose first area comes before ``area``. Areas decided earlier
    (those after ``area``) keep their numbers.
    """
    came = {area: area}
    queue = [area]
    for place in queue:
        here = state[place]
        leaving = here & before
        if leaving:
            state = state[:]
            bit = 1 << leaving.bit_length() - 1
            state[FREE] |= bit
            state[MOVED] &= ~bit
            state[place] ^= bit
            while place != area:
                source = came[place]
                _move(state, source, place, state[source] & lists[place])
                state[MOVED] |= state[place]
                place = source
            return state
        for other in range(area + 1, len(lists)):
            if other not in came and here & lists[other]:
                came[other] = place
                queue.append(other)
    return None


def one_more(state: State, area: int, lists: list[int], first: list[int]) -> State | None:
    """One course more in ``area``, one fewer free; None when there is no way.

    The free course that stands last in canonical order comes.
    """
    free = state[FREE]
    goes_to = {area: area}
    queue = [area]
    for place in queue:
        listed = lists[place]
        coming = free & listed
        if coming:
            state = state[:]
            bit = 1 << coming.bit_length() - 1
            state[FREE] ^= bit
            state[MOVED] |= bit
            state[place] |= bit
            while place != area:
                target = goes_to[place]
                moved = _move(state, place, target, (state[place] ^ bit) & lists[target])
                if first[target] & moved:
                    state[MOVED] &= ~moved
                else:
                    state[MOVED] |= moved
                place, bit = target, moved
            return state
        for other in range(area + 1, len(lists)):
            if other not in goes_to and state[other] & listed:
                goes_to[other] = place
                queue.append(other)
    return None


def _move(state: State, source: int, target: int, candidates: int) -> int:
    """Move the last of ``candidates`` from ``source`` to ``target``; its mask."""
    bit = 1 << candidates.bit_length() - 1
    state[source] ^= bit
    state[target] |= bit
    return bit
