"""Where reviewers go on after a step: what they are told, how to undo it, and what is next.

What is next follows the list that they came from, with its filters and in its order: the client
sends its numbers along (``ntue_queue``). Without them the desk's own order holds. Of what is on
a desk, that follows which waits for the same review as the one that was there.
"""

from odoo.fields import Domain

from .. import workflow
from ..stages import domain_of

WAITING = {step: domain_of(workflow.stages_of(step)) for step in ("first", "second")}
"""What waits for the first, or the second review."""

DESK_ORDER = "review_due, doubt desc, submitted_at, id"

LONGEST_QUEUE = 1000
"""So many numbers of a list are followed at most; the client sends no more."""

DESKS = {
    workflow.Role.ASSISTANT: "ntue_graduation.action_application_desk",
    workflow.Role.REGISTRAR: "ntue_graduation.action_application_registrar",
}
"""Where a reviewer goes who came from nowhere."""

PAPER = "paper_received_on"
"""The field that says when the signed slip came in."""

UNDOING = {
    "take_back_first": "action_take_back",
    "take_back_second": "action_take_back",
    "withdraw_supplement": "action_withdraw_supplement",
}
"""The method of an application by the step that takes another one back."""


def desk_of(env):
    """Which desk the user came from, for where to go next; decides nothing else."""
    desk = env.context.get("ntue_desk")
    return desk if isinstance(desk, str) and desk in WAITING else None


def after_step(application, *, leaves):
    """The reviewer's action after a step on one application, which may be out of sight since.

    ``leaves``: go on where the user came from a desk, or with the dialog for the next slip where
    one came with a slip. What may be read no longer is always left.
    """
    application.ensure_one()
    known = application.sudo()
    if not (known.event_ids and known._roles() & workflow.REVIEWERS):
        return None  # a student whose call changed nothing
    stays = application.has_access("read")
    following, queue, told = False, _own_list(application), last_step_text(application)
    scan = False
    if leaves and application.env.context.get("ntue_scan"):
        scan = application.env["ntue.graduation.scan"]._next_slip(told)
        stays = False
    elif leaves and desk_of(application.env):
        following, queue = _following(application, _step_left(application))
        stays = False
        told = f"{told} · {_left(application, queue)}"
    return _go_on(
        application,
        {"told": told, "undo": _undo(application), "stays": stays, "scan": scan},
        following,
        queue,
    )


def next_in_list(application):
    """The client's action to the next of the list, without a step on this one."""
    step = application.has_access("read") and application.step
    following, queue = _following(application, step)
    values = {"told": _left(application, queue), "undo": False, "stays": False, "scan": False}
    return _go_on(application, values, following, queue)


def last_step_text(application):
    """Number and name, and what was done with it last, in a few words."""
    known = application.sudo()
    event = known.event_ids[-1:]
    actions = dict(event._fields["action"]._description_selection(application.env))
    return f"{known.slip_number} {known.student_id.name}: {actions[event.action]}"


def _go_on(application, values, following, queue):
    roles = application.sudo()._roles()
    desk = next((desk for role, desk in DESKS.items() if role in roles), "")
    return {
        "type": "ir.actions.client",
        "tag": "ntue_graduation.after_step",
        "params": {
            **values,
            "application": application.id,
            "next": following,
            "all": queue,
            "listed": bool(_own_list(application)),
            "desk": desk or DESKS[workflow.Role.ASSISTANT],
        },
    }


def _left(application, queue):
    """How many of the list still wait besides this one."""
    left = len([number for number in queue if number != application.id])
    if not left:
        return application.env._("Nothing more waits in this list.")
    return application.env._("%s more in this list.", left)


def _step_left(application):
    """The step of the desk at which the last step was taken: what was on the list there."""
    before = application.sudo().event_ids[-1:].position_from.split("/")
    stage = workflow.stage_of(workflow.Position(*before), paper=True)
    return stage and stage.step


def _following(application, step):
    """``(number of the next one or False, numbers of the list)``; the list has what still waits.

    ``step``: the step that this one is at, or was. A desk's list may show any of them, whatever
    its menu says.
    """
    desk, given = desk_of(application.env), _own_list(application)
    waiting = WAITING[step if step in WAITING else desk or "first"]
    if given:
        domain = Domain("id", "in", given) & (waiting if desk else Domain.TRUE)
        there = set(application.search(domain).ids)
    else:
        domain = waiting
        given = application.search(domain, order=DESK_ORDER, limit=LONGEST_QUEUE).ids
        there = set(given)
    place = given.index(application.id) + 1 if application.id in given else 0
    ahead = [number for number in given[place:] + given[:place] if number in there]
    following = next((number for number in ahead if number != application.id), False)
    return following, [number for number in given if number in there]


def _own_list(application):
    """The numbers of the list that it is one of, as the client sent them; else blank."""
    given = application.env.context.get("ntue_queue")
    if not isinstance(given, list) or len(given) > LONGEST_QUEUE:
        return []
    if not all(type(number) is int for number in given):
        return []
    return given if application.id in given else []


def _undo(application):
    """What the client calls to take the last step back, with the button's name; else False."""
    known, env = application.sudo(), application.env
    action, position, roles = known.event_ids[-1:].action, known._position(), known._roles()
    back = workflow.UNDONE_BY.get(action)
    if back and workflow.open_step(back, position, roles):
        reason = env._("Taken back at once: it was pressed by mistake.")
        call = {"method": UNDOING[back], "args": [reason]}
    elif action == "receive_paper" and PAPER in workflow.writable(position, roles):
        call = {"method": "write", "args": [{PAPER: False}]}
    else:
        return False
    return {**call, "name": env._("Undo")}
