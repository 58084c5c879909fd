"""Which reasons in the log the student reads."""

import json

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

    @api.depends("action", "reason", "snapshot", "erased_entry")
    @api.depends_context("lang")
    def _compute_shown_reason(self):
        """What was erased says so, without the name of who did it."""
        for event in self:
            kept = event._origin  # a form may say anything of it
            text = kept._reason_for_reader()
            text = text or (kept.erased_entry and self.env._("The reason was erased."))
            event.shown_reason = text if kept.action in SHOWN else False

    def _reason_for_reader(self):
        """The reason; a decision on a course in the reader's words, if it is kept with the entry.

        The log itself is in the language of the papers.
        """
        if self.action != "decide" or not self.snapshot or (self.erased_entry and not self.reason):
            return self.reason
        try:
            kept = json.loads(self.snapshot)
            row = self.env["ntue.graduation.application.line"].browse(kept["row"])
            return row._decision_text(kept["decision"], kept["reason"])
        except (KeyError, TypeError, ValueError):  # not as the product wrote it
            return self.reason
