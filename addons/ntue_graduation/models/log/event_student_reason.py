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
        string="Reason for the student",
        compute="_compute_shown_reason",
        compute_sudo=True,
        help="As far as the student reads it.",
    )

    @api.depends("action", "reason")
    def _compute_shown_reason(self):
        for event in self:
            event.shown_reason = event.reason if event.action in SHOWN else False
