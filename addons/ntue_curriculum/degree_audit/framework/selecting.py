"""Which areas a course is in by what it is: the selectors of areas (A35)."""

from __future__ import annotations

from collections.abc import Iterable

from ..values import Enrolment, Selector
from .names import normalised
from .spots import Spot


class Selecting:
    """The selectors of one framework, in framework order."""

    def __init__(self, selectors: Iterable[tuple[Selector, Spot]]) -> None:
        """``selectors``: each with the place where what it selects may count."""
        self._selectors = [(Selection(selector), spot) for selector, spot in selectors]

    def places(self, enrolment: Enrolment) -> tuple[Spot, ...]:
        """The places of the areas that select ``enrolment``; none of what others taught."""
        if enrolment.school:
            return ()
        return tuple([spot for words, spot in self._selectors if words.select(enrolment)])


class Selection:
    """One selector with its words as they are compared (A16)."""

    def __init__(self, selector: Selector) -> None:
        self._selector = selector
        self._domains = _folded(selector.domains)
        self._languages = _folded(selector.languages)
        self._levels = _folded(selector.levels)
        self._names = _folded(selector.names)
        self._departments = _codes(selector.departments)
        self._exceptions = _codes(selector.exceptions)
        self._prefixes = tuple(sorted(_codes(selector.prefixes)))

    def select(self, enrolment: Enrolment) -> bool:
        """Whether every condition holds, and the course is no exception; of any school."""
        offering, name = enrolment.offering, normalised(enrolment.name)
        asked, code = self._selector.distance, enrolment.code.casefold()
        if code in self._exceptions:
            return False
        return (
            (not asked or offering.distance is (asked == "yes"))
            and (not self._domains or normalised(offering.domain) in self._domains)
            and (not self._languages or normalised(offering.language) in self._languages)
            and (not self._levels or normalised(offering.level) in self._levels)
            and (not self._departments or enrolment.department.casefold() in self._departments)
            and (not self._prefixes or code.startswith(self._prefixes))
            and (not self._names or any(part in name for part in self._names))
        )


def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(normalised, words))


def _codes(codes: tuple[str, ...]) -> frozenset[str]:
    """Codes as they are compared: without case (F25)."""
    return frozenset(code.casefold() for code in codes)
