"""The best way to share courses among a student's programs: the main one first (A45).

Where the audits of all programs by themselves keep the rules of sharing, they are the answer.
Elsewhere courses that match several are withheld from some of them:

1. In one go, program after program: those before it are freed of what they can do without, what
   it needs most first; then it is denied what is still shared too much, what it needs least first.
2. Where that does as well as anything can, it is the answer. How well anything can, credits say:
   what those before it need is not a program's own, and of that it may share so much; and
   courses without which neither can be met are shared in every way.
3. Else by branch and bound: a course that counts in both is withheld from one or the other, or
   stays shared. The way that can still be best goes first. Courses that differ in nothing are
   one. ``AUDITS`` audits of one program and ``TRIES`` ways at most; what is not settled by then
   is the best that was found, and says so (A33).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from .beside import ZERO, Beside, Program, Stand, Value, Withheld, beside, fits, main_value, value

TRIES = 3000
"""Ways to share that are looked at, at most; many of them ask for the same audits."""

AUDITS = 400
"""Audits of one student and one program at most."""

SWAPPED = 8
"""Courses for which others stand at most, so that credits come out even."""

Way = tuple[Withheld, ...]
"""What is withheld from each program, the main one first."""

Kept = frozenset[tuple[int, int]]
"""Further programs, by number, and keys of courses that stay shared in them."""

Alike = Callable[[int], Hashable]


class Node(NamedTuple):
    """A part of all ways: those that withhold ``way`` at least, and where ``kept`` is shared."""

    way: Way
    kept: Kept


def share(programs: Sequence[Program], sizes: Mapping[int, Decimal], alike: Alike) -> list[Beside]:
    """How each further program stands in the best way to share.

    ``programs``: the main one first, in the order in which they go before each other. ``sizes``:
    credits by key. ``alike``: courses of which it says the same differ in nothing that any
    program asks.
    """
    return _Sharing(programs, sizes, alike).found()


class _Sharing:
    def __init__(
        self, programs: Sequence[Program], sizes: Mapping[int, Decimal], alike: Alike
    ) -> None:
        self._programs = programs
        self._sizes = sizes
        self._alike = alike
        self._nothing: Way = (frozenset(),) * len(programs)
        self._top = main_value(programs[0].alone.result)

    def found(self) -> list[Beside]:
        """The best way, as each further program stands in it."""
        best, proven = self._nothing, True
        bound = self._bound(Node(best, frozenset()))
        if self._value(best) != bound:
            best = self._in_one_go()
            worth = self._value(best)
            if worth != bound and worth != self._closer_bound():
                best, proven = self._searched(best)
        rows = self._rows(best)
        told = []
        for row in rows:
            proven = proven and row.main.proven and row.further.proven
            told.append(row._replace(proven=proven))
        return told

    # -- what a way is worth

    def _stands(self, way: Way) -> list[Stand]:
        return [one.at(held) for one, held in zip(self._programs, way, strict=True)]

    def _rows(self, way: Way, last: int | None = None) -> list[Beside]:
        """How the further programs stand, up to the one of number ``last``."""
        stands = self._stands(way)
        end = len(stands) if last is None else last + 1
        return [
            beside(stands[: number + 1], self._programs[number].sharing) for number in range(1, end)
        ]

    def _value(self, way: Way, last: int | None = None) -> Value | None:
        """Of the way; None where it breaks a rule of sharing."""
        rows = self._rows(way, last)
        found = main_value(self._programs[0].at(way[0]).result)
        for program, row in zip(self._programs[1:], rows, strict=False):
            if not fits(row, program.sharing):
                return None
            found += value(row)
        return found

    # -- how well it can be at most

    def _bound(self, node: Node) -> Value:
        """No way of ``node`` is worth more."""
        found = main_value(self._programs[0].at(node.way[0]).result)
        for number in range(1, len(self._programs)):
            found += self._bound_of(node, number)
        return found

    def _bound_of(self, node: Node, number: int) -> Value:
        """How well the further program of this number can stand, by credits."""
        program, main = self._programs[number], self._programs[0]
        result = program.at(node.way[number]).result
        own = program.matching - node.way[number]
        there = main.matching - node.way[0]
        needed = main.alone.result.graduation_credits + self._top[-1]  # what it lacks, below 0
        theirs = max(ZERO, needed - self._size(there - own))
        kept = self._size(key for other, key in node.kept if other == number)
        alone = self._size(own) - max(theirs, kept)
        shared = self._size(own & self._before(node.way, number))
        if program.sharing.max_shared is not None:
            shared = min(shared, program.sharing.max_shared)
        lacks = max(result.missing_credits, result.graduation_credits - alone - shared)
        lacks += max(ZERO, program.sharing.min_exclusive - alone)
        return int(result.met and not lacks), -lacks

    def _before(self, way: Way, number: int) -> frozenset[int]:
        """Keys that may count in a program before this one."""
        return frozenset().union(*(self._programs[at].matching - way[at] for at in range(number)))

    def _closer_bound(self) -> Value:
        """As ``_bound`` of all ways, and what neither of two programs can do without is shared."""
        nothing = Node(self._nothing, frozenset())
        found = main_value(self._programs[0].alone.result)
        for number in range(1, len(self._programs)):
            met, lacks = self._bound_of(nothing, number)
            if met and self._must_share(number):
                met = 0
            found += (met, lacks)
        return found

    def _must_share(self, number: int) -> bool:
        """Whether a program cannot be met without more that it shares with the main one."""
        main, program = self._programs[0], self._programs[number]
        most = program.sharing.max_shared
        if most is None:
            return False
        in_both = main.alone.counted.keys() & program.alone.counted.keys()
        size = ZERO
        for key in sorted(in_both):
            if program.audits > AUDITS // 2 or main.audits > AUDITS // 2:
                return False
            one = frozenset((key,))
            if not program.at(one).result.met and main_value(main.at(one).result) != self._top:
                size += self._sizes[key]
                if size > most:
                    return True
        return False

    def _size(self, keys: Iterable[int]) -> Decimal:
        return sum((self._sizes[key] for key in keys), ZERO)

    # -- in one go

    def _in_one_go(self) -> Way:
        """A good way that keeps the rules, program after program."""
        way = self._nothing
        for number in range(1, len(self._programs)):
            way = self._freed(way, number)
            way = self._denied(way, number)
        return way

    def _shared_keys(self, way: Way, number: int) -> list[int]:
        """Keys that count in the program and in one before it, what it needs most first."""
        stands = self._stands(way)
        before: set[int] = set().union(*(one.counted.keys() for one in stands[:number]))
        shared = sorted(before & stands[number].counted.keys())
        program, others = self._programs[number], self._programs[:number]
        first = program.needs(shared, self._sizes)
        wanted = sorted(shared, key=lambda key: -first[key])
        found = [one.needs(wanted, self._sizes) for one in others]
        theirs = {key: max(one[key] for one in found) for key in shared}
        own = program.needs(sorted(shared, key=lambda key: -theirs[key]), self._sizes)
        return sorted(shared, key=lambda key: (theirs[key] - own[key], theirs[key], key))

    def _freed(self, way: Way, number: int) -> Way:
        """``way``, with what the program counts withheld from those before it, as far as need be.

        They stand no worse for it.
        """
        before = self._value(way, number - 1)
        (*_, row) = self._rows(way, number)
        sharing = self._programs[number].sharing
        over = ZERO if sharing.max_shared is None else row.shared - sharing.max_shared
        over = max(over, row.missing_exclusive)
        if over <= 0:
            return way

        def withheld(held: frozenset[int]) -> Way:
            return tuple(one | held if at < number else one for at, one in enumerate(way))

        def harmless(held: frozenset[int]) -> bool:
            return self._value(withheld(held), number - 1) == before

        keys = self._shared_keys(way, number)
        main = self._programs[0].at(way[0]).result
        room = max(ZERO, main.expected - main.graduation_credits)
        held = self._fitting(keys, over, room)
        if not harmless(held):
            held = self._most(keys, over, harmless)
        return withheld(held)

    def _is_unharmed(self, way: Way, number: int, worth: Value, held: frozenset[int]) -> bool:
        """Whether the program is worth as much when it is denied ``held``, too."""
        without = tuple(one | held if at == number else one for at, one in enumerate(way))
        return value(self._rows(without, number)[-1]) == worth

    def _denied(self, way: Way, number: int) -> Way:
        """``way``, with what is shared too much withheld from the program of this number."""
        program = self._programs[number]
        if program.sharing.max_shared is None:
            return way

        def withheld(held: frozenset[int]) -> Way:
            return tuple(one | held if at == number else one for at, one in enumerate(way))

        while True:
            (*_, row) = self._rows(way, number)
            over = row.shared - program.sharing.max_shared
            if over <= 0:
                return way
            keys = self._shared_keys(way, number)[::-1]
            held = self._most(keys, over, partial(self._is_unharmed, way, number, value(row)))
            left = over - self._size(held)
            if left > 0:
                held |= self._least([key for key in keys if key not in held], left)
            way = withheld(held)

    def _most(
        self, keys: list[int], over: Decimal, harmless: Callable[[frozenset[int]], bool]
    ) -> frozenset[int]:
        """Of ``keys``, in their order, what can go without harm, until that is ``over`` credits."""
        held: frozenset[int] = frozenset()
        place, step = 0, 1
        while step < len(keys) and self._size(keys[:step]) < over:
            step += 1
        while place < len(keys) and self._size(held) < over:
            more = held.union(keys[place : place + step])
            if harmless(more):
                held, place, step = more, place + step, 2 * step
            elif step > 1:
                step //= 2
            else:
                place += 1
        return held

    def _fitting(self, keys: list[int], over: Decimal, room: Decimal) -> frozenset[int]:
        """Of ``keys`` the first, with at least ``over`` credits and no more than ``room``.

        Where both cannot be, with as many as ``room`` lets. Later ones stand for some of the
        first where it comes out even with these only.
        """
        first = 0
        while first < len(keys) and self._size(keys[:first]) < over:
            if self._size(keys[: first + 1]) > room:
                break
            first += 1
        best: frozenset[int] = frozenset()
        for cut in range(first, max(-1, first - SWAPPED), -1):
            found = self._filled(keys[:cut], keys[cut:], over, room)
            if self._size(found) > self._size(best):
                best = found
            if self._size(best) >= min(over, room):
                break
        return best

    def _filled(
        self, first: list[int], others: list[int], over: Decimal, room: Decimal
    ) -> frozenset[int]:
        """``first`` and so many of ``others`` that it is ``over``, or as much as ``room`` lets."""
        sums: dict[Decimal, tuple[int, ...]] = {self._size(first): tuple(first)}
        for key in others:
            for size, held in list(sums.items()):
                more = size + self._sizes[key]
                if size < over and more <= room:
                    sums.setdefault(more, (*held, key))
        enough = [size for size in sums if size >= over]
        return frozenset(sums[min(enough) if enough else max(sums)])

    def _least(self, keys: list[int], over: Decimal) -> frozenset[int]:
        """Of ``keys`` those that have ``over`` credits or as few more as may be, the first ones."""
        found: dict[Decimal, frozenset[int]] = {ZERO: frozenset()}
        for key in keys:
            for size, held in list(found.items()):
                if size < over:
                    found.setdefault(size + self._sizes[key], held | {key})
        return found[min((size for size in found if size >= over), default=max(found))]

    # -- in every way

    def _searched(self, best: Way) -> tuple[Way, bool]:
        """The best way, and whether it is proven to be."""
        root = Node(self._nothing, frozenset())
        worth = self._value(best)
        waiting: list[tuple[Value, int, Node]] = []
        numbers, seen = count(), set()
        heappush(waiting, (_below(self._bound(root)), -next(numbers), root))
        while waiting:
            bound, number, node = heappop(waiting)
            if worth is not None and bound >= _below(worth):
                return best, True
            if -number > TRIES or any(one.audits > AUDITS for one in self._programs):
                return best, False
            found = self._value(node.way)
            if found is not None and (worth is None or found > worth):
                best, worth = node.way, found
            for child in self._branches(node):
                if (same := self._same(child)) in seen:
                    continue
                seen.add(same)
                limit = self._bound(child)
                if worth is None or limit > worth:
                    heappush(waiting, (_below(limit), -next(numbers), child))
        return best, True

    def _same(self, node: Node) -> Hashable:
        """The same for nodes that differ in courses alone that differ in nothing."""
        marks: dict[int, list[int]] = {}
        for at, held in enumerate(node.way):
            for key in held & self._programs[at].matching:
                marks.setdefault(key, []).append(at)
        for at, key in node.kept:
            marks.setdefault(key, []).append(-at)
        return tuple(sorted((hash(self._alike(key)), *sorted(own)) for key, own in marks.items()))

    def _branches(self, node: Node) -> Iterable[Node]:
        """``node`` in parts: what one course that is shared too much, or need not be, does."""
        way, kept = node
        for number, row in enumerate(self._rows(way), 1):
            sharing = self._programs[number].sharing
            wants = not fits(row, sharing) or row.missing_exclusive
            shared = self._shared_keys(way, number) if wants else ()
            open_ = [key for key in shared if (number, key) not in kept]
            if not open_:
                continue
            key = open_[0]
            own = frozenset((key,))
            yield Node(tuple(h | own if at < number else h for at, h in enumerate(way)), kept)
            yield Node(tuple(h | own if at == number else h for at, h in enumerate(way)), kept)
            size = self._size(key for at, key in kept if at == number) + self._sizes[key]
            if sharing.max_shared is None or size <= sharing.max_shared:
                yield Node(way, kept | {(number, key)})
            return


def _below(worth: Value) -> Value:
    return tuple(-one for one in worth)
