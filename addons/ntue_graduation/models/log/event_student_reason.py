"""Which reasons in the log the student reads."""

from odoo import api, fields, models

from ... import workflow

SHOWN = frozenset(
    {row.action for row in workflow.TRANSITIONS if "reason_given" in row.guards}
    | {"decide", "ask_supplement", "supplement_received"}
)
"""Actions whose reason is given in the knowledge that the student will read it."""


class EventReason(models.AbstractModel):
    """The part of the log that students read; see ``event``."""

    _name = "ntue.graduation.event.reason"
    _description = "Log of applications: reasons"

    shown_reason = fields.Char(
        compute="_compute_shown_reason", compute_sudo=True, help="As far as the student reads it."
    )

    @api.depends("action", "reason", "erased_entry")
    @api.depends_context("lang")
    def _compute_shown_reason(self):
        """What was erased says so, without the name of who did it."""
        for event in self:
            text = event.reason or (event.erased_entry and self.env._("The reason was erased."))
            event.shown_reason = text if event.action in SHOWN else False
