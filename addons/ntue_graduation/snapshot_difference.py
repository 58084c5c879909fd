"""How a student's courses differ from those of a submission: pure, on plain values.

Both sides are rows as a slip prints them (``papers.values``): a course is the same when its
``enrollment`` is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

SAME = ("term", "offering_no", "code", "name", "credits", "requirement")
"""What of a course does not change while it is only being graded."""

Row = Mapping[str, object]


class Kind(StrEnum):
    """What became of a course since."""

    GRADED = "graded"
    """In progress then, passed now: what everybody waits for."""
    LOST = "lost"
    """It counted as taken then, and is failed or withdrawn now (D30)."""
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class RowChange(NamedTuple):
    """A course that is not as it was; None on the side that does not have it."""

    kind: Kind
    before: Row | None
    after: Row | None


def row_changes(before: Sequence[Row], after: Sequence[Row]) -> list[RowChange]:
    """Every course that differs, in the order of ``before``, then what is new."""
    now = {row["enrollment"]: row for row in after}
    known = {row["enrollment"] for row in before}
    changes = []
    for row in before:
        kind = _kind(row, now.get(row["enrollment"]))
        if kind:
            changes.append(RowChange(kind, row, now.get(row["enrollment"])))
    new = (row for row in after if row["enrollment"] not in known)
    return changes + [RowChange(Kind.ADDED, None, row) for row in new]


def is_expected(changes: Sequence[RowChange]) -> bool:
    """Nothing happened since but that courses in progress were passed."""
    return all(change.kind is Kind.GRADED for change in changes)


def _kind(before: Row, after: Row | None) -> Kind | None:
    if after is None:
        return Kind.REMOVED
    was, state = before["state"], after["state"]
    if any(before[name] != after[name] for name in SAME):
        return Kind.CHANGED
    if was != state:
        if was == "in_progress" and state == "passed":
            return Kind.GRADED
        return Kind.LOST if state in ("failed", "withdrawn") else Kind.CHANGED
    # The score of a course in progress is a mark, and not a score.
    return Kind.CHANGED if was != "in_progress" and before["score"] != after["score"] else None
