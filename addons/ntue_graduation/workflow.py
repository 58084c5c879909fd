"""Who may move an application from where to where, and what must hold (docs/architecture.md).

Pure: no database, no clock. An application is at a ``Position``: its own state and
the state of both reviews (I8). ``TRANSITIONS`` is the whole table; whatever is not in it
is not allowed to anybody. A row names its guards, which must hold, and its effects, which
follow: what happens when a button is pressed is read in one row. Both are names of functions
in ``steps``. ``STAGES`` names where an application is, for desks, counts and lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What somebody is to one application; one person may be several."""

    STUDENT = "student"
    ASSISTANT = "assistant"
    REGISTRAR = "registrar"
    SYSTEM = "system"


TAKE_BACK = "take_back"
"""How the steps begin that take the last decision of a review back: one button for all."""

POSITION_FIELDS = ("state", "first_review", "second_review")
"""The fields of an application that its ``Position`` is read from."""


REVIEWERS = frozenset({Role.ASSISTANT, Role.REGISTRAR})
"""Who sees an application from its submission on, and decides on it."""


class Position(NamedTuple):
    """State of the application, of its first and of its second review (D24).

    ``state``: draft 暫存, submitted 已送出, completed 已完成, lapsed 已失效.
    Reviews: pending 待審核, passed 通過, failed 不通過, returned 退回修正.
    """

    state: str
    first: str = "pending"
    second: str = "pending"


DRAFT = Position("draft")
RETURNED = Position("draft", "returned")
SUBMITTED = Position("submitted")
FIRST_PASSED = Position("submitted", "passed")
FIRST_FAILED = Position("submitted", "failed")
SECOND_PASSED = Position("submitted", "passed", "passed")
SECOND_FAILED = Position("submitted", "passed", "failed")
COMPLETED = Position("completed", "passed", "passed")


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: ``action`` by ``role`` from ``source`` to ``target``.

    ``guards`` hold in this order, so that the first sentence a person reads is the
    one to act on first. ``effects`` follow in this order, once the application is at
    ``target``; a message to the student is about the last entry of the log, so ``log``
    comes before it.
    """

    action: str
    role: Role
    source: Position
    target: Position
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


_SUBMIT = (
    "window_open",
    "draft_saved",
    "profile_complete",
    "ticks_allowed",
    "flexible_rules_hold",
    "shortfall_acknowledged",
    "teacher_ed_answered",
)
_SUBMITTED = (
    "freeze_and_log",
    "begin_correspondence",
    "follow_tasks",
    "keep_profile",
    "keep_passport_copy",
    "drop_supplement",
    "announce_in_digest",
    "tell_student",
)
_DRAFT_FIELDS = frozenset(
    {"tick_ids", "shortfall_acknowledged", "teacher_ed_answer", "teacher_ed_confirmed"}
)
_FIRST = (
    "not_own",
    "paper_received",
    "rows_decided",
    "checked_by_hand",
    "no_supplement_open",
    "short_as_seen",
)
_REASON = ("not_own", "reason_given")
_RETURN = ("not_own", "reason_given", "return_deadline_given")
_SECOND = (
    "not_own",
    "nothing_in_progress",
    "milestones_decided",
    "final_audit_met",
    "further_programs_met",
)
_BACK = ("not_own", "step_reason_given")
_END_BACK = ("not_own", "step_reason_given", "diploma_list_open")
_FIRST_AGAIN = ("withdraw_recognitions", "log_step_reason", "unstamp_first", "follow_tasks")
_LAPSED = {
    DRAFT: ("keep_passport_copy", "log"),
    RETURNED: ("keep_passport_copy", "log", "restore_submitted", "tell_student"),
    **dict.fromkeys(
        (SUBMITTED, FIRST_PASSED, FIRST_FAILED, SECOND_PASSED, SECOND_FAILED),
        ("keep_passport_copy", "follow_tasks", "log", "tell_student"),
    ),
}
"""What follows a lapse, by where the application was.

