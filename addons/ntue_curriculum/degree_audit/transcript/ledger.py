"""What was counted for an earlier degree counts no more, nor does the course taken again (A46)."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from ..framework.matching import Matching
from ..framework.names import normalised
from ..values import Enrolment

_IS_USED = attrgetter("used")
_NONE: frozenset[int] = frozenset()


def used_before(matching: Matching, enrolments: Iterable[Enrolment]) -> frozenset[int]:
    """Keys of the attempts that an earlier degree has used up.

    The same course: the same code or name, or codes of which one stands for the other; another
    school's course is another one (A31).
    """
    attempts = tuple(enrolments)
    if not any(map(_IS_USED, attempts)):
        return _NONE
    used = [one for one in attempts if one.used]
    codes = {(normalised(one.school), one.code.casefold()) for one in used}
    names = {(normalised(one.school), normalised(one.name)) for one in used}
    related = frozenset(
        code for one in used if not one.school for code in matching.related(one.code)
    )
    return frozenset(
        one.key
        for one in attempts
        if one.used
        or (normalised(one.school), one.code.casefold()) in codes
        or (normalised(one.school), normalised(one.name)) in names
        or (not one.school and one.code in related)
    )
