"""How many courses are on record, and which of them make the credits taken (129)."""

from typing import NamedTuple

COUNTING = ("counts", "mapped", "flexible", "together")
"""Reasons of a row that counts, in an area or in the total only."""


class Records(NamedTuple):
    """How many courses are on record, and what they are to the credits taken (129)."""

    everything: int
    counted: int
    elsewhere: int
    left: int


def records_of(rows):
    """``Records`` of the rows of a slip; each is in one of the three kinds.

    ``counted``: in the credits taken. ``elsewhere``: outside of the framework, counted by a tick
    and its acceptance only. ``left``: counted nowhere: not passed, withdrawn, repeated, refused.
    """
    elsewhere = [row for row in rows if row["ticked"] or row["tickable"]]
    kept = [row for row in rows if not (row["ticked"] or row["tickable"])]
    counted = [row for row in kept if row["areas"] or row["reason"] in COUNTING]
    return Records(len(rows), len(counted), len(elsewhere), len(kept) - len(counted))


def records_sentence(env, rows):
    """What the number of records is made of, in words."""
    records = records_of(rows)
    return env._(
        "%(counted)s count in the credits taken, %(elsewhere)s are from elsewhere and count by a "
        "tick only, %(left)s do not count.",
        counted=records.counted,
        elsewhere=records.elsewhere,
        left=records.left,
    )
