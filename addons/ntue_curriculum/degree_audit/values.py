"""What goes into an audit: frozen values, nothing of a database.

Credits and scores are ``Decimal``; a term is the integer of its code (``1092``,
``981``), so that terms compare in time. ``key`` is whatever the caller uses to
find its own record again: the engine only compares it for equality and order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

ZERO = Decimal(0)


class State(StrEnum):
    """How far one attempt at a course is (I4)."""

    IN_PROGRESS = "in_progress"
    PASSED = "passed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"


class Origin(StrEnum):
    """Why a course lies outside the framework (I5); the first that holds is named.

    ``OFF_CAMPUS``: another school taught it (A15). ``OTHER_DEPARTMENT``: another
    department of this school. ``OTHER_ENTRY_YEAR``: the framework's own department
    taught it, but it is in another entry year's framework only (109, 110).
    """

    OFF_CAMPUS = "off_campus"
    OTHER_DEPARTMENT = "other_department"
    OTHER_ENTRY_YEAR = "other_entry_year"


class Unit(StrEnum):
    """What a flexible rule's limit counts (D17)."""

    CREDITS = "credits"
    COURSES = "courses"
    SHARE = "share"
    """A fraction of the graduation credits, 0 to 1."""


class Reading(StrEnum):
    """Which enrolments an audit counts (D2, D28)."""

    EXPECTED = "expected"
    """Passed, transferred and in progress: the tick 已修畢 and the first review."""
    FINAL = "final"
    """Passed and transferred only: the second review."""


class DecisionKind(StrEnum):
    """What a person decided about one enrolment or one line (I6, issue "exceptions")."""

    FLEXIBLE = "flexible"
    """A reviewer recognised the enrolment as flexible credits (105)."""
    MAPPED = "mapped"
    """A reviewer placed the enrolment in an area, on a line if one is named (D19)."""
    FORCED = "forced"
    """As MAPPED, and it counts there whatever the area's grade floor and caps say."""
    REFUSED = "refused"
    """A reviewer refused the enrolment: it counts nowhere."""
    PRIOR_APPROVAL = "prior_approval"
    """The department approved before that the enrolment may be ticked (114)."""
    WAIVED = "waived"
    """The named line need not be taken (it gives no credits)."""
    SUBSTITUTED = "substituted"
    """The enrolment stands for the named line, perhaps together with others (A55)."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Which offerings are in an area without being listed there (A35).

    All that is asked must hold, of several words one: 通識領域, offering department, level,
    language of instruction, how the code begins, what the name contains, and whether it is
    taught at a distance (``yes``, ``no``, empty for either). ``exceptions``: codes of courses
    that are not in the area all the same.
    """

    domains: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    distance: str = ""
    exceptions: tuple[str, ...] = ()


FIRST_YEAR, LAST_YEAR = 1, 999
"""Where a span of years begins or ends that is open on one side."""


class YearSpan(NamedTuple):
    """Years of entry from ``first`` to ``last``, both included."""

    first: int = FIRST_YEAR
    last: int = LAST_YEAR

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        first = "" if self.first == FIRST_YEAR else self.first
        last = "" if self.last == LAST_YEAR else self.last
        return f"{first}–{last}"


@dataclass(frozen=True, slots=True)
class Area:
    """One requirement area (領域); areas form a tree through ``parent``.

    ``max_credits``: at most so many credits count (A4). ``min_children``: so many
    child areas must be met, all when None (A7). ``min_score``: a lower score does
    not satisfy here (grade floor). ``selector``: what is in the area besides its lines.
    ``max_children``: courses count in so many of its child areas at most (A51).
    ``waivers_lower``: a waived line of the area, or of one inside it, lowers its minima (A52).
    ``student_kinds``, ``entry_years``, ``departments``: the area is there for these only (A43);
    all that is said must hold, and what is empty holds for everybody.
    """

    code: str
    name: str
    parent: str | None = None
    min_credits: Decimal = ZERO
    min_courses: int = 0
    max_credits: Decimal | None = None
    min_children: int | None = None
    min_score: Decimal | None = None
    selector: Selector | None = None
    max_children: int | None = None
    waivers_lower: bool = False
    student_kinds: tuple[str, ...] = ()
    entry_years: tuple[YearSpan, ...] = ()
    departments: tuple[str, ...] = ()


