"""Asking the guards of a step, and the audit that they ask."""

import logging

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.degree_audit import Reading
from odoo.exceptions import UserError

from ...cases import case_of, held
from ...steps.registry import GUARDS

_logger = logging.getLogger(__name__)


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    is_paperless = fields.Boolean(related="department_id.is_paperless", related_sudo=False)

    @api.model
    def _guards_of(self, transition):
        """Names of the guards of a row of the table, in order; for other addons to extend."""
        return transition.guards

    @api.model
    def _effects_of(self, transition):
        """Names of the effects of a row of the table, in order; for other addons to extend."""
        return transition.effects

    def _unmet(self, guards):
        """The guards in ``guards`` that do not hold, in their order, with their sentences."""
        self.ensure_one()
        with held(self.env):
            found = {name: GUARDS[name](self) for name in guards}
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

    def _awaits_paper(self):
        """Whether the signed slip is still to come; a department may do without it (D27)."""
        return not self.paper_received_on and not self.department_id.is_paperless

    def _audit(self, final=False, strict=False):
        """The audit of this application: its own ticks and decisions, no other term's.

        Until the first review has passed, what was decided so far counts as if it held.
        A tick that may not be ticked any more (the course failed meanwhile, or was
        mapped) counts nowhere; ``strict`` raises ``TickNotAllowed`` instead.
        """
        _case, result = self._case_and_audit(final, strict)
        return result

    def _case_and_audit(self, final=False, strict=False):
        """``_audit`` with the student's ``Case`` for this application: ``(case, result)``.

        However often a request asks, the engine works once (``cases``).
        """
        self.ensure_one()
        pending = self._pending_decisions()
        case = case_of(self.env, self.student_id, self.term_id, pending)
        ticks = self._ticks_beside(pending)
        reading = Reading.FINAL if final else Reading.EXPECTED
        return case, case.audit(ticks if strict else case.allowed(ticks), reading)

    def _ticks_beside(self, pending):
        """Keys of the ticks that nobody has decided on, ``pending`` decisions included."""
        if self.first_review == "passed":
            return frozenset()
        settled = {decision.enrolment for decision in pending}
        return frozenset(self.tick_ids._origin.ids) - settled