Of a draft that was never submitted nobody is notified (I10); who was asked to submit again until
a day is told that it is over.
"""

_WAITS_AGAIN = ("log_step_reason", "keep_passport_copy")
_UNLAPSED = {
    # A returned one is as it was submitted: the assistant returns it with another day.
    RETURNED: (SUBMITTED, (*_WAITS_AGAIN, "unstamp_first", "follow_tasks", "tell_student")),
    SUBMITTED: (SUBMITTED, (*_WAITS_AGAIN, "follow_tasks", "tell_student")),
    **{
        place: (place, (*_WAITS_AGAIN, "tell_student"))
        for place in (FIRST_PASSED, FIRST_FAILED, SECOND_PASSED, SECOND_FAILED)
    },
}
"""Where a lapse that is taken back leads to, and what follows, by where it was before."""

# One row each, so that it is read in one line: who, from where, to where, what must hold, what
# follows.
# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", Role.STUDENT, DRAFT, SUBMITTED, _SUBMIT, _SUBMITTED),
    Transition("submit", Role.STUDENT, RETURNED, SUBMITTED, _SUBMIT, _SUBMITTED),
    Transition(
        "pass_first", Role.ASSISTANT, SUBMITTED, FIRST_PASSED, _FIRST,
        ("stamp_first", "follow_tasks", "drop_hand_back", "recognise", "log", "tell_student"),
    ),
    Transition(
        "fail_first", Role.ASSISTANT, SUBMITTED, FIRST_FAILED, _REASON,
        ("stamp_first", "follow_tasks", "drop_hand_back", "log_reason", "tell_student"),
    ),
    Transition(
        "return", Role.ASSISTANT, SUBMITTED, RETURNED, _RETURN,
        ("stamp_first", "unsave_draft", "follow_tasks", "log_reason", "tell_student"),
    ),
    Transition(
        "pass_second", Role.REGISTRAR, FIRST_PASSED, SECOND_PASSED, _SECOND,
        ("stamp_second", "log_grades", "tell_student"),
    ),
    Transition(
        "fail_second", Role.REGISTRAR, FIRST_PASSED, SECOND_FAILED, _REASON,
        ("stamp_second", "log_reason", "tell_student"),
    ),
    Transition(
        "hand_back", Role.REGISTRAR, FIRST_PASSED, SUBMITTED,
        ("not_own", "hand_back_reason_given"),
        (
            "withdraw_recognitions", "log_reason", "keep_hand_back", "unstamp_first",
            "follow_tasks", "announce_in_digest", "tell_student",
        ),
    ),
    # A decision is taken back until the next step was taken.
    Transition(
        "take_back_first", Role.ASSISTANT, FIRST_PASSED, SUBMITTED, _BACK,
        (*_FIRST_AGAIN, "tell_student"),
    ),
    Transition(
        "take_back_first", Role.ASSISTANT, FIRST_FAILED, SUBMITTED, _BACK,
        (*_FIRST_AGAIN, "tell_student"),
    ),
    Transition(
        "take_back_second", Role.REGISTRAR, SECOND_PASSED, FIRST_PASSED, _BACK,
        ("log_step_reason", "unstamp_second", "tell_student"),
    ),
    Transition(
        "take_back_second", Role.REGISTRAR, SECOND_FAILED, FIRST_PASSED, _BACK,
        ("log_step_reason", "unstamp_second", "tell_student"),
    ),
    Transition(
        "complete", Role.REGISTRAR, SECOND_PASSED, COMPLETED,
        (*_SECOND, "not_deferred", "left_by_today"),
        (
            "release_passport_copy", "stamp_leaving", "follow_tasks", "log_leaving",
            "tell_student",
        ),
    ),
    *(
        Transition(
            "lapse", Role.SYSTEM, source, source._replace(state="lapsed"),
            ("leave_passed",), effects,
        )
        for source, effects in _LAPSED.items()
    ),
    Transition(
        "take_back_completion", Role.REGISTRAR, COMPLETED, SECOND_PASSED, _END_BACK,
        ("log_step_reason", "unstamp_leaving", "keep_passport_copy", "tell_student"),
    ),
    *(
        Transition(
            "take_back_lapse", Role.REGISTRAR, before._replace(state="lapsed"), target,
            (*_END_BACK, "leave_to_come"), effects,
        )
        for before, (target, effects) in _UNLAPSED.items()
    ),
)

IN_PLACE: tuple[Transition, ...] = (
    Transition(
        "ask_supplement", Role.ASSISTANT, SUBMITTED, SUBMITTED,
        ("not_own", "no_supplement_open", "step_reason_given", "step_deadline_given"),
        ("open_supplement", "log_supplement_asked", "tell_student"),
    ),
    Transition(
        "supplement_received", Role.ASSISTANT, SUBMITTED, SUBMITTED,
        ("not_own", "supplement_open"),
        ("receive_supplement", "follow_tasks", "log_supplement", "tell_student"),
    ),
    Transition(
        "withdraw_supplement", Role.ASSISTANT, SUBMITTED, SUBMITTED,
        ("not_own", "supplement_open", "step_reason_given"),
        ("log_step_reason", "drop_supplement", "follow_tasks", "tell_student"),
    ),
)
"""Steps that leave the application where it is: 補件中 is no state of its own (D24)."""
# fmt: on

UNDONE_BY: dict[str, str] = {
    "pass_first": "take_back_first",
    "fail_first": "take_back_first",
    "pass_second": "take_back_second",
    "fail_second": "take_back_second",
    "ask_supplement": "withdraw_supplement",
}
"""The step that takes another one back, for who pressed a button by mistake."""

WRITABLE: dict[tuple[Role, Position], frozenset[str]] = {
    (Role.STUDENT, DRAFT): _DRAFT_FIELDS,
    (Role.STUDENT, RETURNED): _DRAFT_FIELDS,
    (Role.ASSISTANT, SUBMITTED): frozenset(
        {
            "paper_received_on",
            "hand_checked",
            "review_reason",
            "return_deadline",
            "outside_line_ids",
            "exception_ids",
        }
    ),
    (Role.REGISTRAR, FIRST_PASSED): frozenset(
        {"review_reason", "override_reason", "profile_accepted_at"}
    ),
    (Role.REGISTRAR, SECOND_PASSED): frozenset(
        {"override_reason", "profile_accepted_at", "left_on"}
    ),
    # A graduate tells the office of a new e-mail address, and the diploma is sent again (37).
    (Role.REGISTRAR, COMPLETED): frozenset({"profile_accepted_at"}),
}
"""What each role may fill in where, beside the transitions themselves."""

FIELD_GUARDS: dict[str, tuple[str, ...]] = {
    "profile_accepted_at": ("not_own", "profile_differs", "profile_complete"),
}
"""Fields that are filled in to decide something: what must hold for it, in this order."""


class FieldEffects(NamedTuple):
    """What follows when a field is filled in that the log has as ``action``.

    ``at_first``: what follows besides where the field was blank before.
    """

    action: str
    effects: tuple[str, ...]
    at_first: tuple[str, ...] = ()


FIELD_EFFECTS: dict[str, FieldEffects] = {
    "paper_received_on": FieldEffects("receive_paper", ("log",), ("tell_student",)),
    "override_reason": FieldEffects("override", ("log_override",)),
    "profile_accepted_at": FieldEffects("accept_profile", ("accept_profile", "tell_student")),
}
"""Fields whose filling in is kept in the log, in the order in which it is."""

FIELD_CLEARING: dict[str, FieldEffects] = {
    "paper_received_on": FieldEffects("clear_paper", ("log_step_reason", "tell_student")),
    "hand_checked": FieldEffects("clear_hand_check", ("log_step_reason",)),
    "override_reason": FieldEffects("clear_override", ("log_step_reason",)),
}
"""Fields whose clearing is kept in the log, with what was there."""

FIELD_CHECKS: dict[str, tuple[str, ...]] = {
    "paper_received_on": ("received_by_today",),
    "left_on": ("left_by_today",),
}
"""What must hold for what was filled in."""


class Place(NamedTuple):
    """Positions alike: those of a state, and of a verdict of a review unless that is None."""

    state: str
    first: str | None = None
    second: str | None = None

    def conditions(self) -> dict[str, str]:
        """What the fields of an application hold there, by name."""
        pairs = zip(POSITION_FIELDS, self, strict=True)
        return {name: value for name, value in pairs if value is not None}

    def has(self, position: Position) -> bool:
        """Whether ``position`` is one of them."""
        return all(wanted in (None, found) for wanted, found in zip(self, position, strict=True))


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an application is and whom it waits for, as desks, counts and lists name it.

    ``step``: the step of the reviewers' desk that it belongs to, or blank where they do not
    see it. ``paper``: whether the signed slip has come in, where one is asked for; None where
    that decides nothing. ``count``: the number of the overview and the statistics that it is
    counted in, by default that of its own name; one stage may be counted with another. None: it
    is not counted.
    """

    name: str
    step: str
    places: tuple[Place, ...]
    paper: bool | None = None
    count: str | None = ""


