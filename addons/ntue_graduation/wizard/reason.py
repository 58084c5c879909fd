from odoo import api, fields, models


class GraduationReason(models.TransientModel):
    """Asks why, before an application is returned, refused or handed back."""

    _name = "ntue.graduation.reason"
    _description = "Reason of a review decision"

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, ondelete="cascade"
    )
    action = fields.Selection(
        [
            ("return", "Return for correction"),
            ("fail_first", "First review not passed"),
            ("hand_back", "Hand back to the department"),
            ("fail_second", "Second review not passed"),
        ],
        required=True,
    )
    reason = fields.Char(required=True)
    deadline = fields.Date(
        string="Submit again by",
        help="The student may submit again until this day, also after the period has closed.",
    )

    @api.constrains("application_id")
    def _check_application(self):
        # Odoo runs constraints with all rights: ask as the user.
        self.application_id.sudo(False).check_access("write")

    def action_confirm(self):
        """Write the reason and take the step; the application checks both."""
        self.ensure_one()
        vals = {"review_reason": self.reason}
        if self.action == "return":
            vals["return_deadline"] = self.deadline
        self.application_id.write(vals)
        getattr(self.application_id, f"action_{self.action}")()
        if self.action != "return":
            return {"type": "ir.actions.act_window_close"}
        # The application is a draft again and out of the reviewer's sight: back to the list.
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "ntue_graduation.action_application_desk"
            ),
            "target": "main",
        }
