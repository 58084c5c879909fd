"""The log for people: who did what when, in plain words."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.roc import roc_minute

from ... import workflow
from ...workflow import Role
from .event import STAFF

TOLD = frozenset(
    {row.action for row in workflow.TRANSITIONS if "reason_given" in row.guards}
    | {"decide", "ask_supplement", "supplement_received"}
)
"""Actions whose reason is given in the knowledge that the student will read it."""

ROLES = {
    **{row.action: row.role for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE)},
    "receive_paper": Role.ASSISTANT,
    "decide": Role.ASSISTANT,
    "except": Role.ASSISTANT,
    "withdraw_exception": Role.ASSISTANT,
}
"""By whom an action is taken; what is not here is the registrar's."""


class GraduationEvent(models.Model):
    _inherit = "ntue.graduation.event"

    told_reason = fields.Char(
        compute="_compute_told_reason", compute_sudo=True, help="As far as the student reads it."
    )

    @api.depends("action", "reason")
    def _compute_told_reason(self):
        for event in self:
            event.told_reason = event.reason if event.action in TOLD else False

    def _timeline_row(self, who, reason):
        self.ensure_one()
        moment = taipei_time(self.happened_at)
        return {
            "number": self.number,
            "when": roc_minute(moment),
            "who": who,
            "what": dict(self._fields["action"]._description_selection(self.env))[self.action],
            "reason": reason or "",
            "hash": self.entry_hash.split(":")[-1][:8],
        }

    def _who(self):
        """Who did it, for reviewers: as kept then; of older entries, as people are called now."""
        user, student = self.user_id.sudo(), self.application_id.sudo().student_id
        is_own = user.partner_id == student.partner_id
        return self.actor or (f"{student.student_no} {student.name}" if is_own else user.name)

    def _office(self):
        """Who did it, as the student knows them: by their office, not by name."""
        self.ensure_one()
        user = self.sudo().user_id
        if user.partner_id == self.application_id.student_id.partner_id:
            return self.env._("You")
        if user.id == SUPERUSER_ID:
            return self.env._("The system")
        if ROLES.get(self.action) == Role.ASSISTANT:
            return self.env._("Assistant of your department")
        return self.env._("Registrar's office")


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    timeline = fields.Html(compute="_compute_timeline", sanitize=False, groups=STAFF)

    @api.depends_context("uid", "lang")
    @api.depends("event_ids")
    def _compute_timeline(self):
        for application in self:
            rows = application._timeline()
            application.timeline = self.env["ir.qweb"]._render(
                "ntue_graduation.timeline", {"rows": rows, "staff": True}
            )

    def _timeline(self):
        """What happened, latest first, for reviewers: names, and every reason."""
        self.ensure_one()
        return [
            event._timeline_row(event._who(), event.reason)
            for event in self.event_ids.sorted("number", reverse=True)
        ]

    def _own_timeline(self):
        """What happened, latest first, for the student: offices, and what they are told."""
        self.ensure_one()
        return [
            event._timeline_row(event._office(), event.told_reason)
            for event in self.event_ids.sorted("number", reverse=True)
        ]