STAGES: tuple[Stage, ...] = (
    Stage("draft", "", (Place("draft", "pending"),), count=None),
    Stage("returned", "", (Place("draft", "returned"),), count="with_student"),
    Stage("waiting_paper", "first", (Place("submitted", "pending"),), paper=False),
    Stage("waiting_first", "first", (Place("submitted", "pending"),), paper=True),
    Stage("waiting_second", "second", (Place("submitted", "passed", "pending"),)),
    Stage("waiting_leave", "leaving", (Place("submitted", "passed", "passed"),)),
    Stage("failed", "failed", (Place("submitted", "failed"), Place("submitted", None, "failed"))),
    Stage("completed", "completed", (Place("completed"),)),
    Stage("lapsed", "lapsed", (Place("lapsed"),)),
)
"""Each application is in exactly one of them."""

OVER = frozenset({"failed", "completed", "lapsed"})
"""Names of the stages at which an application waits for nobody."""

FIELD_OF_PAPER = "awaits_paper"
"""The field that says whether the signed slip is still to come."""


def stages(*names: str) -> tuple[Stage, ...]:
    """The stages of these names; KeyError for a name that there is not."""
    by_name = {stage.name: stage for stage in STAGES}
    return tuple(by_name[name] for name in names)


def stages_of(step: str) -> tuple[Stage, ...]:
    """The stages of a step of the reviewers' desk."""
    return tuple(stage for stage in STAGES if stage.step == step)


