"""Further programs beside the main one: how each stands, and what counts in several (A45).

Every course may be placed once in each program. How much of a further program may count in those
before it as well is its own to say: at most so many credits, and so many that count in none of
them. ``sharing.py`` finds which courses are withheld from which program for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..result import AuditResult, Reason
from ..values import Sharing
from .changes import COUNTING

Withheld = frozenset[int]
Audited = Callable[[Withheld], AuditResult]

ZERO = Decimal(0)

NEVER = frozenset(
    {
        Reason.FAILED,
        Reason.WITHDRAWN,
        Reason.IN_PROGRESS,
        Reason.OUTSIDE,
        Reason.REFUSED,
        Reason.USED,
    }
)
"""Of an attempt that counts nowhere in a program, whatever else is withheld from it."""

Value = tuple[int | Decimal, ...]


class Beside(NamedTuple):
    """How a further program stands beside the main one and the further ones before it.

    ``main`` and ``further``: their audits, each without what is withheld from it. ``shared``:
    credits that count in a program before it, too; ``exclusive``: those that count in none of
    them. ``met``: its own requirements and its rule of sharing. ``proven``: no other way to
    share is better.
    """

    main: AuditResult
    further: AuditResult
    shared: Decimal
    exclusive: Decimal
    missing_exclusive: Decimal
    met: bool
    proven: bool = True

    @property
    def missing(self) -> Decimal:
        """Credits that it lacks, in all and of its own."""
        return self.further.missing_credits + self.missing_exclusive


class Stand:
    """One audit of a program: its ``result``, and the credits that count by key."""

    __slots__ = ("counted", "result")

    def __init__(self, result: AuditResult) -> None:
        self.result = result
        self.counted = {
            one.key: one.counted_credits for one in result.enrolments if one.reason in COUNTING
        }


class Program:
    """A program of a student, and its audits without what is withheld from it.

    ``sharing``: its rule; of the main program it says nothing. ``matching``: keys of what can
    count in it. ``need``: by key, how much it needs what counts in it: 2 at a required line, 1 in
    an area that asks for something, else 0.
    """

    def __init__(
        self, audited: Audited, sharing: Sharing, required_lines: frozenset[int] = frozenset()
    ) -> None:
        self._audited = audited
        self._stands: dict[Withheld, Stand] = {}
        self.sharing = sharing
        self.alone = Stand(audited(frozenset()))
        self._stands[frozenset()] = self.alone
        rows = self.alone.result.enrolments
        self.matching = frozenset(one.key for one in rows if one.reason not in NEVER)
        self._required = frozenset(one.key for one in rows if one.line in required_lines)
        self._areas = {one.key: one.areas for one in rows}
        areas = self.alone.result.areas
        self._above = {child: area.code for area in areas for child in area.children}
        self._asking = {area.code: area for area in areas if area.min_credits or area.min_courses}

    def needs(self, keys: Iterable[int], sizes: Mapping[int, Decimal]) -> dict[int, int]:
        """How much it needs each of ``keys``: 2 at a required line, 1 in an area, else 0.

        An area that has more than it asks can do without the first of ``keys``.
        """
        spare = {
            code: (area.taken - area.min_credits, area.courses - area.min_courses)
            for code, area in self._asking.items()
        }
        found = {}
        for key in keys:
            size = sizes[key]
            areas = {up for code in self._areas.get(key, ()) for up in self._up(code)}
            asking = areas & spare.keys()
            if key in self._required:
                found[key] = 2
            elif any(spare[code][0] < size or spare[code][1] < 1 for code in asking):
                found[key] = 1
            else:
                found[key] = 0
                for code in asking:
                    spare[code] = (spare[code][0] - size, spare[code][1] - 1)
        return found

    def _up(self, code: str) -> Iterator[str]:
        """An area and those around it."""
        yield code
        while code in self._above:
            code = self._above[code]
            yield code

    def at(self, withheld: Withheld) -> Stand:
        """Its audit without ``withheld``."""
        held = withheld & self.matching
        found = self._stands.get(held)
        if found is None:
            found = self._stands[held] = Stand(self._audited(held))
        return found

    @property
    def audits(self) -> int:
        """How many were made."""
        return len(self._stands)


def main_value(result: AuditResult) -> Value:
    """How well the main program stands: met, areas and limits met, less what is missing.

    Ticks above a limit make it no worse: a reviewer may exceed the limit (D17), and no way to
    share would be better for giving one of them up.
    """
    met = sum(area.met for area in result.areas) + sum(rule.met for rule in result.rules)
    lacks = result.missing_credits + sum(rule.missing_credits for rule in result.rules)
    return int(result.met or not result.ticks_allowed), met, -len(result.missing_lines), -lacks


def beside(stands: Sequence[Stand], sharing: Sharing) -> Beside:
    """How the last of ``stands`` stands beside those before it; the first is the main program."""
    *before, last = stands
    others: set[int] = set().union(*(one.counted.keys() for one in before))
    own = last.counted
    shared = sum((size for key, size in own.items() if key in others), ZERO)
    exclusive = sum((size for key, size in own.items() if key not in others), ZERO)
    missing = max(ZERO, sharing.min_exclusive - exclusive)
    met = last.result.met and not missing
    return Beside(before[0].result, last.result, shared, exclusive, missing, met)


def value(one: Beside) -> Value:
    """How well a further program stands."""
    return int(one.met), -one.missing


def fits(one: Beside, sharing: Sharing) -> bool:
    """Whether no more is shared than may be."""
    return sharing.max_shared is None or one.shared <= sharing.max_shared