class RuleKind(StrEnum):
    """What a counting rule says of its courses (A51)."""

    LIMIT = "limit"
    """So much of what it selects at least, or at most, in whatever area it counts."""
    ALL_OR_NONE = "all_or_none"
    """Its courses count when every one of them does (學年課)."""
    IN_ORDER = "in_order"
    """A course counts when the one named before it was taken in an earlier term."""
    PREREQUISITE = "prerequisite"
    """A course that was taken before the one named before it was passed, or had its least
    score, is remarked on; it counts."""


class Per(StrEnum):
    """For what the most of a limit holds (A51)."""

    WHOLE = "whole"
    TERM = "term"
    """For the courses of each term by themselves."""
    NAME = "name"
    """For the courses of each name by themselves, compared as A16 says."""


class CourseSource(StrEnum):
    """Where a course comes from, for what limits select (A51)."""

    TRANSFERRED = "transferred"
    """It was credited (抵免)."""
    MOOC = "mooc"
    OFF_CAMPUS = "off_campus"
    """Another school taught it."""
    OTHER_DEPARTMENT = "other_department"
    """A known department of this school taught it, and not the framework's own."""


@dataclass(frozen=True, slots=True)
class CountingRule:
    """What is asked of courses across areas, or of several together (A51).

    ``courses``: codes, in their order; of a limit they are a further condition. ``selector``
    and ``sources``: what a limit is about; all that is asked must hold, and what is asked
    nothing is about every course. ``area``: the limit counts what counts in this area or inside
    it; None: anywhere, in the total only too. ``max_share``: as ``max_credits``, in graduation
    credits. ``min_score``: of a prerequisite.
    """

    code: str
    name: str
    kind: RuleKind = RuleKind.LIMIT
    courses: tuple[str, ...] = ()
    selector: Selector = Selector()
    sources: tuple[CourseSource, ...] = ()
    area: str | None = None
    per: Per = Per.WHOLE
    min_credits: Decimal = ZERO
    min_courses: int = 0
    max_credits: Decimal | None = None
    max_courses: int | None = None
    max_share: Decimal | None = None
    min_score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One subject of the framework, standing in one leaf area.

    A course that is in several areas is several lines with the same ``code``.
    ``area`` None: the framework has no areas (D40) or the line counts in the total
    only (A12). ``shareable``: may count in several areas at once (可重複採計). ``repeats``: so
    many passes of the course count, each for itself (A36).
    """

    key: int
    code: str
    name: str
    credits: Decimal
    area: str | None = None
    required: bool = False
    counts_in_total: bool = True
    shareable: bool = False
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class FlexibleRule:
    """How much from outside may be recognised, of one origin or of all (None) (D17).

    ``limit`` None: no limit. ``exempt``: courses of the origin use up no limit at
    all. ``prior_approval``: each course needs an approval on file before a tick.
    """

    origin: Origin | None = None
    unit: Unit = Unit.CREDITS
    limit: Decimal | None = None
    prior_approval: bool = False
    exempt: bool = False


class Measure(StrEnum):
    """What one way to a milestone counts (A41)."""

    HOURS = "hours"
    POINTS = "points"
    PIECES = "pieces"
    SCORE = "score"
    """One piece of evidence must reach it; the others add up."""
    COURSES = "courses"
    """Passed courses that the way selects, wherever else they count."""
    REVIEWER = "reviewer"
    """No machine can check it: a reviewer decides, with a reason."""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways in which a milestone is reached.

    ``amount``: how much of the measure is asked; of COURSES so many courses, with at least
    ``credits`` in them, that ``selector`` takes. ``student_kinds``: for whom it is there;
    empty for everybody.
    """

    name: str
    measure: Measure
    amount: Decimal = ZERO
    credits: Decimal = ZERO
    selector: Selector | None = None
    student_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a framework asks beside its courses (門檻): one of its ``ways`` is enough (A41)."""

    code: str
    name: str
    ways: tuple[Way, ...]


class Verdict(StrEnum):
    """What a reviewer said of a piece of evidence."""

    UNCHECKED = "unchecked"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Evidence(NamedTuple):
    """What a student showed for one way to a milestone, or was decided about it.

    ``expired``: it holds no longer. ``exempts``: once accepted, the milestone is not asked of
    the student at all.
    """

    milestone: str
    way: str
    amount: Decimal = ZERO
    verdict: Verdict = Verdict.UNCHECKED
    expired: bool = False
    exempts: bool = False


class Background(NamedTuple):
    """What is known of a student besides courses and the decisions on them.

    ``student_kind`` (身分別): in the words that frameworks use. ``entry_year``: whose rules hold
    for the student; 0: not known. ``department``: the student's own, by code.
    """

    student_kind: str = ""
    evidence: tuple[Evidence, ...] = ()
    entry_year: int = 0
    department: str = ""


NO_BACKGROUND = Background()


@dataclass(frozen=True, slots=True)
class Framework:
    """A curriculum framework (課程架構) of one entry year and class.

    ``areas`` and ``lines`` are in framework order, which breaks ties (A3).
    ``equivalents``: course code → codes that stand for it, as given: the engine
    reads them in this direction and through chains (A29). ``counting_rules``: what holds
    across areas (A51).
    """

    code: str
    department: str
    graduation_credits: Decimal
    areas: tuple[Area, ...] = ()
    lines: tuple[Line, ...] = ()
    equivalents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    flexible_rules: tuple[FlexibleRule, ...] = ()
    revision: int = 1
    counting_rules: tuple[CountingRule, ...] = ()
    milestones: tuple[Milestone, ...] = ()


class Sharing(NamedTuple):
    """How much of a further program may also count in the programs before it (A45).

    ``max_shared``: at most so many credits count in one of them, too; None: any.
    ``min_exclusive``: at least so many count in none of them.
    """

    max_shared: Decimal | None = None
    min_exclusive: Decimal = ZERO


class Offering(NamedTuple):
    """What an offering is, besides its code, name and department; empty where unknown."""

    domain: str = ""
    language: str = ""
    level: str = ""
    distance: bool = False
    mooc: bool = False


NO_OFFERING = Offering()


@dataclass(slots=True, unsafe_hash=True)
class Enrolment:
    """One attempt at one course (修課紀錄).

    Nothing changes one, as with the other values; but it is not frozen, which makes it in
    a quarter of the time, and a cohort's come by the hundred thousand.

    ``score`` None: not graded. ``department``: code of the offering department,
    empty when unknown. ``school``: name of the other school, empty for our own.
    ``term_over``: the term has ended, so a missing score is a finding (A24).
    ``offering``: what selectors ask (A35). ``used``: it was counted for an earlier degree (A46).
    """

    key: int
    term: int
    code: str
    name: str
    credits: Decimal
    state: State
    score: Decimal | None = None
    offering_no: str = ""
    department: str = ""
    school: str = ""
    term_over: bool = False
    offering: Offering = NO_OFFERING
    used: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody with the right to do so decided, and why.

    ``enrolment``: key of the enrolment meant (None for WAIVED). ``area`` and
    ``line``: the area's code and the line's key for MAPPED, SUBSTITUTED and WAIVED.
    ``term``: the term for which it was decided (D20), shown beside the course.
    ``recorded``: its number in the order in which the decisions were recorded. ``void``:
    it names a part of another framework, and this one has nothing in its place. ``others``: of
    SUBSTITUTED, keys of further enrolments that stand for the line together with it (A55).
    """

    kind: DecisionKind
    enrolment: int | None = None
    area: str | None = None
    line: int | None = None
    author: str = ""
    reason: str = ""
    term: int | None = None
    recorded: int = 0
    void: bool = False
    others: tuple[int, ...] = ()
