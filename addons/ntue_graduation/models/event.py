from odoo import api, fields, models
from odoo.exceptions import AccessError


class GraduationEvent(models.Model):
    """What happened to an application: written once, changed by nobody."""

    _name = "ntue.graduation.event"
    _description = "Event of a graduation application"
    _order = "id"

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, ondelete="restrict", index=True
    )
    action = fields.Selection(
        [
            ("submit", "Submitted"),
            ("receive_paper", "Paper received"),
            ("decide", "Course decided"),
            ("except", "Exception granted"),
            ("withdraw_exception", "Exception taken back"),
            ("ask_supplement", "Supplement asked for"),
            ("supplement_received", "Supplement received"),
            ("withdraw_supplement", "Request for a supplement taken back"),
            ("pass_first", "First review passed"),
            ("fail_first", "First review not passed"),
            ("take_back_first", "First review taken back"),
            ("return", "Returned for correction"),
            ("hand_back", "Handed back to the department"),
            ("override", "Block overridden"),
            ("accept_profile", "Changed profile accepted"),
            ("pass_second", "Second review passed"),
            ("fail_second", "Second review not passed"),
            ("take_back_second", "Second review taken back"),
            ("found_short", "Found short by a later audit"),
            ("complete", "Completed"),
            ("lapse", "Lapsed"),
        ],
        required=True,
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    happened_at = fields.Datetime(required=True, default=fields.Datetime.now)
    position_from = fields.Char(string="From")
    position_to = fields.Char(string="To")
    reason = fields.Char()
    snapshot = fields.Text(help="What was submitted, as canonical JSON.")
    snapshot_hash = fields.Char(help="SHA-256 of the snapshot.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The log writes itself; nobody adds to it."))
        return super().create(vals_list)

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("The log is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The log is never changed."))
