"""The figures and findings by which reviewers sort and filter applications (26, D30)."""

from odoo import fields
from odoo.addons.ntue_curriculum.clock import taipei_day, taipei_today

from ..further import is_proven, is_short, lacking
from ..papers.snapshot import today
from ..steps.guards.audit import in_progress
from .certainty import certainty
from .review import flexible_uses, is_as_submitted

DOUBTS = (
    ("is_archived", 64),
    ("is_unproven", 32),
    ("is_short", 16),
    ("is_over_cap", 8),
    ("is_changed", 4),
    ("is_legacy", 2),
)
"""How much each finding weighs: an application with more of them is looked at first."""


def figures(application):
    """The stored figures of a submitted application as they are now, by field."""
    application.ensure_one()
    snapshot, result = application._snapshot(), application._audit()
    uses = flexible_uses(application, result)
    now = today(application)
    returned = application.event_ids.filtered(lambda event: event.action == "return")
    return {
        "known_required": float(result.graduation_credits),
        "known_expected": float(result.expected),
        "known_flexible": uses[0].figure if uses else "",
        "is_short": is_short(application),
        "lacks_milestone": not result.milestones_met,
        "is_over_cap": any(use.exceeded for use in result.flexible),
        "is_changed": not (snapshot and is_as_submitted(snapshot, now)),
        "is_unproven": not is_proven(application),
        "certainty": certainty(application).value,
        "is_legacy": application.student_id.reference_only,
        "is_ready": _is_ready(application),
        "is_late": is_late(application),
        "returns": len(returned),
        "known_at": fields.Datetime.now(),
    }


def is_late(application):
    """Whether it was first submitted after the period: what was returned needs no permit (D13)."""
    first = application.event_ids.filtered(lambda event: event.action == "submit")[:1]
    moment = first.happened_at or application.submitted_at
    return taipei_day(moment) > application.window_id.date_close


def _is_ready(application):
    """Whether the final audit is met with nothing in progress, further programs included (D28)."""
    if in_progress(application._audit()) or not application._audit(final=True).met:
        return False
    return not lacking(application, final=True)


def findings(application):
    """What there is to look at, in a few words each."""
    _ = application.env._
    words = {
        "is_archived": _("Student's record archived"),
        "is_unproven": _("Not proven best"),
        "is_short": _("Short"),
        "is_over_cap": _("Over the limit"),
        "is_changed": _("Changed since"),
        "is_legacy": _("Reference only"),
    }
    found = [words[name] for name, _weight in DOUBTS if application[name]]
    if application.lacks_milestone:
        found.append(_("Milestone missing"))
    if application.typeface_problem:
        found.append(_("Name cannot be printed"))
    if application.open_rows:
        found.append(_("%s to decide", application.open_rows))
    if application.supplement_is_open:
        late = application.supplement_deadline < taipei_today()
        words = _("Supplement overdue") if late else _("Supplement asked")
        found.append(_("Supplement uploaded") if application.supplement_uploaded_at else words)
    if application.hand_back_reason:
        found.insert(0, _("Handed back: %s", application.hand_back_reason))
    if application.awaits_paper and application.step == "first":
        found.append(_("No paper"))
    return found
