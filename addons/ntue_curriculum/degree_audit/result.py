"""What comes out of an audit: values that explain themselves.

Nothing changes one. They are not frozen all the same, which makes them in a third of the
time, and a cohort's come by the hundred thousand.

Every number is in credits (``Decimal``) unless its name says courses. One row's
figures come from one placement, so ``taken == earned + in_progress`` holds in every
row (readings.md A10).

What is seldom looked at is worked out when it is first asked for: ``AuditResult.
enrolments`` and ``AreaResult.fill``. Both look, compare, copy and pickle as if they
had been there from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, NamedTuple, TypeVar

from .values import Origin, Way

Fills = tuple[tuple[int, ...], ...]
FillLater = Callable[[str], Fills]


class Reason(StrEnum):
    """Why an enrolment counts where it does, or nowhere."""

    COUNTS = "counts"
    """Counts in the area named, or in the total only when there is none (A12, D40)."""
    MAPPED = "mapped"
    """Counts where a reviewer placed it (D19)."""
    FLEXIBLE = "flexible"
    """Counts in the total as recognised flexible credits (105)."""
    TICKED = "ticked"
    """Would count as flexible credits if the tick is accepted (137)."""
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    REPEATED = "repeated"
    """Another attempt at the same line counts (A18, A19)."""
    GRADE_FLOOR = "grade_floor"
    """Passed, but below the least score of every area that lists it."""
    IN_EXCESS = "in_excess"
    """Matched, but above the cap of every area that lists it (A5)."""
    ABOVE_LIMIT = "above_limit"
    """A counting rule lets no more courses of its kind count (A51)."""
    INCOMPLETE = "incomplete"
    """It counts together with other courses only, which do not all count (A51)."""
    OUT_OF_ORDER = "out_of_order"
    """Taken before the course that is to be taken first (A51)."""
    IN_PROGRESS = "in_progress"
    """Not graded yet, and the reading asked for counts what is passed only (D28)."""
    OUTSIDE = "outside"
    """Outside the framework and not recognised yet: wine-red (103–108)."""
    REFUSED = "refused"
    """A reviewer refused it."""
    USED = "used"
    """It, or another attempt at the same course, was counted for an earlier degree (A46)."""
    TOGETHER = "together"
    """It stands for a subject together with another course, of which the credits are told (A55)."""


_Value = TypeVar("_Value")


class Later(Generic[_Value]):
    """A field of a dataclass that is given as its value, or as what works the value out.

    That is asked once, when the field is first read.
    """

    def __init__(self, default: _Value) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, instance: object | None, owner: type | None = None) -> _Value:
        if instance is None:
            return self._default
        value: _Value | Callable[[], _Value] = getattr(instance, self._name)
        if callable(value):
            value = value()
            setattr(instance, self._name, value)
        return value

    def __set__(self, instance: object, value: _Value | Callable[[], _Value]) -> None:
        setattr(instance, self._name, value)


class _Whole:
    """Copied and pickled as what its constructor takes, everything worked out."""

    def __reduce__(self) -> tuple[Any, ...]:
        row: Any = self
        return type(self), tuple(getattr(self, field.name) for field in fields(row))


@dataclass(slots=True, unsafe_hash=True)
class EnrolmentResult:
    """Where one enrolment counts and why.

    ``areas``: codes of the leaf areas where it counts (several only when shared);
    empty with COUNTS means in the total only. ``line``: key of the matched line, of
    failed and repeated attempts too. ``in_progress``: it counts, but is not graded.
    ``tickable``: the student may ask for it as flexible credits (D18). ``origin``:
    set exactly when it lies outside the framework. ``decided_term``: of the reviewer's
    decision. ``remarks``: codes of ``Remark`` worth telling.
    """

    key: int
    reason: Reason
    areas: tuple[str, ...] = ()
    line: int | None = None
    counted_credits: Decimal = Decimal(0)
    in_progress: bool = False
    origin: Origin | None = None
    tickable: bool = False
    decided_term: int | None = None
    remarks: tuple[str, ...] = ()


class Remark(StrEnum):
    """Findings about one enrolment that change no number."""

    CREDITS_DIFFER = "credits_differ"
    """Matched by code, other credits than the line: counted as taken (A14)."""
    MISSING_SCORE = "missing_score"
    """In progress in a term that is over (A24)."""
    MATCHED_BY_EQUIVALENT = "matched_by_equivalent"
    MATCHED_BY_NAME = "matched_by_name"
    DECISION_VOID = "decision_void"
    """A reviewer's decision names an area or a line that this framework does not have."""
    PREREQUISITE = "prerequisite"
    """Taken before what is asked first was passed, or had its least score (A51)."""
    TOGETHER = "together"
    """It stands for its subject together with other courses (A55)."""
    NOT_TOGETHER = "not_together"
    """It was to stand for a subject with others, which do not all hold or are too few (A55)."""
    NOT_PROVEN = "not_proven"
    """It is where the best placement found has it, and a better one is not ruled out (A33)."""


