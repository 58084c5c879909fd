"""Matching a course to the lines of a framework: by code, equivalents or name (A14–A17).

Or why it lies outside: its origin (I5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..result import Remark
from ..values import Enrolment, Framework, Offering, Origin
from .equivalents import standing_for
from .names import normalised
from .selecting import Selecting
from .spots import CourseLines, Spot


class Match(NamedTuple):
    """What the framework says about one course: its subjects, or why there are none.

    ``selected``: of one that is in areas by what it is, its places there.

    Several subjects when a name, or one course that stands for several, leaves it open (A17).
    """

    subjects: tuple[CourseLines, ...]
    how: Remark | None
    origin: Origin | None
    selected: tuple[Spot, ...] = ()


class Matching:
    """The matching tables of one framework; only its memo changes, and never what it says.

    ``doubles``: subjects that count once together, by number (A28).
    """

    def __init__(
        self,
        framework: Framework,
        subjects: Sequence[CourseLines],
        of_line: Mapping[int, tuple[CourseLines, Spot]],
        selecting: Selecting,
    ) -> None:
        """``of_line``: the subject and the spot of each line, by the line's key."""
        self._selecting = selecting
        self._department = framework.department
        self._by_code = {subject.code: subject for subject in subjects}
        self._matches: dict[tuple[str, bool, str, str, Decimal, Offering], Match] = {}
        self._standing = standing_for(framework.equivalents)
        self._related = _related(self._standing)
        by_equivalent: dict[str, list[CourseLines]] = {}
        for code, subject in self._by_code.items():
            for other in self._standing.get(code, ()):
                by_equivalent.setdefault(other, []).append(subject)
        self._by_equivalent = {code: tuple(each) for code, each in by_equivalent.items()}
        self.doubles = self._doubles(subjects)
        by_name: dict[tuple[str, Decimal], dict[int, CourseLines]] = {}
        for line in framework.lines:
            subject = of_line[line.key][0]
            key = (normalised(line.name), line.credits)
            by_name.setdefault(key, {})[subject.number] = subject
        self._by_name = {key: tuple(each.values()) for key, each in by_name.items()}

    def match(self, enrolment: Enrolment) -> Match:
        """The subjects that ``enrolment`` may stand for, or its origin outside (I5).

        By code; else as an equivalent; else by name and equal credits when the
        framework's own department offered it; else by what areas select (A35). Never what
        another school taught (A15).
        """
        e = enrolment
        key = (e.code, not e.school, e.department, e.name, e.credits, e.offering)
        found = self._matches.get(key)
        if found is None:
            found = self._matches[key] = self._match(e)
        return found

    def _match(self, e: Enrolment) -> Match:
        origin = self.origin(e)
        if origin is Origin.OFF_CAMPUS:
            return Match((), None, origin)
        subject = self._by_code.get(e.code)
        if subject is not None:
            return Match((subject,), None, None)
        subjects = self._by_equivalent.get(e.code, ())
        if subjects:
            return Match(subjects, Remark.MATCHED_BY_EQUIVALENT, None)
        if origin is Origin.OTHER_ENTRY_YEAR and normalised(e.name):
            subjects = self._by_name.get((normalised(e.name), e.credits), ())
            if subjects:
                return Match(subjects, Remark.MATCHED_BY_NAME, None)
        if selected := self._selecting.places(e):
            return Match((), None, None, selected)
        return Match((), None, origin)

    def origin(self, enrolment: Enrolment) -> Origin:
        """Why the course lies outside the framework, if it matches nothing (I5).

        A course of this school without an offering department counts as another
        department's: that it is the student's own needs to be on record.
        """
        if enrolment.school:
            return Origin.OFF_CAMPUS
        if enrolment.department and enrolment.department == self._department:
            return Origin.OTHER_ENTRY_YEAR
        return Origin.OTHER_DEPARTMENT

    def related(self, code: str) -> frozenset[str]:
        """The codes that stand for this one, and those for which it stands (A29)."""
        return self._related.get(code, _NONE)

    def _doubles(self, subjects: Sequence[CourseLines]) -> dict[int, frozenset[int]]:
        """By number of a subject, those of which one of the two stands for the other (A28)."""
        doubles: dict[int, set[int]] = {}
        for subject in subjects:
            for other in self._by_equivalent.get(subject.code, ()):
                doubles.setdefault(subject.number, set()).add(other.number)
                doubles.setdefault(other.number, set()).add(subject.number)
        return {number: frozenset(others) for number, others in doubles.items()}


_NONE: frozenset[str] = frozenset()


def _related(standing: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """By code, those of which one stands for the other."""
    found: dict[str, set[str]] = {}
    for code, others in standing.items():
        for other in others:
            found.setdefault(code, set()).add(other)
            found.setdefault(other, set()).add(code)
    return {code: frozenset(others) for code, others in found.items()}
