"""How sure an application is while grades are pending, with its own ticks and decisions."""

from odoo.addons.ntue_curriculum.audit_adapter import pass_mark_of
from odoo.addons.ntue_curriculum.wording.certainty import sureness

from ..cases import ticks_of


def certainty(application):
    """Whether the pending grades can change the tick of the whole, as the engine says it."""
    case, ticks = _asked(application)
    return case.outlook(ticks, pass_mark_of(application.student_id))[-1].certainty


def sureness_of_whole(application):
    """How sure the whole is, in words; None with nothing pending."""
    case, ticks = _asked(application)
    sure = sureness(application.env, case, ticks, pass_mark_of(application.student_id))
    return sure.get(None)


def _asked(application):
    case, _result = application._case_and_audit()
    return case, case.allowed(ticks_of(application))
