"""Findings grouped by the repair that mends them: one sentence, how often, and examples.

Forty rows that name one student who is not there are mended by adding that student: one case of
one repair, in however many files it is. Bounded, however many findings there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .problems import Message, Severity

CASES = 20
"""Different values of one repair that are told apart; of others only the number is kept."""

PLACES = 5
"""Places of one case that are named."""


class Place(NamedTuple):
    """A cell, a row or a file. ``column``: its header."""

    file: str
    row: int | None
    column: str


@dataclass(slots=True)
class Case:
    """Equal findings: the sentence with its values, how many there are, and the first places."""

    message: Message
    count: int = 0
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Repair:
    """Findings of one sentence. ``cases``: by its values, the most frequent first when read."""

    severity: Severity
    count: int = 0
    cases: dict[tuple[tuple[str, str], ...], Case] = field(default_factory=dict)

    @property
    def message(self) -> Message:
        """The sentence, with … for what differs from case to case."""
        first, *others = self.cases.values()
        args = first.message.args
        differs = {
            name: "…"
            for name, value in args.items()
            if any(str(other.message.args.get(name)) != str(value) for other in others)
        }
        return first.message.fill(**differs) if differs else first.message

    @property
    def masked(self) -> Message:
        """The sentence without any value of the files."""
        (first, *_others) = self.cases.values()
        return first.message.fill(**dict.fromkeys(first.message.args, "…"))

    @property
    def frequent(self) -> list[Case]:
        """The cases, the most frequent first."""
        return sorted(self.cases.values(), key=lambda case: -case.count)

    @property
    def more(self) -> int:
        """Findings of cases that are not told apart."""
        return self.count - sum(case.count for case in self.cases.values())

    @property
    def places(self) -> list[Place]:
        """The columns and files that it was found in, each once, without rows."""
        places = (place for case in self.cases.values() for place in case.places)
        return list(dict.fromkeys(place._replace(row=None) for place in places))

    @property
    def columns(self) -> list[str]:
        """The same as text."""
        return columns_of(self.places)


def columns_of(places: Iterable[Place]) -> list[str]:
    """Files and columns as text, each once."""
    return list(dict.fromkeys(" ".join(filter(None, (p.file, p.column))) for p in places))


class Repairs:
    """Findings as they come in, by sentence and then by the values in it."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Repair] = {}

    def add(self, severity: Severity, message: Message, place: Place) -> None:
        """Count one finding; of the first ones remember where."""
        key = (severity.value, message.module, message.source)
        repair = self._found.setdefault(key, Repair(severity))
        repair.count += 1
        values = tuple((name, str(value)) for name, value in message.args.items())
        case = repair.cases.get(values)
        if case is None:
            if len(repair.cases) >= CASES:
                return
            case = repair.cases[values] = Case(message)
        case.count += 1
        if len(case.places) < PLACES:
            case.places.append(place)

    def __iter__(self) -> Iterator[Repair]:
        """Errors first; of one weight the repair that mends most."""
        return iter(
            sorted(
                self._found.values(), key=lambda one: (one.severity.value != "error", -one.count)
            )
        )

    def __len__(self) -> int:
        return len(self._found)
