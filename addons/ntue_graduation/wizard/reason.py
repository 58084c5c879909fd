from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today

from .. import working_days

DAYS_TO_ANSWER = 3
"""Working days that a student has unless the reviewer says otherwise (D12), or it lapses first."""

ASKING = ("return", "ask_supplement")
"""Steps that the student answers until a day."""


class GraduationReason(models.TransientModel):
    """Asks why, before an application is returned, refused or handed back."""

    _name = "ntue.graduation.reason"
    _description = "Reason of a review decision"
    _inherit = ["ntue.readable.references"]

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, ondelete="cascade"
    )
    action = fields.Selection(
        [
            ("return", "Return for correction"),
            ("ask_supplement", "Ask for a supplement"),
            ("withdraw_supplement", "Take the request for a supplement back"),
            ("fail_first", "First review not passed"),
            ("take_back", "Take the decision back"),
            ("hand_back", "Hand back to the department"),
            ("fail_second", "Second review not passed"),
        ],
        required=True,
    )
    reason = fields.Char(required=True)
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        string="Until",
        help="A returned application may be submitted again until this day, also after the "
        "period has closed; a supplement is handed in until it. Not after the final leaving date.",
    )

    @api.depends("action", "application_id")
    def _compute_deadline(self):
        """The usual time, or until the application lapses."""
        for wizard in self:
            asks, last = wizard.action in ASKING, wizard.application_id.window_id.date_leave
            usual = working_days.after(taipei_today(), DAYS_TO_ANSWER)
            wizard.deadline = asks and min(usual, last or usual)

    @api.constrains("application_id")
    def _check_application(self):
        # Odoo runs constraints with all rights: ask as the user.
        self.application_id.sudo(False).check_access("write")

    def action_confirm(self):
        """Take the step for the reason written; the application checks both."""
        self.ensure_one()
        application = self.application_id
        if self.action in ("take_back", "withdraw_supplement"):
            return getattr(application, f"action_{self.action}")(self.reason)
        if self.action == "ask_supplement":
            return application.action_ask_supplement(self.reason, self.deadline)
        vals = {"review_reason": self.reason}
        if self.action == "return":
            vals["return_deadline"] = self.deadline
        application.write(vals)
        return getattr(application, f"action_{self.action}")()
