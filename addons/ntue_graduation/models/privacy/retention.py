"""How long applications, their snapshots and what belongs to them are kept."""

from odoo import api, models
from odoo.addons.ntue_curriculum.models.privacy.retention_kinds import DataKind
from odoo.fields import Domain

DRAFTED = ("tick_ids", "saved_at", "shortfall_acknowledged", "teacher_ed_answer")
"""What a student put into an application: left of one that was never sent."""


class Retention(models.AbstractModel):
    _inherit = "ntue.retention"

    @api.model
    def _kinds(self):
        _ = self.env._
        written = Domain.OR(Domain(name, "!=", False) for name in DRAFTED)
        ours = [
            DataKind(
                key="drafts",
                model="ntue.graduation.application",
                label=_("Drafts that lapsed without being sent"),
                why=_("Nobody but the student ever saw them, and nobody decided anything on them."),
                moment="window_id.date_leave",
                default=180,
                least=30,
                domain=Domain([("state", "=", "lapsed"), ("submitted_at", "=", False)]) & written,
                student="student_id",
            ),
            DataKind(
                key="reminders",
                model="ntue.graduation.reminder",
                label=_("That a reminder was mailed"),
                why=_("It keeps the same reminder from going out twice, within one term."),
                moment="day",
                default=365,
                least=180,
                student="student_id",
            ),
            DataKind(
                key="snapshots",
                model="ntue.graduation.application",
                label=_("What was submitted: the slip, with name, e-mail and grades of that day"),
                why=_(
                    "The official slip and its QR code have to read the same in ten years. The "
                    "decisions stay in the log for good, with the hash of what they rest on."
                ),
                moment="window_id.date_leave",
                default=3650,
                least=1825,
                domain=Domain("state", "in", ("completed", "lapsed"))
                & Domain("event_ids.snapshot", "!=", False),
                student="student_id",
            ),
        ]
        return [*super()._kinds(), *ours]

    @api.model
    def _held_models(self):
        _ = self.env._
        granted = _(
            "What was granted, and why, is part of the decision; students and reviewers read it. "
            "Why it was goes with the name."
        )
        counted = _("Counts and lists drawn from the applications; nothing of its own.")
        return {
            **super()._held_models(),
            "ntue.graduation.application": "snapshots",
            "ntue.graduation.application.line": _(
                "Which course counted where is the decision itself; what people wrote on it goes "
                "with the name."
            ),
            "ntue.graduation.event": "snapshots",
            "ntue.graduation.correspondence": "messages",
            "ntue.graduation.reminder": "reminders",
            "ntue.graduation.late.permit": granted,
            "ntue.graduation.cap.exception": granted,
            "ntue.graduation.exception": granted,
            "ntue.graduation.deferral": granted,
            "ntue.graduation.bulk": _("Names the registrar who began it, and what became of each."),
            "ntue.graduation.bulk.line": _(
                "Which application a step was taken for, and the day on which its student left."
            ),
            "ntue.graduation.statistics": counted,
            "ntue.graduation.overview": counted,
            "ntue.graduation.with.student": counted,
            "ntue.graduation.window": _("Of the school; names the case officer in its texts."),
            "ntue.graduation.schedule": _("Of the school."),
        }

    # Erasing

    @api.model
    def _erase_drafts(self, applications):
        for application in applications:
            empty_draft(application)

    @api.model
    def _erase_reminders(self, rows):
        rows.unlink()

    @api.model
    def _erase_snapshots(self, applications):
        applications._empty_snapshots()


def empty_draft(application):
    """Take out what a student put into an application that was never sent."""
    application._set(
        {
            "tick_ids": [(5,)],
            **dict.fromkeys(DRAFTED[1:], False),
            "teacher_ed_confirmed": False,
        }
    )
