"""The buttons, and what follows each step of the table."""

from odoo import fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ... import workflow
from ..log.event import frozen


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

    # What follows each step

    def _after_submit(self, transition):
        lent = self.sudo()
        snapshot, digest = lent._freeze()
        profile = self.student_id
        lent._set(
            {
                "submitted_at": fields.Datetime.now(),
                "english_name": profile.english_name,
                "email": profile.email,
                "mobile": profile.mobile,
                "snapshot_hash": digest,
                "paper_received_on": False,
                "hand_checked": False,
                "review_reason": False,
                "return_deadline": False,
            }
        )
        self._log_step(transition, snapshot=snapshot, snapshot_hash=digest)
        lent._tell_assistants()

    def _after_pass_first(self, transition):
        self._stamp("first")
        self.sudo()._forget_assistants()
        self._recognise()
        self._log_step(transition)
        self._tell_student(self.env._("Your first review has passed."))

    def _after_fail_first(self, transition):
        self._stamp("first")
        self.sudo()._forget_assistants()
        self._log_step(transition, self.review_reason)
        self._tell_student(self.env._("Your first review has not passed: %s", self.review_reason))

    def _after_return(self, transition):
        lent = self.sudo()  # a draft again: from here on the reviewer has no rights to it
        lent._stamp("first")
        lent._set({"saved_at": False})
        lent._forget_assistants()
        lent._log_step(transition, lent.review_reason)
        lent._tell_student(
            self.env._(
                "Your application has been returned for correction: %(reason)s Please correct it "
                "and submit it again by %(day)s.",
                reason=lent.review_reason,
                day=roc_date(lent.return_deadline),
            )
        )

    def _after_hand_back(self, transition):
        self._withdraw_recognitions()
        self._log_step(transition, self.review_reason)
        self._unstamp("first")
        self.sudo()._tell_assistants()

    def _after_pass_second(self, transition):
        self._stamp("second")
        self._log_step(transition, self.override_reason, **frozen(self._grades_used()))
        self._tell_student(self.env._("Your second review has passed."))

    def _after_fail_second(self, transition):
        self._stamp("second")
        self._log_step(transition, self.review_reason)
        self._tell_student(self.env._("Your second review has not passed: %s", self.review_reason))

    def _after_complete(self, transition):
        self.sudo()._set({"completed_at": fields.Datetime.now()})
        self._log_step(transition)
        self._tell_student(self.env._("Your graduation is completed. Congratulations."))

    def _after_lapse(self, transition):
        self._log_step(transition)
        if transition.source == workflow.RETURNED:
            self.sudo()._restore_submitted()

    def _restore_submitted(self):
        """What was changed after a return and never sent is nobody else's business (I9)."""
        snapshot = self._snapshot()
        ticked = [row["enrollment"] for row in snapshot["rows"] if row["ticked"]]
        known = self.env["ntue.enrollment"].browse(ticked).exists()
        answers = self._submitted_answers(snapshot)
        self._set({"tick_ids": [fields.Command.set(known.ids)], **answers})

    def _submitted_answers(self, _snapshot):
        """The answers of a snapshot, by field; a hook for whoever asks something."""
        return {"saved_at": False}

    def _log_step(self, transition, reason=None, **extra):
        self._log(transition.action, transition.source, transition.target, reason, **extra)

    def _stamp(self, review):
        self.sudo()._set(
            {
                f"{review}_reviewed_by_id": self.env.uid,
                f"{review}_reviewed_at": fields.Datetime.now(),
            }
        )

    def _unstamp(self, review):
        """A review that goes on has neither reviewer nor reason."""
        names = (f"{review}_reviewed_by_id", f"{review}_reviewed_at")
        reasons = ("review_reason", "override_reason")
        self.sudo()._set(dict.fromkeys((*names, *reasons), False))

    def _recognise(self):
        """Turn the decisions on rows into recognitions of this term (105, D21)."""
        kinds = workflow.RECOGNISED_AS
        decisions = self.env["ntue.recognition"].with_context(clean_context(self.env.context))
        decisions.sudo().create(
            [
                {
                    "student_id": self.student_id.id,
                    "enrollment_id": row.enrollment_id.id,
                    "kind": kinds[row.decision],
                    "area_id": row.mapped_line_id.area_id.id or row.mapped_area_id.id,
                    "line_id": row.mapped_line_id.id,
                    "term_id": self.term_id.id,
                    "author_id": row.decided_by_id.id,
                    "decided_on": row.decided_at,
                    "reason": row.decision_reason,
                    "application_id": self.id,
                }
                for row in self.line_ids
                if row.decision in kinds
            ]
            + self.exception_ids._recognition_values()
        )

    # Telling people. Nothing is ever sent about a draft (I10).

    def _tell_assistants(self):
        self.ensure_one()
        self._forget_assistants()
        for user in self.department_id.assistant_ids:
            # In the list of what to do; a mail comes once a day for all of them.
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("First review: %s", self.display_name),
                user_id=user.id,
            )

    def _forget_assistants(self):
        """Take the review off the assistants' lists."""
        self.ensure_one()
        self.activity_unlink(["mail.mail_activity_data_todo"])

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
        return self._problems(transition.guards)
