"""The guards that ``workflow`` names: each returns a sentence on what to do, or nothing."""

import logging

from odoo import fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.degree_audit import Reading, TickNotAllowed
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.addons.ntue_curriculum.wording.limits import tick_problems
from odoo.addons.ntue_curriculum.wording.missing import missing_for_reviewers
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

_logger = logging.getLogger(__name__)


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    is_paperless = fields.Boolean(related="department_id.is_paperless", related_sudo=False)

    def _unmet(self, guards):
        """The guards in ``guards`` that do not hold, in their order, with their sentences."""
        self.ensure_one()
        found = {name: getattr(self, f"_guard_{name}")() for name in guards}
        return {name: sentence for name, sentence in found.items() if sentence}

    def _problems(self, guards):
        """The sentences of all guards in ``guards`` that do not hold."""
        return list(self._unmet(guards).values())

    def _check_guards(self, guards):
        """UserError with every reason at once, when any guard does not hold."""
        unmet = self._unmet(guards)
        if unmet:
            self._note_refusal(*unmet)
            raise UserError("\n".join(unmet.values()))

    def _note_refusal(self, *reasons):
        """One line in the server's log: who was refused what, in numbers and guards' names."""
        _logger.info(
            "user %s refused on application %s: %s", self.env.uid, self.id, ", ".join(reasons)
        )

    # Of the student

    def _guard_window_open(self):
        today = taipei_today()
        deadline = self.told_deadline
        if self.window_id._is_open_on(today) or (deadline and today <= deadline):
            return None
        if self.student_id._permits_in_force()._keep_open(self.window_id):  # D13
            return None
        return self.env._(
            "Applications were taken from %(first)s to %(last)s. "
            "Ask the assistant of your department what can still be done.",
            first=roc_date(self.window_id.date_open),
            last=roc_date(deadline or self.window_id.date_close),
        )

    def _guard_draft_saved(self):
        if not self.saved_at:
            return self.env._("Save the draft and look at its slip first, then submit.")
        return None

    def _guard_profile_complete(self):
        return "\n".join(self.student_id._diploma_problems(self.term_id).values()) or None

    def _guard_ticks_allowed(self):
        ticks = self.sudo().tick_ids
        if any(tick.student_id != self.student_id for tick in ticks):
            return self._foreign_tick_sentence()
        try:
            self._audit(strict=True)
        except TickNotAllowed:
            return self.env._(
                "A ticked course cannot count as flexible credits. Reload the page: "
                "courses that can be ticked have a box before them."
            )
        return None

    def _foreign_tick_sentence(self):
        return self.env._("A ticked course is not yours. Reload the page and tick again.")

    def _guard_flexible_rules_hold(self):
        return (
            "\n".join(tick_problems(self.env, self.student_id.curriculum_id, self._audit())) or None
        )

    def _guard_shortfall_acknowledged(self):
        result = self._audit()
        if result.met or not result.ticks_allowed:  # the latter is told by its own guard
            return None
        if self.program_id.shortfall_policy == "block":
            return self.env._(
                "Your program takes applications only when the requirements are met, "
                "courses in progress included. See your study progress for what is missing."
            )
        if not self.shortfall_acknowledged:
            return self.env._(
                "Something is still missing (see your study progress). Confirm that you know "
                "this, then submit."
            )
        return None

    # Of the reviewers

    def _guard_not_own(self):
        if self.student_id.sudo().partner_id == self.env.user.partner_id:
            return self.env._("Nobody reviews their own application. Ask a colleague.")
        return None

    def _awaits_paper(self):
        """Whether the signed slip is still to come; a department may do without it (D27)."""
        return not self.paper_received_on and not self.department_id.is_paperless

    def _guard_paper_received(self):
        if self._awaits_paper():
            return self.env._("Record the day on which the signed slip was handed in.")
        return None

    def _guard_rows_decided(self):
        open_rows = self.line_ids.filtered(lambda row: row.ticked and row.decision == "pending")
        if open_rows:
            return self.env._("Decide on: %s.", format_list(self.env, open_rows.mapped("name")))
        return None

    def _guard_checked_by_hand(self):
        if self.student_id.reference_only and not self.hand_checked:
            return self.env._(
                "The classification of this entry year is for reference only. "
                "Check the courses by hand and tick “Checked by hand”."
            )
        return None

    def _guard_reason_given(self):
        if not (self.review_reason or "").strip():
            return self.env._("Give a reason; the student will read it.")
        return None

    def _guard_return_deadline_given(self):
        if not self.return_deadline or self.return_deadline < taipei_today():
            return self.env._("Give a day until which the student may submit again.")
        return None

    def _guard_step_reason_given(self):
        if not (self.step_reason or "").strip():
            return self.env._("Say why; it is kept in the log.")
        return None

    def _guard_step_deadline_given(self):
        if not self.step_deadline or self.step_deadline < taipei_today():
            return self.env._("Give a day, today or later, until which it is needed.")
        return None

    def _guard_no_supplement_open(self):
        if self._supplement_is_open():
            return self.env._(
                "The supplement asked for on %s is still open. Mark it as received, or take the "
                "request back.",
                roc_date(self.supplement_requested_on),
            )
        return None

    def _guard_supplement_open(self):
        if not self._supplement_is_open():
            return self.env._("No supplement is being waited for.")
        return None

    def _guard_nothing_in_progress(self):
        result = self._audit(final=False)
        names = [
            row.name
            for row in self.env["ntue.enrollment"].browse(
                outcome.key for outcome in result.enrolments if outcome.in_progress
            )
        ]
        if names:
            return self.env._("Not graded yet: %s.", format_list(self.env, names))
        return None

    def _guard_final_audit_met(self):
        if (self.override_reason or "").strip():
            return None
        if self._guard_nothing_in_progress():
            return None  # told there: one only has to wait
        result = self._audit(final=True)
        if result.met:
            return None
        sentences = self._missing_in(result)
        sentences.append(
            self.env._("Hand it back, or give an override reason if it shall pass all the same.")
        )
        return " ".join(sentences)

    def _missing_in(self, result):
        """What an audit misses, a sentence each, for reviewers; empty when it is met."""
        return missing_for_reviewers(self.env, result)

    # Of the system

    def _guard_leave_passed(self):
        if self.window_id.date_leave >= taipei_today():
            return self.env._("The final leaving date has not passed yet.")
        return None

    def _audit(self, final=False, strict=False):
        """The audit of this application: its own ticks and decisions, no other term's.

        Until the first review has passed, what was decided so far counts as if it held.
        A tick that may not be ticked any more (the course failed meanwhile, or was
        mapped) counts nowhere; ``strict`` raises ``TickNotAllowed`` instead.
        """
        _case, result = self._case_and_audit(final, strict)
        return result

    def _case_and_audit(self, final=False, strict=False):
        """``_audit`` with the student's ``Case`` for this application: ``(case, result)``."""
        self.ensure_one()
        pending = self._pending_decisions()
        case = self.student_id._case(self.term_id, pending)
        ticks = self._ticks_beside(pending)
        reading = Reading.FINAL if final else Reading.EXPECTED
        return case, case.audit(ticks if strict else case.allowed(ticks), reading)

    def _ticks_beside(self, pending):
        """Keys of the ticks that nobody has decided on, ``pending`` decisions included."""
        if self.first_review == "passed":
            return frozenset()
        settled = {decision.enrolment for decision in pending}
        return frozenset(self.tick_ids._origin.ids) - settled
