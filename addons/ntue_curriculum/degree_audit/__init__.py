"""The degree audit: what a framework asks, what a student took, how the two compare.

Pure: values in, values out; no database, no clock, no randomness. A ``Case`` is one student
before one framework, and remembers what was worked out for it; ``audit`` is the short way
for one that is asked once. Give it a prepared framework (``prepare``) when many students
share it. Final reading, expected reading and what-if are the same call with other values
(D2, D28).

Each room knows those before it, and their own first lines say where each rule lives
(A: readings.md, D and I: requirements.md):

==================  =====================================================================
values.py           what goes in: areas, lines, enrolments, decisions, flexible rules
result.py           what comes out, and the reasons an enrolment can have
errors.py           what is refused, and the words it is refused with
framework/          what a framework asks: legality, tables, revisions
transcript/         what a student took and what was decided: what of it counts
placement/          where each course counts: the best placement of all
outcome/            what an audit says: figures, reasons, what would help or change
case.py             one student before one framework, with all that may be asked of it
==================  =====================================================================

A milestone with evidence is a ``Milestone`` (A41); one that is recorded as a course is a line of
no credits in an area that asks for a number of courses (F2).
"""

from .case import Case, audit
from .errors import (
    AreaCycle,
    AreaTooDeep,
    AuditError,
    BadNumber,
    DuplicateArea,
    DuplicateEnrolment,
    DuplicateLine,
    DuplicateWay,
    EnrolmentError,
    FrameworkError,
    LineInParent,
    SelectorInParent,
    SelectsNothing,
    TickNotAllowed,
    UnknownArea,
    UnknownParent,
    UnsoundRule,
)
from .framework.difference import EQUIVALENTS, About, Change, How, difference
from .framework.equivalents import standing_for
from .framework.legality import LEVELS, FrameworkFinding
from .framework.names import normalised
from .framework.prepared import PreparedFramework, prepare
from .framework.succession import Succession, Target
from .outcome.beside import Beside
from .outcome.certainty import Certainty, Outlook
from .outcome.changes import AreaChange, CourseChange, CourseStanding, Totals
from .outcome.compare import Comparison, compare, totals
from .outcome.feasible import FINDING_WORDS, check_framework
from .outcome.shortfall import courses_short
from .placement.budget import Budget
from .result import (
    AreaResult,
    AuditResult,
    EnrolmentResult,
    FlexibleUse,
    MilestoneResult,
    Reached,
    Reason,
    Remark,
    RuleResult,
    WayResult,
)
from .transcript.together import credits_together
from .values import (
    NO_BACKGROUND,
    Area,
    Background,
    CountingRule,
    Decision,
    DecisionKind,
    Enrolment,
    Evidence,
    FlexibleRule,
    Framework,
    Line,
    Measure,
    Milestone,
    Offering,
    Origin,
    Per,
    Reading,
    RuleKind,
    Selector,
    CourseSource,
    Sharing,
    State,
    Unit,
    Verdict,
    Way,
    YearSpan,
)

ENGINE_VERSION = 12
"""Rises whenever the same input may give another result; stored audits carry it."""

__all__ = [
    "ENGINE_VERSION",
    "EQUIVALENTS",
    "FINDING_WORDS",
    "LEVELS",
    "NO_BACKGROUND",
    "About",
    "Area",
    "AreaChange",
    "AreaCycle",
    "AreaResult",
    "AreaTooDeep",
    "AuditError",
    "AuditResult",
    "Background",
    "BadNumber",
    "Beside",
    "Budget",
    "Case",
    "Certainty",
    "Change",
    "Comparison",
    "CountingRule",
    "CourseChange",
    "CourseSource",
    "CourseStanding",
    "Decision",
    "DecisionKind",
    "DuplicateArea",
    "DuplicateEnrolment",
    "DuplicateLine",
    "DuplicateWay",
    "Enrolment",
    "EnrolmentError",
    "EnrolmentResult",
    "Evidence",
    "FlexibleRule",
    "FlexibleUse",
    "Framework",
    "FrameworkError",
    "FrameworkFinding",
    "How",
    "Line",
    "LineInParent",
    "Measure",
    "Milestone",
    "MilestoneResult",
    "Offering",
    "Origin",
    "Outlook",
    "Per",
    "PreparedFramework",
    "Reached",
    "Reading",
    "Reason",
    "Remark",
    "RuleKind",
    "RuleResult",
    "Selector",
    "SelectorInParent",
    "SelectsNothing",
    "Sharing",
    "State",
    "Succession",
    "Target",
    "TickNotAllowed",
    "Totals",
    "Unit",
    "UnknownArea",
    "UnknownParent",
    "UnsoundRule",
    "Verdict",
    "Way",
    "WayResult",
    "YearSpan",
    "audit",
    "check_framework",
    "compare",
    "courses_short",
    "credits_together",
    "difference",
    "normalised",
    "prepare",
    "standing_for",
    "totals",
]
