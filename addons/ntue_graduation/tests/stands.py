"""Where an application may stand, and how it comes there, with all that any step asks for."""

from odoo.tests import freeze_time

from .common import APPLICATION, TICKABLE
from .records import excepted

REASON = "Seen with the student"
TELLING = {"review_reason": REASON, "return_deadline": "2025-12-05"}
"""What a return and a refusal ask for besides."""


def ready(way):
    """Submitted, with all that any step from there asks for; a subject is waived."""
    way.submitted().receive().decide()
    excepted(way, way.case.assistant)
    way.by_assistant("write", TELLING)


def returned(way):
    ready(way)
    way.by_assistant("action_return")
    way.tick(*TICKABLE)


def supplement(way):
    ready(way)
    way.by_assistant("action_ask_supplement", REASON, "2025-12-05")


def first_failed(way):
    ready(way)
    way.by_assistant("action_fail_first")


def first_passed(way):
    ready(way)
    way.pass_first().grade(85).by_registrar("write", {"review_reason": REASON})


def second_passed(way):
    first_passed(way)
    way.pass_second()


def second_failed(way):
    first_passed(way)
    way.by_registrar("action_fail_second")


def completed(way):
    second_passed(way)
    way.by_registrar("action_complete")


def lapsed(way, before=first_passed):
    before(way)
    with freeze_time("2026-03-01 04:00:00"):
        way.case.env[APPLICATION]._lapse_overdue()


STANDS = {
    "draft": lambda way: way.drafted(),
    "returned": returned,
    "submitted": ready,
    "supplement": supplement,
    "first_passed": first_passed,
    "first_failed": first_failed,
    "second_passed": second_passed,
    "second_failed": second_failed,
    "completed": completed,
    "lapsed": lapsed,
}

POSITIONS = {
    "draft": "draft/pending/pending",
    "returned": "draft/returned/pending",
    "submitted": "submitted/pending/pending",
    "supplement": "submitted/pending/pending",
    "first_passed": "submitted/passed/pending",
    "first_failed": "submitted/failed/pending",
    "second_passed": "submitted/passed/passed",
    "second_failed": "submitted/passed/failed",
    "completed": "completed/passed/passed",
    "lapsed": "lapsed/passed/pending",
}

ENDS = ("completed", "lapsed")
"""Whatever is elsewhere lapses after the final leaving date."""
