"""Columns that take one of a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..problems import Message, _
from .base import CellError, Column


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

    def written(self, value: Any) -> str:
        return next((word for word, known in self.options.items() if known == value), "")

    @property
    def choices(self) -> tuple[str, ...]:
        """One word for each value: the first of those that mean it."""
        first: dict[object, str] = {}
        for word, value in self.options.items():
            first.setdefault(value, word)
        return tuple(first.values())

    @property
    def kind(self) -> Message:
        return _("One of the words: %(words)s.", words="、".join(self.choices))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "constraints": {"enum": list(self.options)}}


@dataclass(frozen=True, kw_only=True)
class YesNo(OneOf):
    """是 or 否, or a workbook's own truth."""

    options: Mapping[str, object] = field(default_factory=lambda: {"是": True, "否": False})

    def parse_typed(self, raw: object) -> object:
        return raw if isinstance(raw, bool) else super().parse_typed(raw)

    def written(self, value: Any) -> str:
        return "" if value is None else super().written(bool(value))

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}
