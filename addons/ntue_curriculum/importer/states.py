"""The state of an enrolment, from what its row says (docs/readings.md A20–A24, F10)."""

from __future__ import annotations

from decimal import Decimal

from .problems import Message, _
from .spec import Row


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
