"""Columns of numbers: credits, scores and limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from ...labels import plain_number
from ..problems import Message, _
from .base import CellError, Column

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


class LimitValue(NamedTuple):
    """A limit as it was written: ``25%`` is 0.25, written as a percentage."""

    number: Decimal
    is_percentage: bool


@dataclass(frozen=True, kw_only=True)
class Number(Column):
    """A number between ``low`` and ``high`` with at most ``decimals``, as a Decimal."""

    low: int = 0
    high: int = 999
    decimals: int = 0

    def parse(self, text: str) -> Decimal:
        if not _NUMBER.fullmatch(text):
            raise CellError(_("“%(value)s” is no number.", value=text))
        return self._within(Decimal(text))

    def parse_typed(self, raw: object) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, (int, float)):
            raise CellError(_("“%(value)s” is no number.", value=raw))
        # A workbook keeps 69.9 as 69.900000000000006: what it shows is what was typed.
        return self.parse(format(Decimal(format(raw, ".12g")), "f"))

    def written(self, value: Any) -> str | Decimal:
        return "" if value is None or value is False else Decimal(plain_number(value))

    @property
    def kind(self) -> Message:
        if not self.decimals:
            return _("A whole number between %(low)s and %(high)s.", low=self.low, high=self.high)
        return _(
            "A number between %(low)s and %(high)s with at most %(decimals)s decimals.",
            low=self.low,
            high=self.high,
            decimals=self.decimals,
        )

    def schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.low, "maximum": self.high}
        return {"type": "number" if self.decimals else "integer", "constraints": bounds}

    def _within(self, number: Decimal) -> Decimal:
        if not self.low <= number <= self.high:
            raise CellError(
                _(
                    "%(value)s does not lie between %(low)s and %(high)s.",
                    value=number,
                    low=self.low,
                    high=self.high,
                )
            )
        if number != round(number, self.decimals):
            if not self.decimals:
                raise CellError(_("%(value)s is no whole number.", value=number))
            raise CellError(
                _(
                    "%(value)s has more than %(decimals)s decimals.",
                    value=number,
                    decimals=self.decimals,
                )
            )
        return number


@dataclass(frozen=True, kw_only=True)
class Credits(Number):
    """Credits of a course: any number from 0 on; unusual steps are asked about (F28)."""

    high: int = 99
    decimals: int = 1

    def doubt(self, value: Decimal) -> Message | None:
        if value * 2 % 1 == 0:
            return None
        return _("%(value)s credits are unusual. Check whether that is meant.", value=value)


STATE_OF_WORD = {
    "抵": "抵免",
    "抵免": "抵免",
    "P": "通過",
    "PASS": "通過",
    "通過": "通過",
    "及格": "通過",
    "F": "未通過",
    "FAIL": "未通過",
    "未通過": "未通過",
    "不及格": "未通過",
    "缺考": "未通過",
    "扣考": "未通過",
    "停修": "停修",
    "W": "停修",
    "退選": "停修",
}
"""What lists write in place of a score → what says the same in the column 狀態."""

_LETTER = re.compile(r"[A-EX][+-]?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Score(Number):
    """A score in points; for a word or a letter in its place the error names the column 狀態."""

    high: int = 100
    decimals: int = 2

    def parse(self, text: str) -> Decimal:
        if state := STATE_OF_WORD.get(text.upper()):
            raise CellError(
                _(
                    "“%(value)s” is no score. Leave the score empty and write %(state)s in the "
                    "column 狀態.",
                    value=text,
                    state=state,
                )
            )
        if _LETTER.fullmatch(text):
            raise CellError(
                _(
                    "“%(value)s” is a grade in letters. Write it in the column 等第 and leave the "
                    "score empty, or write 通過 or 未通過 in the column 狀態.",
                    value=text,
                )
            )
        return super().parse(text)


@dataclass(frozen=True, kw_only=True)
class Limit(Column):
    """A limit in the unit of another column, also as ``25%`` (docs/readings.md F7).

    The row's rule tells numbers and percentages apart.
    """

    decimals: int = 0

    def parse(self, text: str) -> LimitValue:
        if text.endswith("%"):
            return LimitValue(self._number.parse(text[:-1].rstrip()) / 100, is_percentage=True)
        return LimitValue(self._number.parse(text), is_percentage=False)

    def parse_typed(self, raw: object) -> LimitValue:
        return LimitValue(self._number.parse_typed(raw), is_percentage=False)

    def written(self, value: Any) -> str | Decimal:
        return self._number.written(value)

    @property
    def kind(self) -> Message:
        return _("A number in the unit that the row names; a share is written 0.25 or 25%.")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"pattern": "[0-9]+([.][0-9]+)?%?"}}

    @cached_property
    def _number(self) -> Number:
        return Number(name=self.name, header=self.header, decimals=self.decimals)
