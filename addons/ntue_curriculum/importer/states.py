"""The state of an enrolment, from what its row says (docs/readings.md A20–A24, F10)."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .problems import Message, _
from .spec import Row

RESULT = ("score", "state", "withdrawn_on")
"""Columns in which a blank cell takes nothing away (F22)."""


class Said(NamedTuple):
    """What a row says of its state: all that ``state_of`` asks of a row."""

    score: Decimal | None
    state: str
    withdrawn_on: date | None
    is_pass: bool | None


class Result(NamedTuple):
    """What became of an enrolment. ``score``: None without one; ``withdrawn_on``: a day or None."""

    score: Decimal | None
    state: str
    withdrawn_on: date | None


class NewResult(NamedTuple):
    """A result as it shall be, and the columns whose blank cells left what is stored."""

    result: Result
    kept: tuple[str, ...] = ()


def new_result(
    row: Row,
    pass_mark: Decimal,
    known: Result | None,
    present: Set[str],
    *,
    blanks_erase: bool = False,
) -> NewResult:
    """The result that a row of ``enrollments`` gives an enrolment (F21, F22).

    ``known``: what is stored, None for a new enrolment. ``present``: the columns of the file.
    ``blanks_erase``: an empty cell takes away what is stored.
    """
    if known is None:
        state, _warning = state_of(row, pass_mark)
        return NewResult(_result(row, state))
    blank = {name for name in RESULT if not getattr(row, name) and getattr(row, name) != 0}
    erased = blank & present if blanks_erase else frozenset[str]()
    held = (blank - erased) - {"state"}
    merged = row._replace(**{name: getattr(known, name) for name in held})
    state, _warning = state_of(merged, pass_mark)
    kept = {name for name in held if name in present and getattr(known, name) is not None}
    if "state" in blank - erased and state != known.state and _still_holds(row, known):
        kept |= {"state"} & present
        state = known.state
    return NewResult(_result(merged, state), tuple(sorted(kept)))


def _still_holds(row: Row, known: Result) -> bool:
    """Whether a row without a state leaves the one that is stored, which no score gave."""
    if row.is_pass is not None or row.withdrawn_on:
        return False
    return row.score is None or known.state in ("withdrawn", "transferred")


def _result(row: Row, state: str) -> Result:
    return Result(row.score, state, row.withdrawn_on if state == "withdrawn" else None)


def state_of(row: Row, pass_mark: Decimal) -> tuple[str, Message | None]:
    """The state of a row of ``enrollments``, and a warning when it contradicts itself.

    狀態 wins over 及格, both over 成績 (A20); a 停修日 alone means withdrawn (A21); a score
    counts whether locked or not (A22) and is never rounded (A23); none: in progress (A24).
    """
    by_score = _by_score(row.score, pass_mark)
    if row.state:
        return row.state, _contradiction(row, row.state, by_score)
    if row.withdrawn_on:
        return "withdrawn", None
    if row.is_pass is not None and by_score:
        state = "passed" if row.is_pass else "failed"
        return state, _contradiction(row, state, by_score)
    return by_score or "in_progress", None


def state_by_score(score: Decimal | None, pass_mark: Decimal) -> str:
    """The state of an enrolment of which nothing but the score is known."""
    return _by_score(score, pass_mark) or "in_progress"


def _by_score(score: Decimal | None, pass_mark: Decimal) -> str:
    if score is None:
        return ""
    return "passed" if score >= pass_mark else "failed"


def _contradiction(row: Row, state: str, by_score: str) -> Message | None:
    """The warning about a state that the rest of the row speaks against (A20)."""
    if row.withdrawn_on and state != "withdrawn":
        return _("The state is taken as it is, and the date of withdrawal is left out.")
    if by_score and state != by_score:
        return _(
            "The state does not go with the score %(score)s. The state is taken as it is.",
            score=row.score,
        )
    return None