@dataclass(unsafe_hash=True)
class AreaResult(_Whole):
    """One area: what it asks, what counts there, and what is missing.

    ``taken`` 實修 = passed + in progress + transferred; ``earned`` 實得 = without in
    progress; ``courses`` 科目數 = what ``taken`` counts (A26). ``met``: the tick 已修畢
    (99, D2). ``missing_credits``/``missing_courses``: of its own minima, never negative.
    ``children``: codes. ``fill``: the smallest sets of lines (keys) that would fill the
    gap, best first; empty when met or when no set of lines can.
    """

    code: str
    met: bool
    min_credits: Decimal
    min_courses: int
    taken: Decimal
    earned: Decimal
    in_progress: Decimal
    courses: int
    missing_credits: Decimal
    missing_courses: int
    missing_children: int = 0
    taken_required: Decimal = Decimal(0)
    taken_elective: Decimal = Decimal(0)
    children: tuple[str, ...] = ()
    fill: Later[Fills] = Later(())


@dataclass(frozen=True, slots=True)
class FlexibleUse:
    """How far one flexible rule is used by what is ticked and recognised.

    ``rule``: index into ``Framework.flexible_rules``. ``used`` and ``limit`` are in the
    rule's unit; for SHARE both are in credits.
    """

    rule: int
    used: Decimal
    limit: Decimal | None
    exceeded: bool


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one limit of ``Framework.counting_rules`` comes to.

    ``rule``: its index there; ``code`` and ``name``: of the rule. ``taken`` and ``courses``: of
    what it selects, what counts, flexible credits among it where it is not about an area.
    ``min_credits`` and ``min_courses``: what it asks at least.
    """

    rule: int
    code: str
    name: str
    met: bool
    min_credits: Decimal
    min_courses: int
    taken: Decimal
    courses: int
    missing_credits: Decimal
    missing_courses: int

    @property
    def asks(self) -> bool:
        """Whether it asks for anything; what only limits is always met."""
        return bool(self.min_credits or self.min_courses)


class Reached(StrEnum):
    """How far a milestone is (A41)."""

    MET = "met"
    UNDECIDED = "undecided"
    """A reviewer has still to decide or to check what was shown."""
    MISSING = "missing"


class WayResult(NamedTuple):
    """One way to a milestone, in the order of the framework.

    ``held``: of its measure, as far as it was accepted; of a score the best. ``waiting``: what
    that would be with what is still to be checked. ``credits``: of COURSES, those of the courses.
    ``pending``: keys of the courses in progress without which it would not be met, if it is.
    """

    way: Way
    reached: Reached
    held: Decimal
    waiting: Decimal
    credits: Decimal = Decimal(0)
    pending: tuple[int, ...] = ()


class MilestoneResult(NamedTuple):
    """One milestone that is asked of the student; ``exempt``: it is not asked any more."""

    code: str
    name: str
    reached: Reached
    ways: tuple[WayResult, ...]
    exempt: bool = False

    @property
    def pending(self) -> tuple[int, ...]:
        """Keys of the courses in progress whose grades decide whether it stays met."""
        met = [way.pending for way in self.ways if way.reached is Reached.MET]
        if self.exempt or not all(met):
            return ()
        return tuple(sorted({key for keys in met for key in keys}))


@dataclass(unsafe_hash=True)
class AuditResult(_Whole):
    """One audit of one student against one framework.

    ``taken``, ``earned``, ``in_progress``: of the whole, accepted flexible credits
    included (105–108), ticks excluded. ``expected``: taken + ticked (D2): what will be
    there if everything is passed and every tick accepted. ``missing_credits``: of
    ``expected`` to the graduation credits. ``met``: the whole is ticked (A1), ticks
    included, and no tick breaks a rule. ``missing_lines``: keys of required lines not
    taken, not waived (A2).
    ``ticks_allowed``: the ticks may be saved: none lacks its prior approval
    (``ticks_without_approval``, 114) and none uses a rule that is exceeded in
    ``flexible`` (138, D17).
    ``milestones``: those that are asked of the student; the whole is met only with all of them.
    ``proven``: no other placement is better. False: the search was given up after a number
    of steps, and this is the best placement it found (A33); a reviewer decides.
    ``rules``: what the limits across areas come to, in the order of the framework (A51).
    """

    areas: tuple[AreaResult, ...]
    graduation_credits: Decimal
    taken: Decimal
    earned: Decimal
    in_progress: Decimal
    courses: int
    taken_required: Decimal
    taken_elective: Decimal
    recognised: Decimal
    ticked: Decimal
    expected: Decimal
    missing_credits: Decimal
    met: bool
    missing_lines: tuple[int, ...] = ()
    flexible: tuple[FlexibleUse, ...] = ()
    ticks_without_approval: tuple[int, ...] = ()
    ticks_allowed: bool = True
    proven: bool = True
    rules: tuple[RuleResult, ...] = ()
    milestones: tuple[MilestoneResult, ...] = ()
    enrolments: Later[tuple[EnrolmentResult, ...]] = Later(())

    @property
    def undecided(self) -> tuple[MilestoneResult, ...]:
        """The milestones on which a reviewer has still to decide."""
        return tuple(one for one in self.milestones if one.reached is Reached.UNDECIDED)

    @property
    def milestones_met(self) -> bool:
        """Whether none is missing or undecided."""
        return all(one.reached is Reached.MET for one in self.milestones)

    @property
    def foreseen(self) -> Decimal:
        """``expected`` as a student is told it: ticks that may not be saved add nothing."""
        return self.expected if self.ticks_allowed else self.taken

    @property
    def foreseen_missing(self) -> Decimal:
        """What ``foreseen`` lacks to the graduation credits."""
        return max(Decimal(0), self.graduation_credits - self.foreseen)
