"""Enrolments of which it is open for which subject they stand: each stands for one (A34).

A name can be shared by lines of different codes, and one course can stand for several (A17).
Where two such enrolments want the same subjects, every way to give each its own is an
alternative, and the best allocation over all alternatives counts. So it is where a
course may count at several lines besides, which one subject has and another has not; and
where of two subjects that are taken one stands for the other, of which one counts (A28). A code
that was passed twice fills one of the subjects; the other is a repeat, unless its line is
shareable (A30). The number of ways grows exponentially with the enrolments of one name, but not
with subjects that differ in nothing. Ways are found as long as the budget lasts (budget.py);
one always is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, product

from ..framework.masks import mask_of
from ..framework.names import normalised
from ..framework.prepared import PreparedFramework
from ..framework.spots import CourseLines
from ..result import Remark
from ..transcript.attempts import Attempts, Claim, better, rank
from ..transcript.decisions import Rulings
from ..values import Enrolment
from .budget import Budget, OutOfStepsError
from .pieces import pieces

Doubles = Mapping[int, frozenset[int]]
"""By number of a subject, those that do not count beside it (A28)."""

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


def alternatives(
    prepared: PreparedFramework, attempts: Attempts, rulings: Rulings, budget: Budget
) -> Alternatives:
    """All ways to let the enrolments of ``attempts`` that leave it open stand for subjects.

    Subjects that an enrolment holds by its own code are taken; who finds all of its
    subjects taken contests the first of them that it is the better attempt at. There is
    at least one way; in each, no subject is given twice, nor one that stands for another.
    """
    doubles = prepared.matching.doubles
    wants: list[Claim] = list(attempts.doubled)
    for enrolment, subjects in _one_a_code(prepared, attempts, rulings):
        free = tuple(s for s in subjects if attempts.held[s.number] is None)
        open_to = tuple(s for s in free if any(x.admits(enrolment.score) for x in s.spots))
        if free:
            wants.append(Claim(enrolment, open_to or free[:1]))
        else:
            _contest(attempts, enrolment, subjects, rulings)
    wants.sort(key=lambda claim: rank(None, claim.enrolment, rulings), reverse=True)
    fixed: list[Claim] = []
    disputes: list[list[list[Claim]]] = []
    masks = [(_reach(subjects, doubles), n) for n, (_, subjects) in enumerate(wants)]
    for _, members in pieces(masks):
        group = [wants[number] for number in members]
        if len(group) > 1:
            disputes.append(_ways(group, doubles, budget))
        elif _is_shareable(group[0]) or prepared.counting.groups:
            disputes.append([[Claim(group[0].enrolment, (s,))] for s in group[0].subjects])
        else:
            fixed += group
    return Alternatives(fixed, disputes)


def _reach(subjects: tuple[CourseLines, ...], doubles: Doubles) -> int:
    """Set of the subjects, and of those that do not count beside them."""
    return mask_of({n for s in subjects for n in (s.number, *doubles.get(s.number, ()))})


def _is_shareable(claim: Claim) -> bool:
    """Whether a line of one subject may count beside that of another, were they one course."""
    return len(claim.subjects) > 1 and any(s.shareable for x in claim.subjects for s in x.spots)


def _one_a_code(
    prepared: PreparedFramework, attempts: Attempts, rulings: Rulings
) -> Iterator[Claim]:
    """The claims of ``attempts.several``, best first; of one code the best alone (A30).

    The others of that code keep the subjects that have a shareable line.
    """
    seen = set()
    for claim in sorted(
        attempts.several, key=lambda claim: rank(None, claim.enrolment, rulings), reverse=True
    ):
        enrolment, subjects = claim
        by_name = prepared.matching.match(enrolment).how is Remark.MATCHED_BY_NAME
        course = enrolment.code, normalised(enrolment.name) if by_name else None
        if not enrolment.code or course not in seen:
            yield claim
        elif again := tuple(s for s in subjects if any(spot.shareable for spot in s.spots)):
            yield Claim(enrolment, again)
        seen.add(course)


def _ways(group: list[Claim], doubles: Doubles, budget: Budget) -> list[list[Claim]]:
    """The ways of one dispute; those found when the budget ended, one at least."""
    ways: list[list[Claim]] = []
    if len(group) > DEEP:
        budget.proven = False
        return [_first_come(group, doubles)]
    some_do_not_count = any(doubles.get(s.number) for _, subjects in group for s in subjects)
    matched = _matched(group)
    claims = group if some_do_not_count else [claim for claim, _own in matched]
    try:
        for way in _assignments(claims, {}, doubles, budget):
            ways.append(way)
            budget.spend(4 * len(way))
    except OutOfStepsError:
        budget.give_up()
    if ways:
        return ways
    if some_do_not_count:
        return [_first_come(group, doubles)]
    return [[Claim(claim.enrolment, (own,)) for claim, own in matched]]


def _contest(
    attempts: Attempts, enrolment: Enrolment, subjects: tuple[CourseLines, ...], rulings: Rulings
) -> None:
    for subject in subjects:
        holder = attempts.held[subject.number]
        if holder is not None and better(subject, holder, enrolment, rulings) is enrolment:
            attempts.held[subject.number] = enrolment
            return


def _first_come(group: list[Claim], doubles: Doubles) -> list[Claim]:
    """A way for very many: each, best first, takes the first subject that is left."""
    given: set[int] = set()
    way: list[Claim] = []
    for enrolment, subjects in group:
        own = next((subject for subject in subjects if subject.number not in given), None)
        if own is not None:
            given |= {own.number, *doubles.get(own.number, ())}
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
    group: list[Claim], barred: Mapping[int, int], doubles: Doubles, budget: Budget
) -> Iterator[list[Claim]]:
    """Every way to give each of ``group`` one subject, equal ways once.

    None of those that are ``barred`` for being given or standing for one that is. Who could
    have a subject that others do not count beside may go without, in the last of the ways.
    """
    budget.spend(1 + 2 * len(group))
    if not group:
        yield []
        return
    (enrolment, subjects), rest = group[0], group[1:]
    tried = set()
    for subject in subjects:
        number = subject.number
        if number in barred:
            continue
        others = doubles.get(number, frozenset())
        wanted = tuple(subject in each for _, each in rest)
        alike = wanted, others, tuple(spot._replace(line=None) for spot in subject.spots)
        if alike not in tried:
            tried.add(alike)
            taken = dict.fromkeys((number, *others), number)
            for ways in _assignments(rest, {**barred, **taken}, doubles, budget):
                yield [Claim(enrolment, (subject,)), *ways]
    if not tried or any(doubles.get(subject.number) for subject in subjects):
        yield from _assignments(rest, barred, doubles, budget)
