"""Which enrolment on record a row is about, where several have one code (A31, F6). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from .spec import Key


def records_of(rows: Sequence[Key], records: Sequence[Key]) -> list[int | None]:
    """The place of the record that each row is about; None of a new one.

    Both are of one student, term, offering number and code, and given by what tells them apart.
    Where none is quite the same it is the only one that is left, if one row is left, too: the row
    changes its name or school, or the file has no column for them (F21).
    """
    if len(rows) == len(records) == 1:
        return [0]
    free = dict(enumerate(records))
    found: list[int | None] = []
    for row in rows:
        place = next((place for place, record in free.items() if record == row), None)
        if place is not None:
            del free[place]
        found.append(place)
    if len(free) == 1 and found.count(None) == 1:
        found[found.index(None)] = next(iter(free))
    return found


def pieces_of(rows: Sequence[Key], records: Sequence[Key]) -> list[int | None]:
    """The place of the record that each row is about, of pieces that nothing tells apart.

    Both are given by what they say, what is changed last first. Each row takes a record that says
    the same, else one that says the same but for what comes later. Those that are left are taken
    in their order, if the rows may be all that there are; else a row is about a new piece.
    """
    free = dict(enumerate(records))
    found: list[int | None] = [None] * len(rows)
    least = 0 if len(rows) >= len(records) else 1
    for length in range(max(map(len, (*rows, *records)), default=0), least - 1, -1):
        for number, row in enumerate(rows):
            place = _like(row[:length], free) if found[number] is None else None
            if place is not None:
                found[number] = place
                del free[place]
    return found


def _like(beginning: Key, records: dict[int, Key]) -> int | None:
    """The place of the first record that begins so."""
    length = len(beginning)
    return next((place for place, record in records.items() if record[:length] == beginning), None)


def without_row(rows: Sequence[Key], records: Sequence[Key]) -> list[int]:
    """The places of the records that none of ``rows`` is about.

    A row that says neither name nor school may be about any of them.
    """
    if rows and (len(rows) >= len(records) or () in rows):
        return []
    listed = set(records_of(rows, records))
    return [place for place in range(len(records)) if place not in listed]