def counted() -> dict[str, tuple[Stage, ...]]:
    """The stages that reviewers count, by the number that counts them: each in exactly one.

    A returned application too, although its draft is the student's own.
    """
    found: dict[str, tuple[Stage, ...]] = {}
    for stage in STAGES:
        if stage.count is not None:
            name = stage.count or stage.name
            found[name] = (*found.get(name, ()), stage)
    return found


def stage_of(position: Position, *, paper: bool) -> Stage | None:
    """Where an application is; ``paper``: whether its signed slip has come in, or none is to.

    None for a position that no step of the table leads to.
    """
    for stage in STAGES:
        if stage.paper in (None, paper) and any(place.has(position) for place in stage.places):
            return stage
    return None


RECOGNISED_AS = {"accepted": "flexible", "mapped": "mapped", "refused": "refused"}
"""What a decision on a row is to the audit, and is recorded as when the first review passes."""

DECIDES_ROWS: tuple[Role, Position] = (Role.ASSISTANT, SUBMITTED)
"""Who decides the rows of an application, and where it is then."""


def take_back_of(position: Position) -> str | None:
    """The action that takes the last step back at ``position``; ``TRANSITIONS`` say who may.

    A position has one at most, so that one button does for all.
    """
    rows = (row for row in TRANSITIONS if row.source == position)
    return next((row.action for row in rows if row.action.startswith(TAKE_BACK)), None)


def is_new(position: Position) -> bool:
    """Whether an application there was never submitted, since no step leads there.

    What is new has no entry in the log, no rows of a review and no letters.
    """
    return position == DRAFT


def is_under_way(position: Position) -> bool:
    """Whether an application there was submitted, and no refusal and no end has come since.

    It is with a reviewer, or was returned for correction.
    """
    stage = stage_of(position, paper=True)
    return stage is not None and stage.name not in {"draft", *OVER}


def find(position: Position, target: Position, roles: Collection[Role]) -> Transition | None:
    """The transition that one of ``roles`` may take from ``position`` to ``target``."""
    for transition in TRANSITIONS:
        if (
            transition.source == position
            and transition.target == target
            and transition.role in roles
        ):
            return transition
    return None


def open_actions(position: Position, roles: Collection[Role]) -> Iterator[Transition]:
    """Every step that one of ``roles`` may take at ``position``, guards aside."""
    for transition in (*TRANSITIONS, *IN_PLACE):
        if transition.source == position and transition.role in roles:
            yield transition


def open_step(action: str, position: Position, roles: Collection[Role]) -> Transition | None:
    """The step ``action`` where one of ``roles`` may take it at ``position``, guards aside."""
    return next((row for row in open_actions(position, roles) if row.action == action), None)


def writable(position: Position, roles: Collection[Role]) -> frozenset[str]:
    """The fields that one of ``roles`` may fill in while it is at ``position``."""
    fields: frozenset[str] = frozenset()
    for role in roles:
        fields |= WRITABLE.get((role, position), frozenset())
    return fields
