"""The log for people: who did what when, in plain words."""

from typing import NamedTuple

from odoo import SUPERUSER_ID
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text

from .. import workflow
from ..workflow import Role
from .offices import registrar_office

ROLES = {
    **{row.action: row.role for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE)},
    "receive_paper": Role.ASSISTANT,
    "clear_paper": Role.ASSISTANT,
    "clear_hand_check": Role.ASSISTANT,
    "decide": Role.ASSISTANT,
    "except": Role.ASSISTANT,
    "withdraw_exception": Role.ASSISTANT,
}
"""By whom an action is taken; what is not here is the registrar's."""


class Entry(NamedTuple):
    """One entry of the log; ``hash``: the first digits of its seal."""

    number: int
    when: str
    who: str
    what: str
    reason: str
    hash: str


def timeline(application):
    """What happened, latest first, for reviewers: names, and every reason."""
    return _entries(application, _person, lambda event: event.reason or event.erased_text)


def own_timeline(application):
    """What happened, latest first, for the student: offices, and the reasons meant for them."""
    return _entries(application, _office, lambda event: event.shown_reason)


def _entries(application, who, reason):
    """``who`` and ``reason`` say of an event by whom and why, for the reader."""
    if workflow.is_new(application._position()):
        return []
    events = application.event_ids.sorted("number", reverse=True)
    actions = dict(events._fields["action"]._description_selection(events.env))
    return [
        Entry(
            number=event.number,
            when=minute_text(event.env, taipei_time(event.happened_at)),
            who=who(event),
            what=actions[event.action],
            reason=reason(event) or "",
            hash=event.entry_hash.split(":")[-1][:8],
        )
        for event in events
    ]


def _person(event):
    """Who did it, for reviewers: as kept then; of older entries, as people are called now."""
    user, student = event.user_id.sudo(), event.application_id.sudo().student_id
    is_own = user.partner_id == student.partner_id
    return event.actor or (f"{student.student_no} {student.name}" if is_own else user.name)


def _office(event):
    """Who did it, as the student knows them: by their office, not by name."""
    user = event.sudo().user_id
    if user.partner_id == event.application_id.student_id.partner_id:
        return event.env._("You")
    if user.id == SUPERUSER_ID:
        return event.env._("The system")
    if ROLES.get(event.action) == Role.ASSISTANT:
        return event.env._("Assistant of your department")
    return registrar_office(event.application_id).name
