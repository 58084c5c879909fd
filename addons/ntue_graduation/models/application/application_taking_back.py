"""Steps that say why: taking a decision back, and asking for a supplement (190, D24)."""

from odoo import fields, models
from odoo.exceptions import UserError


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    step_reason = fields.Char(readonly=True, help="Why the step that is being taken is taken.")
    step_deadline = fields.Date(readonly=True)
    supplement_requested_on = fields.Date(
        string="Supplement asked for", readonly=True, help="Day on which the student was asked."
    )
    supplement_text = fields.Char(string="What is to be handed in", readonly=True)
    supplement_deadline = fields.Date(string="To be handed in by", readonly=True)
    supplement_received_on = fields.Date(string="Supplement received", readonly=True)

    def _step(self, action, reason=None, deadline=None):
        """Take the step ``action`` of the table for a reason of its own.

        The reason is there while the step is taken and gone afterwards: no step is taken
        for the reason of another one.
        """
        self._enter()
        transition = self._open_transition(action)
        if transition is None:
            raise UserError(self._refusal(self._position()))
        reason = reason.strip() if isinstance(reason, str) else False
        given = {"step_reason": reason, "step_deadline": fields.Date.to_date(deadline)}
        self._set(given)
        self._take(transition)
        self.sudo()._set(dict.fromkeys(given, False))

    # Until the next step was taken

    def action_take_back(self, reason=None):
        """Take the last decision of one's own review back, for a reason."""
        for application in self:
            first = application.second_review == "pending"
            application._step("take_back_first" if first else "take_back_second", reason)

    # 補件中

    def action_ask_supplement(self, text=None, deadline=None):
        """要求補件: tell the student what to hand in and until when."""
        for application in self:
            application._step("ask_supplement", text, deadline)

    def action_supplement_received(self):
        """補件已收."""
        for application in self:
            application._step("supplement_received")

    def action_withdraw_supplement(self, reason=None):
        """Take the request back, for a reason."""
        for application in self:
            application._step("withdraw_supplement", reason)

    def _supplement_is_open(self):
        self.ensure_one()
        return bool(self.supplement_requested_on and not self.supplement_received_on)
