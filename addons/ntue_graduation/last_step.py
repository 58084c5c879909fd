"""Two people at one application: what the first did, for the second, who waited."""

from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text

from . import workflow

STEPS = frozenset(row.action for row in workflow.TRANSITIONS)


def last_step(application):
    """The event of the last step, for reviewers of this application; else nothing."""
    events = application.sudo().event_ids
    if not application._roles() & workflow.REVIEWERS:
        return events.browse()
    return events.filtered(lambda row: row.action in STEPS)[-1:]


def last_step_sentence(application):
    """Who took the last step and when; None for anybody who is no reviewer of it."""
    event = last_step(application)
    if not event:
        return None
    steps = dict(event._fields["action"]._description_selection(application.env))
    return application.env._(
        "%(step)s: %(who)s, %(when)s.",
        step=steps[event.action],
        who=event.user_id.name,
        when=minute_text(application.env, taipei_time(event.happened_at)),
    )


def return_sentence(application):
    """Who returned it and when, for reviewers who had it open; it is a draft again.

    It says nothing of the draft and names nobody but the reviewer.
    """
    known = application.sudo()
    if not known.exists() or known._position() != workflow.RETURNED:
        return None
    return last_step_sentence(application)
