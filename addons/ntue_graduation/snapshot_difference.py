"""How what a student has differs from what was submitted: pure, on plain values.

Both sides are what a slip freezes (``papers.values``): a course is the same when its
``enrollment`` is, an area, a milestone, a rule across areas or a further program when its
``code`` is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

SAME = ("term", "offering_no", "code", "name", "credits", "requirement")
"""What of a course does not change while it is only being graded."""

REACHED = ("met", "undecided", "missing")
"""How far a milestone, a rule or a further program is, the best first."""

Row = Mapping[str, object]


class Kind(StrEnum):
    """What became of a course, an area, a milestone, a rule or a further program since."""

    GRADED = "graded"
    """In progress then, passed now: what everybody waits for."""
    LOST = "lost"
    """It counted as taken then, and is failed or withdrawn now (D30); or it is less far."""
    REACHED = "reached"
    """An area, a milestone, a rule or a further program that is further than it was."""
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


EXPECTED = frozenset({Kind.GRADED, Kind.REACHED})
"""What everybody waits for."""


class RowChange(NamedTuple):
    """A course that is not as it was; None on the side that does not have it."""

    kind: Kind
    before: Row | None
    after: Row | None


class StandingChange(NamedTuple):
    """An area, a milestone, a rule or a further program that is not as far as it was.

    None where it is not asked for, or not studied.
    """

    kind: Kind
    before: Row | None
    after: Row | None


class Differences(NamedTuple):
    """All in which what is there now is not what was submitted.

    ``subjects``: names of required ones that are missing now and were not: not taken any more, or
    not waived any more.
    """

    rows: list[RowChange]
    areas: list[StandingChange]
    subjects: list[str]
    milestones: list[StandingChange]
    rules: list[StandingChange]
    further: list[StandingChange]

    @property
    def unexpected(self) -> Differences:
        """Without courses that were passed, and what was reached."""
        return Differences(
            [change for change in self.rows if change.kind not in EXPECTED],
            [change for change in self.areas if change.kind not in EXPECTED],
            self.subjects,
            [change for change in self.milestones if change.kind not in EXPECTED],
            [change for change in self.rules if change.kind not in EXPECTED],
            [change for change in self.further if change.kind not in EXPECTED],
        )

    @property
    def is_expected(self) -> bool:
        """Nothing happened since but what everybody waits for."""
        return not any(self.unexpected)


def differences(snapshot: Mapping[str, Any], now: Mapping[str, Any]) -> Differences:
    """How ``now`` differs from ``snapshot``, both as a slip freezes them.

    What an older snapshot does not tell (milestones, rules across areas, further programs) is not
    compared.
    """
    return Differences(
        row_changes(snapshot["rows"], now["rows"]),
        _area_changes(snapshot["areas"], now["areas"]),
        _missing_since(snapshot["missing_required"], now["missing_required"]),
        _standing_changes(snapshot, now, "milestones"),
        _standing_changes(snapshot, now, "rules"),
        _standing_changes(snapshot, now, "further"),
    )


def _area_changes(before: Sequence[Row], after: Sequence[Row]) -> list[StandingChange]:
    """Areas that are met or not as they were not, or ask another minimum (A52)."""
    old = {row["code"]: row for row in before}
    new = {row["code"]: row for row in after}
    changes = []
    for code in {**old, **new}:
        was, here = old.get(code), new.get(code)
        if was is None or here is None:
            kind = Kind.ADDED if was is None else Kind.REMOVED
            changes.append(StandingChange(kind, was, here))
        elif (was["met"] and not here["met"]) or asks_more(was, here):
            changes.append(StandingChange(Kind.LOST, was, here))
        elif was["met"] != here["met"] or asks_more(here, was):
            changes.append(StandingChange(Kind.REACHED, was, here))
    return changes


def asks_more(before: Row, after: Row) -> bool:
    """Whether an area's minimum is higher than it was, as when a waiver is taken back."""
    return any(
        Decimal(str(after[name])) > Decimal(str(before[name]))
        for name in ("min_credits", "min_courses")
    )


def _missing_since(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Names that are there more often than before, in their order."""
    more = Counter(after) - Counter(before)
    return [name for name in dict.fromkeys(after) if more[name]]


def _standing_changes(
    snapshot: Mapping[str, Any], now: Mapping[str, Any], name: str
) -> list[StandingChange]:
    if name not in snapshot:
        return []
    old = {row["code"]: row for row in snapshot[name]}
    new = {row["code"]: row for row in now.get(name, ())}
    changes = []
    for code in {**old, **new}:
        before, after = old.get(code), new.get(code)
        if before is None:
            changes.append(StandingChange(Kind.ADDED, before, after))
        elif after is None:
            changes.append(StandingChange(Kind.REMOVED, before, after))
        elif (was := reached(before)) != (here := reached(after)):
            kind = Kind.REACHED if REACHED.index(here) < REACHED.index(was) else Kind.LOST
            changes.append(StandingChange(kind, before, after))
    return changes


def reached(row: Row) -> str:
    """How far it is; of a further program a slip says whether it is met."""
    return str(row.get("reached") or ("met" if row["met"] else "missing"))


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
