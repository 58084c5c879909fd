"""The degree audit: what a framework asks, what a student took, how the two compare.

Pure: values in, values out; no database, no clock, no randomness. A ``Case`` is one student
before one framework, and remembers what was worked out for it; ``audit`` is the short way
for one that is asked once. Give it a prepared framework (``prepare``) when many students
share it. Final reading, expected reading and what-if are the same call with other values
(D2, D28).

Where each rule lives (A: readings.md, D and I: requirements.md):

==================  =====================================================================
values.py           what goes in: areas, lines, enrolments, decisions, flexible rules
result.py           what comes out, and the reasons an enrolment can have
check.py            what makes a framework illegal: cycles, unknown parents, A6
names.py            how names are compared: A16
prepared.py         matching a course to a line, by code, equivalents or name, and its
                    origin outside: A14, A15, A17, F3, I5
attempts.py         which attempt at a course counts, and when a recognised one does:
                    A18, A19, D3, D42
decisions.py        what reviewers decided, and which decision holds: A27, D19, D20, I6;
                    waived and substituted lines
succession.py       how decisions are carried to a revision: I3
courses.py          the places open to one course; grade floors
ambiguous.py        a name that several lines share, and who gets which: A17
allocation.py       where each course counts: A3, A8 (the one step to replace)
pieces.py           what of an allocation can be solved by itself
cuts.py             a piece whose areas can all be met
few.py              a piece of few courses: every way looked at, each once
search.py           the exact search for any piece, in whole numbers (component.py);
                    bounds.py: what cuts it short; shifts.py: who moves
uneven.py           caps, shareable and total-only places: A4, A5, A11, A12
budget.py           how many steps an audit may search: A33; nearby.py, climb.py: what is
                    found without proof; ways.py: ways that differ in nothing, once
scale.py            the levels of a placement as one number; worth.py: as a tuple: A8, A3
areas.py            sums and ticks of areas and their parents: A6, A7, A10, A11, A13, A26
flexible.py         recognised and ticked courses and their limits: D17, D18, D22
suggest.py          the best legal choice of ticks
feasible.py         whether a framework can be fulfilled at all: F18
fill.py             the smallest sets of courses that would fill a gap
compare.py          how two audits of one student differ: what-if, a revision (D19, I3)
difference.py       how two frameworks differ: a revision, next year's copy (I3)
shortfall.py        how many courses are still to be taken at least
explain.py          why each enrolment counts where it does, or nowhere: A24
engine.py           the steps in order; the whole's tick: A1, A2, A12
case.py             one student before one framework, with all that may be asked of it
units.py            credits as whole numbers inside
errors.py           what is refused, and the words it is refused with
==================  =====================================================================

Frameworks whose subjects stand in one area each are placed in time linear in the
enrolments. Elsewhere the allocation is exact and splits no course. Courses compete only in
areas that some of them would meet and others would not; by these areas the courses fall
into pieces, and each is solved by itself:

* All its areas can be met: area after area takes the most that leaves the rest possible,
  which Hall's condition tells for all sets of areas at once (cuts.py). Nearly always in a
  number of steps linear in areas and courses; each step's work doubles with every area.
* Not all can be met, and it has twelve courses at most: sets of courses are gone through,
  area after area, in at most three to the power of the courses steps an area (few.py).
* Otherwise branch and bound over the areas, by how many courses of a kind stand in an area,
  with a matching that finds out which (search.py). Its worst case grows exponentially with
  the areas of one piece and the kinds of courses in it (a kind: equal credits, equal worth).

Two things multiply it: each shareable place under a cap that binds doubles the searches
(uneven.py), and so may each further enrolment of a name that several subjects carry
(ambiguous.py). What grows without a bound is counted in steps, never in time (budget.py):
beyond them the best placement found is the answer, and says that it is not proven best
(A33). Explanations and fills are worked out when they are asked for.

A milestone is a line of no credits in an area that asks for a number of courses (F2).
"""

from .case import Case, audit, suggest_ticks, tickable
from .check import LEVELS, Finding
from .compare import AreaChange, Comparison, CourseChange, Standing, Totals, compare, totals
from .difference import EQUIVALENTS, About, Change, How, difference, standing_for
from .errors import (
    AreaCycle,
    AreaTooDeep,
    AuditError,
    BadNumber,
    DuplicateArea,
    DuplicateEnrolment,
    DuplicateLine,
    EnrolmentError,
    FrameworkError,
    LineInParent,
    TickNotAllowed,
    UnknownArea,
    UnknownParent,
)
from .feasible import check_framework
from .prepared import Prepared, prepare
from .result import (
    AreaResult,
    AuditResult,
    EnrolmentResult,
    FlexibleUse,
    Reason,
    Remark,
)
from .shortfall import courses_short
from .succession import Succession, Target
from .values import (
    Area,
    Decision,
    DecisionKind,
    Enrolment,
    FlexibleRule,
    Framework,
    Line,
    Origin,
    Reading,
    State,
    Unit,
)

ENGINE_VERSION = 5
"""Rises whenever the same input may give another result; stored audits carry it."""

__all__ = [
    "ENGINE_VERSION",
    "EQUIVALENTS",
    "LEVELS",
    "About",
    "Area",
    "AreaChange",
    "AreaCycle",
    "AreaResult",
    "AreaTooDeep",
    "AuditError",
    "AuditResult",
    "BadNumber",
    "Case",
    "Change",
    "Comparison",
    "CourseChange",
    "Decision",
    "DecisionKind",
    "DuplicateArea",
    "DuplicateEnrolment",
    "DuplicateLine",
    "Enrolment",
    "EnrolmentError",
    "EnrolmentResult",
    "Finding",
    "FlexibleRule",
    "FlexibleUse",
    "Framework",
    "FrameworkError",
    "How",
    "Line",
    "LineInParent",
    "Origin",
    "Prepared",
    "Reading",
    "Reason",
    "Remark",
    "Standing",
    "State",
    "Succession",
    "Target",
    "TickNotAllowed",
    "Totals",
    "Unit",
    "UnknownArea",
    "UnknownParent",
    "audit",
    "check_framework",
    "compare",
    "courses_short",
    "difference",
    "prepare",
    "standing_for",
    "suggest_ticks",
    "tickable",
    "totals",
]
