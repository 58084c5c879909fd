"""Enrolments that may stand for any of several subjects (A17), each for one of them.

A name or an equivalence can be shared by lines of different codes. Most such
enrolments have their subjects to themselves; then the allocation takes the best. Where
several of them want the same subjects, every way to give each its own is an
alternative, and the best allocation over all alternatives counts. Their number grows
exponentially with the enrolments of one name, but not with subjects that differ in
nothing. Ways are found as long as the budget lasts (budget.py); one always is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

from ..framework.masks import mask_of
from ..framework.spots import CourseLines
from ..transcript.attempts import Attempts, Claim, better, rank
from ..transcript.decisions import Rulings
from ..values import Enrolment
from .budget import Budget, OutOfStepsError
from .pieces import pieces

DEEP = 150
"""Enrolments that want the same subjects, all ways of which are gone through at most."""


class Alternatives:
    """All ways to let enrolments stand for subjects.

    ``fixed`` is part of every way; so is one way of each of ``disputes``.
    """

    def __init__(self, fixed: list[Claim], disputes: list[list[list[Claim]]]) -> None:
        self._fixed = fixed
        self._disputes = disputes

    def __iter__(self) -> Iterator[list[Claim]]:
        for ways in product(*self._disputes):
            yield [*self._fixed, *chain.from_iterable(ways)]

    @property
    def is_open(self) -> bool:
        """Whether there is more than one way."""
        return any(len(ways) > 1 for ways in self._disputes)


NO_ALTERNATIVES = Alternatives([], [])


def alternatives(attempts: Attempts, rulings: Rulings, budget: Budget) -> Alternatives:
    """All ways to let the enrolments of ``attempts.several`` stand for subjects.

    Subjects that an enrolment holds by its own code are taken; who finds all of its
    subjects taken contests the first of them that it is the better attempt at. There is
    at least one way; in each, no subject is given twice.
    """
    several = sorted(
        attempts.several, key=lambda claim: rank(None, claim.enrolment, rulings), reverse=True
    )
    wants: list[Claim] = []
    for enrolment, subjects in several:
        free = tuple(s for s in subjects if attempts.held[s.number] is None)
        open_to = tuple(s for s in free if any(x.admits(enrolment.score) for x in s.spots))
        if free:
            wants.append(Claim(enrolment, open_to or free[:1]))
        else:
            _contest(attempts, enrolment, subjects, rulings)
    fixed: list[Claim] = []
    disputes: list[list[list[Claim]]] = []
    masks = [(mask_of(s.number for s in subjects), n) for n, (_, subjects) in enumerate(wants)]
    for _, members in pieces(masks):
        group = [wants[number] for number in members]
        if len(group) == 1:
            fixed += group
        else:
            disputes.append(_ways(group, budget))
    return Alternatives(fixed, disputes)


def _ways(group: list[Claim], budget: Budget) -> list[list[Claim]]:
    """The ways of one dispute; those found when the budget ended, one at least."""
    ways: list[list[Claim]] = []
    if len(group) > DEEP:
        budget.proven = False
        return [_first_come(group)]
    matched = _matched(group)
    try:
        for way in _assignments([claim for claim, _own in matched], {}, budget):
            ways.append(way)
            budget.spend(4 * len(way))
    except OutOfStepsError:
        budget.give_up()
    return ways or [[Claim(claim.enrolment, (own,)) for claim, own in matched]]


def _contest(
    attempts: Attempts, enrolment: Enrolment, subjects: tuple[CourseLines, ...], rulings: Rulings
) -> None:
    for subject in subjects:
        holder = attempts.held[subject.number]
        if holder is not None and better(subject, holder, enrolment, rulings) is enrolment:
            attempts.held[subject.number] = enrolment
            return


def _first_come(group: list[Claim]) -> list[Claim]:
    """A way for very many: each, best first, takes the first subject that is left."""
    given: set[int] = set()
    way: list[Claim] = []
    for enrolment, subjects in group:
        own = next((subject for subject in subjects if subject.number not in given), None)
        if own is not None:
            given.add(own.number)
            way.append(Claim(enrolment, (own,)))
    return way


def _matched(group: list[Claim]) -> list[tuple[Claim, CourseLines]]:
    """Those of ``group``, best first, that can all have a subject of their own (A18).

    Second, a subject for each with which they all have one.
    """
    owner: dict[int, Claim] = {}

    def finds(claim: Claim, tried: set[int]) -> bool:
        for subject in claim.subjects:
            if subject.number not in tried:
                tried.add(subject.number)
                rival = owner.get(subject.number)
                if rival is None or finds(rival, tried):
                    owner[subject.number] = claim
                    return True
        return False

    able = [claim for claim in group if finds(claim, set())]
    numbers = {id(claim): number for number, claim in owner.items()}
    return [
        (claim, next(s for s in claim.subjects if s.number == numbers[id(claim)])) for claim in able
    ]


def _assignments(
    group: list[Claim], given: dict[int, CourseLines], budget: Budget
) -> Iterator[list[Claim]]:
    """Every way to give each of ``group`` one subject, equal ways once."""
    budget.spend(1 + 2 * len(group))
    if not group:
        yield []
        return
    (enrolment, subjects), rest = group[0], group[1:]
    tried = set()
    for subject in subjects:
        if subject.number in given:
            continue
        wanted = tuple(subject in others for _, others in rest)
        alike = wanted, tuple(spot._replace(line=None) for spot in subject.spots)
        if alike not in tried:
            tried.add(alike)
            for ways in _assignments(rest, given | {subject.number: subject}, budget):
                yield [Claim(enrolment, (subject,)), *ways]
