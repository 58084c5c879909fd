"""What the engine refuses to audit, and the words it refuses with.

Every error carries its facts as attributes, so that a caller can say the same in
another language; the text is for logs. ``path`` names the place in the framework as
``framework/area/course``.
"""

from __future__ import annotations


class AuditError(Exception):
    """Anything the engine refuses."""


class TickNotAllowed(AuditError):
    """Ticks are on enrolments that may not be ticked (D18)."""

    def __init__(self, keys: tuple[int, ...]) -> None:
        super().__init__(f"not tickable: enrolment {', '.join(map(str, keys))}")
        self.keys = keys

    @property
    def key(self) -> int:
        """The first of ``keys``."""
        return self.keys[0]


class EnrolmentError(AuditError):
    """An enrolment that cannot be read."""

    def __init__(self, key: int, what: str) -> None:
        super().__init__(f"enrolment {key}: {what}")
        self.key = key


class DuplicateEnrolment(EnrolmentError):
    """Two enrolments carry one key."""

    def __init__(self, key: int) -> None:
        super().__init__(key, "the key is used twice")


class FrameworkError(AuditError):
    """A framework that cannot be audited against; ``path`` names the place."""

    problem = "is not a legal framework"

    def __init__(self, path: str, detail: str = "") -> None:
        super().__init__(f"{path}: {self.problem}{': ' + detail if detail else ''}")
        self.path = path
        self.detail = detail


class DuplicateArea(FrameworkError):
    """Two areas carry one code."""

    problem = "area code used twice"


class UnknownParent(FrameworkError):
    """An area names a parent that is not there."""

    problem = "unknown parent area"


class AreaCycle(FrameworkError):
    """An area is its own ancestor."""

    problem = "areas are each other's parents"


class AreaTooDeep(FrameworkError):
    """An area is inside more areas than anybody can follow."""

    problem = "too many areas inside each other"


class UnknownArea(FrameworkError):
    """A line names an area that is not there."""

    problem = "unknown area"


class LineInParent(FrameworkError):
    """A line is in an area that has child areas (A6)."""

    problem = "lines stand in areas without child areas only"


class SelectorInParent(FrameworkError):
    """An area that has areas inside selects courses, which belong to those (A6, A35)."""

    problem = "the area has areas inside, which select instead of it"


class UnsoundRule(FrameworkError):
    """A counting rule that says nothing, or names courses that are not there (A51)."""

    problem = "the counting rule can say nothing as it is"


class DuplicateLine(FrameworkError):
    """Two lines carry one key, or one course is twice in one area."""

    problem = "line given twice"


class DuplicateWay(FrameworkError):
    """A milestone has two ways of one name."""

    problem = "way to a milestone given twice"


class SelectsNothing(FrameworkError):
    """A way to a milestone asks for courses and does not say which."""

    problem = "the way asks for courses and selects none"


class BadNumber(FrameworkError):
    """A number is negative, or not a number, or a count above what there is."""

    problem = "number out of range"
