"""The degree-audit engine (being built)."""

from .check import Finding, check_framework
from .engine import audit
from .errors import (
    AreaCycle,
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
from .prepared import Prepared, prepare
from .result import AreaResult, AuditResult, EnrolmentResult, FlexibleUse, Reason, Remark
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

ENGINE_VERSION = 1
