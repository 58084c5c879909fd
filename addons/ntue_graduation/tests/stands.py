"""Where an application may stand, and how it comes there, with all that any step asks for."""

from functools import partial

from odoo.tests import freeze_time

from .common import APPLICATION, TICKABLE
from .records import excepted

REASON = "Seen with the student"
TELLING = {"review_reason": REASON, "return_deadline": "2025-12-05"}
"""What a return and a refusal ask for besides."""


def _ready(way):
    """With all that any step from there asks for; a subject is waived."""
    way.submit().receive().decide()
    excepted(way, way.case.assistant)
    way.by_assistant("write", TELLING)


def _returned(way):
    way.by_assistant("action_return")
    way.tick(*TICKABLE)


def _first_passed(way):
    way.pass_first().grade(85).by_registrar("write", {"review_reason": REASON})


def lapse(way):
    """Let whatever is not completed lapse: it is after the final leaving date."""
    with freeze_time("2026-03-01 04:00:00"):
        way.case.env[APPLICATION]._lapse_overdue()


ON = {
    "draft": ("", lambda way: way.drafted()),
    "returned": ("submitted", _returned),
    "submitted": ("draft", _ready),
    "supplement": (
        "submitted",
        lambda way: way.by_assistant("action_ask_supplement", REASON, "2025-12-05"),
    ),
    "first_passed": ("submitted", _first_passed),
    "first_failed": ("submitted", lambda way: way.by_assistant("action_fail_first")),
    "second_passed": ("first_passed", lambda way: way.pass_second()),
    "second_failed": ("first_passed", lambda way: way.by_registrar("action_fail_second")),
    "completed": ("second_passed", lambda way: way.by_registrar("action_complete")),
    "lapsed": ("first_passed", lapse),
}
"""Where an application may stand: where it comes from, and what takes it on from there."""


def stand(way, name):
    """Take a way that has not begun to where ``name`` says."""
    before, take_on = ON[name]
    if before:
        stand(way, before)
    take_on(way)


STANDS = {name: partial(stand, name=name) for name in ON}

ready = STANDS["submitted"]
returned = STANDS["returned"]
supplement = STANDS["supplement"]
first_passed = STANDS["first_passed"]
first_failed = STANDS["first_failed"]
second_passed = STANDS["second_passed"]
second_failed = STANDS["second_failed"]
completed = STANDS["completed"]


def lapsed(way, before=first_passed):
    before(way)
    lapse(way)


def _leads_to(name, names):
    following = (other for other, (place, _take_on) in ON.items() if place == name)
    return name in names or any(_leads_to(other, names) for other in following)


def at_each(way, look, names=tuple(ON), before=""):
    """Call ``look(name)`` where ``way`` has come to each of the stands ``names``.

    The steps that several of them have in common are taken once, so a stand is looked at before
    those that it leads to. Whatever a look does is taken back.
    """
    for name, (place, take_on) in ON.items():
        if place == before and _leads_to(name, names):
            with way.case.undone():
                take_on(way)
                if name in names:
                    with way.case.undone():
                        look(name)
                at_each(way, look, names, name)


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
