"""Columns of text: names, codes, and what people write freely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ...codes import other_marks, tidy
from ...english_name import normalise
from ...marks import CONTROL, UNSEEN_IN_NAMES
from ..problems import Message, _
from .base import CellError, Column, Tidied

MAX_LENGTH = 255
"""Characters that a text may have (docs/readings.md F17)."""

_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_BROKEN = re.compile(r"\ufffd|&#x?[0-9a-f]{2,6};", re.IGNORECASE)
_LOST = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[?？]"
    r"(?=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")

CODE_TIDIED = _("The code was put right; it is read as %(value)s.")


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
    if CONTROL.search(text):
        raise CellError(_("The text holds characters that cannot be printed."))
    if broken := _BROKEN.search(text):
        raise CellError(
            _(
                "“%(value)s” is what is left of a character that was lost on the way. "
                "Type the character again.",
                value=broken[0],
            )
        )
    return text


@dataclass(frozen=True, kw_only=True)
class Text(Column):
    """Free text, kept as typed but for blanks around it; formulas are text too (F17)."""

    empty: Any = ""
    half_width = False

    def parse(self, text: str) -> str:
        return whole_text(text)

    @property
    def kind(self) -> Message:
        return _("Text of at most %(most)s characters.", most=MAX_LENGTH)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"maxLength": MAX_LENGTH}}


@dataclass(frozen=True, kw_only=True)
class Name(Text):
    """The name of a person, a course or an office, as it will be printed (docs/readings.md F26)."""

    def parse(self, text: str) -> str:
        text = super().parse(text)
        if _LOST.search(text):
            raise CellError(
                _(
                    "A question mark between two characters takes the place of one that was lost "
                    "on the way. Type the character again."
                )
            )
        if UNSEEN_IN_NAMES.search(text):
            raise CellError(
                _(
                    "The name holds marks that nobody sees, such as a change of direction. "
                    "Type it again."
                )
            )
        return text

    def doubt(self, value: str) -> Message | None:
        private = _PRIVATE.search(value)
        if not private:
            return None
        return _(
            "The character U+%(code)s belongs to one computer's own set; others show another one "
            "or none. Replace it by the character of Unicode.",
            code=f"{ord(private[0]):04X}",
        )


@dataclass(frozen=True, kw_only=True)
class Code(Text):
    """A code or number that is compared, never reckoned with, in its one form (F25).

    ``leading_zeros``: a workbook's number may have lost them and is refused (F16).
    """

    half_width = True
    leading_zeros: bool = False

    def tidied(self, raw: str) -> Tidied:
        if _SHORTENED.fullmatch(raw.strip()) or "\n" in raw.strip() or "\t" in raw.strip():
            return super().tidied(raw)  # an error, said of what was written
        text = tidy(raw)
        if text == raw:
            return Tidied(text)
        around = super().tidied(raw)
        return around if around.text == text else Tidied(text, CODE_TIDIED.fill(value=text))

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
        if marks := other_marks(text):
            raise CellError(
                _(
                    "“%(marks)s” cannot be part of a code. Take letters, digits, and the marks "
                    "- _ . /",
                    marks=marks,
                )
            )
        return super().parse(text)

    @property
    def kind(self) -> Message:
        return _(
            "A code of letters, digits and the marks - _ . / in a column that is formatted as "
            "text, so that leading zeros stay."
        )

    def schema(self) -> dict[str, Any]:
        # As codes are kept; what is around one is taken off when it is read (F25).
        bounds = {"pattern": r"[\w\-./]+", "maxLength": MAX_LENGTH}
        return {"type": "string", "constraints": bounds}

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
class CodeOrName(Text):
    """What tells a record by its code, or else by its name (docs/readings.md F10)."""

    half_width = True


@dataclass(frozen=True, kw_only=True)
class Codes(Column):
    """Several codes with ``;`` between them, as a tuple."""

    empty: Any = ()

    def parse(self, text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in whole_text(text).split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def written(self, value: Any) -> str:
        return ";".join(value or ())

    @property
    def kind(self) -> Message:
        return _("Several values with ; between them.")

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"maxLength": MAX_LENGTH}}


@dataclass(frozen=True, kw_only=True)
class EnglishName(Text):
    """A name as in the passport, brought into the form of the diploma (D8).

    Whether it may be of that form is the row's rule, since the registrar accepts others (F30).
    """

    half_width = True

    def parse(self, text: str) -> str:
        return normalise(super().parse(text))

    @property
    def kind(self) -> Message:
        return _("As in the passport: the surname, a comma, a blank and the given names.")
