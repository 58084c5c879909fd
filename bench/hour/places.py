"""Who is there at a moment of an evening: as many as its stage has, and who has not finished yet.

Pure, and without Locust: what Locust is told, and who of those whom it sends has a place.
"""


def told(stages, number, ramp):
    """How many Locust is told of in stage ``number``, and how many of them come in a second.

    Never fewer than before: it would wait for the first who go to finish before it told the next,
    so that a crowd of which many wait outside stays for minutes.
    """
    most = max(stage["students"] for stage in stages[: number + 1])
    return most, max(1, most / ramp)


def has_place(stage, place):
    """Whether who came as the ``place``th, from 0, begins a visit in ``stage``.

    A visit that was begun before goes on to its end.
    """
    return place < stage["students"]
