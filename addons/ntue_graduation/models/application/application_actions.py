"""The buttons, and which of them are open to whom."""

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.exceptions import UserError

from ... import workflow


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    # Buttons: each is one write, so that a remote call gains nothing by avoiding them.

    def action_submit(self):
        """送出申請. Harmless when it has been submitted already (double click)."""
        for application in self:
            if application.state == "draft":
                application.write({"state": "submitted", "first_review": "pending"})

    def action_receive_paper(self):
        """已收紙本, today."""
        self.write({"paper_received_on": taipei_today()})

    def action_pass_first(self):
        """初審通過."""
        self.write({"first_review": "passed"})
        return self._next_on_desk()

    def action_fail_first(self):
        """初審不通過."""
        self.write({"first_review": "failed"})

    def action_return(self):
        """退回修正, back to the student's draft with a deadline (D11, D12)."""
        self.write({"state": "draft", "first_review": "returned"})

    def action_hand_back(self):
        """Hand back to the department's assistant."""
        self.write({"first_review": "pending"})

    def action_pass_second(self):
        """複審通過."""
        self.write({"second_review": "passed"})
        return self._next_on_desk()

    def action_fail_second(self):
        """複審不通過."""
        self.write({"second_review": "failed"})

    def action_complete(self):
        """完成離校: the last step, at leaving (184)."""
        self.write({"state": "completed"})

    def _lapse_overdue(self):
        """已失效 for what was not completed by the final leaving date (D31); a cron."""
        overdue = self.search(
            [
                ("state", "in", ("draft", "submitted")),
                ("window_id.date_leave", "<", taipei_today()),
            ]
        )
        for application in overdue:
            application.write({"state": "lapsed"})

    def _open_transition(self, action):
        """The transition ``action`` where it is open to the user, guards aside; else None."""
        self.ensure_one()
        transitions = workflow.open_actions(self._position(), self._roles())
        return next((row for row in transitions if row.action == action), None)

    def _offers(self, action):
        """Whether ``action`` is open to the user here, guards aside: what a button asks."""
        return self._open_transition(action) is not None

    def _missing_for(self, action):
        """What is missing before ``action``: sentences; UserError if it is not open at all."""
        transition = self._open_transition(action)
        if transition is None:
            raise UserError(self._refusal(self._position()))
        return self._problems(self._guards_of(transition))
