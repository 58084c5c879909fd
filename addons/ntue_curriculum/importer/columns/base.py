"""One cell into one value: what every kind of column does, and how a cell is put right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from ...codes import KEPT_AS_TEXT
from ...marks import NO_WIDTH
from ..cells import UnreadableCell
from ..outgoing import MARKED
from ..problems import Message, _

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SPREADSHEET_ERROR = re.compile(
    r"#(N/A|(REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT)!|NAME\?|GETTING_DATA)"
)

TIDIED = _("Marks around the value or full-width characters were put right.")
MISSING = _("This cell must be filled.")


class CellError(ValueError):
    """A cell that cannot be read; carries the sentence for the person who typed it."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class ReadCell(NamedTuple):
    """The value of a cell, a note when it was put right, and a warning when it is doubtful."""

    value: Any
    note: Message | None = None
    warning: Message | None = None


class Tidied(NamedTuple):
    """A text as it is read, and a note when it was written otherwise."""

    text: str
    note: Message | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a file: ``name`` in the code, ``header`` in the file.

    ``required``: every row fills it. ``aliases``: other headers taken for it (F10).
    ``empty``: the value of an empty cell. ``example``: what a cell may hold, for people who fill
    in the file. ``help``: what the column means, where its header does not say it. ``exported``:
    False for a column whose values do not leave the database.
    """

    name: str
    header: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    empty: Any = None
    example: str = ""
    help: Message | None = None
    exported: bool = True
    half_width = True
    """Full-width letters and digits mean the same as ASCII ones (docs/readings.md F15)."""

    def read_cell(self, raw: object) -> ReadCell:
        """The value of a cell and a note when it was put right; CellError if it has none."""
        if isinstance(raw, str):
            text, note = self.tidied(raw)
            if not text:
                return ReadCell(self._nothing())
            if _SPREADSHEET_ERROR.fullmatch(text):
                raise CellError(_("The spreadsheet shows the error %(value)s here.", value=text))
            value = self.parse(text)
            return ReadCell(value, note, self.doubt(value))
        if raw is None:
            return ReadCell(self._nothing())
        if isinstance(raw, UnreadableCell):
            raise CellError(raw.message)
        value = self.parse_typed(raw)
        return ReadCell(value, None, self.doubt(value))

    def tidied(self, raw: str) -> Tidied:
        """``raw`` without what is around it, in half width where that means the same.

        What a spreadsheet puts around a text so that it stays one is around it too: ``="1141"``,
        and an apostrophe, as this product writes it on the way out (``outgoing``).
        """
        text = raw.translate(_FULL_WIDTH) if self.half_width else raw
        text = text.strip().strip(NO_WIDTH).strip()
        written = KEPT_AS_TEXT.fullmatch(text)
        if written:
            text = written[1].strip()
        elif text.startswith("'") and (self.half_width or MARKED.match(text)):
            text = text[1:].strip()
        return Tidied(text, TIDIED if text != raw else None)

    def doubt(self, _value: Any) -> Message | None:
        """What is to be warned of in a value that can be read; nothing unless a kind has it."""
        return None

    def written(self, value: Any) -> str | Decimal:
        """What a cell holds for ``value``, so that it is read as that again."""
        return "" if value is None or value is False else str(value)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that a cell may hold, if these are few."""
        return ()

    @property
    def kind(self) -> Message:
        """What a cell may hold, in a sentence."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """``type`` and ``constraints`` of this column as a field of a Table Schema."""
        raise NotImplementedError

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
