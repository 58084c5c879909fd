"""Enrolments that may stand for any of several subjects (A17), each for one of them.

A name or an equivalence can be shared by lines of different codes. Most such
enrolments have their subjects to themselves; then the allocation takes the best. Where
several of them want the same subjects, every way to give each its own is an
alternative, and the best allocation over all alternatives counts. Their number grows
exponentially with the enrolments of one name, but not with subjects that differ in
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

from .attempts import Attempts, Standing, better, rank
from .decisions import Rulings
from .pieces import mask_of, pieces
from .prepared import Subject
from .values import Enrolment


def alternatives(attempts: Attempts, rulings: Rulings) -> list[list[Standing]]:
    """All ways to let the enrolments of ``attempts.several`` stand for subjects.

    Subjects that an enrolment holds by its own code are taken; who finds all of its
    subjects taken contests the first of them that it is the better attempt at. At
    least one way is returned; in each, no subject is given twice.
    """
    several = sorted(attempts.several, key=lambda s: rank(None, s[0], rulings), reverse=True)
    wants: list[Standing] = []
    for enrolment, subjects in several:
        free = tuple(s for s in subjects if attempts.held[s.number] is None)
        open_to = tuple(s for s in free if any(x.admits(enrolment.score) for x in s.spots))
        if free:
            wants.append((enrolment, open_to or free[:1]))
        else:
            _contest(attempts, enrolment, subjects, rulings)
    fixed: list[Standing] = []
    disputes: list[list[list[Standing]]] = []
    masks = [(mask_of(s.number for s in subjects), n) for n, (_, subjects) in enumerate(wants)]
    for _, members in pieces(masks):
        group = [wants[number] for number in members]
        if len(group) == 1:
            fixed += group
        else:
            disputes.append(list(_assignments(_matchable(group), {})))
    return [[*fixed, *chain.from_iterable(ways)] for ways in product(*disputes)]


def _contest(
    attempts: Attempts, enrolment: Enrolment, subjects: tuple[Subject, ...], rulings: Rulings
) -> None:
    for subject in subjects:
        holder = attempts.held[subject.number]
        if holder is not None and better(subject, holder, enrolment, rulings) is enrolment:
            attempts.held[subject.number] = enrolment
            return


def _matchable(group: list[Standing]) -> list[Standing]:
    """Those of ``group``, best first, that can all have a subject of their own (A18)."""
    owner: dict[int, Standing] = {}

    def finds(standing: Standing, tried: set[int]) -> bool:
        for subject in standing[1]:
            if subject.number not in tried:
                tried.add(subject.number)
                rival = owner.get(subject.number)
                if rival is None or finds(rival, tried):
                    owner[subject.number] = standing
                    return True
        return False

    return [standing for standing in group if finds(standing, set())]


def _assignments(group: list[Standing], given: dict[int, Subject]) -> Iterator[list[Standing]]:
    """Every way to give each of ``group`` one subject, equal ways once."""
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
            for ways in _assignments(rest, given | {subject.number: subject}):
                yield [(enrolment, (subject,)), *ways]
