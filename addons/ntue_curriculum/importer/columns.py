"""One cell into one value: what each kind of column accepts and how it is put right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from ..english_name import MAX_LENGTH as MAX_NAME_LENGTH
from ..english_name import is_valid, normalise
from ..roc import parse_date, parse_term, parse_year
from .problems import Message, _

MAX_LENGTH = 255
"""Characters that a text may have (docs/readings.md F17)."""

FIRST_YEAR, LAST_YEAR = 1912, 2111
"""Years outside the calendar of the Republic, or beyond all planning, are slips."""

_BLANKS = "\ufeff\u200b\u2060"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPREADSHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)

TIDIED = _("Blanks around the value or full-width characters were put right.")
MISSING = _("This cell must be filled.")


class CellError(ValueError):
    """A cell that cannot be read; carries the sentence for the person who typed it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class ReadCell(NamedTuple):
    """The value of a cell, and a note when it was put right."""

    value: Any
    note: Message | None = None


class LimitValue(NamedTuple):
    """A limit as it was written: ``25%`` is 0.25, written as a percentage."""

    number: Decimal
    is_percentage: bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a file: ``name`` in the code, ``header`` in the file.

    ``required``: every row fills it. ``aliases``: other headers taken for it (F10).
    ``empty``: the value of an empty cell.
    """

    name: str
    header: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    empty: Any = None
    half_width = True
    """Full-width letters and digits mean the same as ASCII ones (docs/readings.md F15)."""

    def read_cell(self, raw: object) -> ReadCell:
        """The value of a cell and a note when it was put right; CellError if it has none."""
        if isinstance(raw, str):
            text = raw.translate(_FULL_WIDTH) if self.half_width else raw
            text = text.strip().strip(_BLANKS).strip()
            if not text:
                return ReadCell(self._nothing())
            if _SPREADSHEET_ERROR.fullmatch(text):
                raise CellError(_("The spreadsheet shows the error %(value)s here.", value=text))
            return ReadCell(self.parse(text), TIDIED if text != raw else None)
        if raw is None:
            return ReadCell(self._nothing())
        return ReadCell(self.parse_typed(raw))

    def _nothing(self) -> Any:
        if self.required:
            raise CellError(MISSING)
        return self.empty

    def parse(self, text: str) -> Any:
        """The value of a filled, tidied text."""
        raise NotImplementedError

    def parse_typed(self, raw: object) -> Any:
        """The value of a workbook's cell that holds no text but a number, date or truth."""
        return self.parse(whole_number(raw))


def whole_number(raw: object) -> str:
    """A workbook's whole number as digits (docs/readings.md F16); CellError for anything else."""
    if isinstance(raw, (date, datetime)):
        raise CellError(
            _("The cell holds a date. Format the column as text and type the value again.")
        )
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    raise CellError(
        _("“%(value)s” is no text. Format the column as text and type it again.", value=raw)
    )


def whole_text(text: str) -> str:
    """``text``, when it is no longer than it may be and can be printed; CellError otherwise."""
    if len(text) > MAX_LENGTH:
        raise CellError(
            _(
                "The text has %(length)s characters; at most %(most)s fit.",
                length=len(text),
                most=MAX_LENGTH,
            )
        )
    if _CONTROL.search(text):
        raise CellError(_("The text holds characters that cannot be printed."))
    return text


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    """Free text, kept as typed but for blanks around it; formulas are text too (F17)."""

    empty: Any = ""
    half_width = False

    def parse(self, text: str) -> str:
        return whole_text(text)


@dataclass(frozen=True, kw_only=True)
class Code(Text):
    """A code or number that is compared, never reckoned with.

    ``leading_zeros``: a workbook's number may have lost them and is refused (F16).
    """

    half_width = True
    leading_zeros: bool = False

    def parse(self, text: str) -> str:
        if _SHORTENED.fullmatch(text):
            raise CellError(
                _(
                    "“%(value)s” is a number that the spreadsheet shortened. "
                    "Format the column as text and type it again.",
                    value=text,
                )
            )
        if "\n" in text or "\r" in text or "\t" in text:
            raise CellError(_("A code has no line break and no tab in it."))
        return super().parse(text)

    def parse_typed(self, raw: object) -> Any:
        if self.leading_zeros and isinstance(raw, (int, float)):
            raise CellError(
                _(
                    "The cell holds the number %(value)s, which may have lost leading zeros. "
                    "Format the column as text and type it again, as in 0648.",
                    value=raw,
                )
            )
        return super().parse_typed(raw)


@dataclass(frozen=True, kw_only=True)
class Codes(Column):
    """Several codes with ``;`` between them, as a tuple."""

    empty: Any = ()

    def parse(self, text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in whole_text(text).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, kw_only=True)
class EnglishName(Text):
    """A name as in the passport, brought into the form of the diploma (D8)."""

    half_width = True

    def parse(self, text: str) -> str:
        name = normalise(super().parse(text))
        if not is_valid(name):
            raise CellError(
                _(
                    "“%(value)s” is not written as in a passport: WANG, TA-MING, at most "
                    "%(most)s characters. Correct it or leave it empty: the student is then "
                    "asked for it.",
                    value=text,
                    most=MAX_NAME_LENGTH,
                )
            )
        return name


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

    @cached_property
    def _number(self) -> Number:
        return Number(name=self.name, header=self.header, decimals=self.decimals)


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

    def _no_date(self, value: object) -> CellError:
        return CellError(_("“%(value)s” is no date: write 2025-10-27 or 114-10-27.", value=value))


@dataclass(frozen=True, kw_only=True)
class OneOf(Column):
    """One of the words in ``options``, as the value that is beside it."""

    options: Mapping[str, object] = field(default_factory=dict)

    def parse(self, text: str) -> object:
        try:
            return self.options[text]
        except KeyError:
            raise CellError(
                _(
                    "“%(value)s” is not one of %(options)s.",
                    value=text,
                    options="、".join(self.options),
                )
            ) from None

    def parse_typed(self, raw: object) -> object:
        return self.parse(str(raw))


@dataclass(frozen=True, kw_only=True)
class YesNo(OneOf):
    """是 or 否, or a workbook's own truth."""

    options: Mapping[str, object] = field(default_factory=lambda: {"是": True, "否": False})

    def parse_typed(self, raw: object) -> object:
        return raw if isinstance(raw, bool) else super().parse_typed(raw)
