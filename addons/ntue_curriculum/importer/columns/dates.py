"""Columns of days, terms and years, in every spelling that schools use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ...roc import parse_date, parse_term, parse_year
from ..problems import Message, _
from .base import CellError, Column

FIRST_YEAR, LAST_YEAR = 1912, 2111
"""Years outside the calendar of the Republic, or beyond all planning, are slips."""

_WRITTEN = (
    "[1-9][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    "|(民國)?0?[0-9]{2,3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
)
"""How a day is written, as a pattern for programs of schools (``roc.parse_date``)."""


@dataclass(frozen=True, kw_only=True)
class Year(Column):
    """A year of the Republic: 98, 098, 114 (docs/readings.md F8)."""

    def parse(self, text: str) -> int:
        try:
            return parse_year(text)
        except ValueError:
            raise CellError(
                _("“%(value)s” is no ROC year: write it as in 109.", value=text)
            ) from None

    @property
    def kind(self) -> Message:
        return _("A year of the Republic, as 114.")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"pattern": "0?[0-9]{2,3}"}}


@dataclass(frozen=True, kw_only=True)
class Term(Column):
    """The code of a term: 1141, 981, 0981 (docs/readings.md F8)."""

    empty: Any = ""

    def parse(self, text: str) -> str:
        try:
            return str(parse_term(text))
        except ValueError:
            raise CellError(
                _(
                    "“%(value)s” is no term: write the ROC year and 1, 2 or 3, as in 1141.",
                    value=text,
                )
            ) from None

    @property
    def kind(self) -> Message:
        return _(
            "The code of a term: the ROC year, then 1, 2 or 3 for the first, the second and the "
            "summer term, as 1141."
        )

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"pattern": "0?[0-9]{2,3}-?[123]"}}


@dataclass(frozen=True, kw_only=True)
class Date(Column):
    """A day, ISO or ROC, or a workbook's own date."""

    def parse(self, text: str) -> date:
        try:
            day = parse_date(text)
        except ValueError:
            raise self._no_date(text) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self._no_date(text)
        return day

    def parse_typed(self, raw: object) -> date:
        if isinstance(raw, datetime):
            raw = raw.date()
        if not isinstance(raw, date) or not FIRST_YEAR <= raw.year <= LAST_YEAR:
            raise self._no_date(raw)
        return raw

    def written(self, value: Any) -> str:
        return f"{value:%Y-%m-%d}" if value else ""

    @property
    def kind(self) -> Message:
        return _("A day, as 2025-10-27, or of the Republic, as 114-10-27.")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"pattern": _WRITTEN}}

    def _no_date(self, value: object) -> CellError:
        return CellError(_("“%(value)s” is no date: write 2025-10-27 or 114-10-27.", value=value))
