"""Two people at one application: the second waits for the first and is told what happened."""

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.roc import roc_minute
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import workflow
from ...workflow import Role


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _enter(self):
        """Whoever may write here now does so alone; AccessError or UserError for others.

        Waits for whoever is at it. If they changed it meanwhile, the database refuses the
        lock, Odoo tries the whole request again, and that one meets the new state.
        """
        self.ensure_one()
        if not self.has_access("write") and (told := self._told_of_return()):
            raise UserError(told)
        self.check_access("write")
        self._wait_turn()

    def _wait_turn(self):
        """Let whoever changes this application end first: a second click, another tab.

        If they changed it, PostgreSQL refuses, and Odoo repeats the request: it then
        sees what they did. ``lock_for_update`` would refuse at once instead.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id = %s FOR UPDATE",
                SQL.identifier(self._table),
                self.id,
            ),
            log_exceptions=False,
        )

    def _refusal(self, position, *reasons):
        sentence = super()._refusal(position, *reasons)
        if position.state == "draft":
            return sentence
        return "\n".join(filter(None, (self._last_step_told(), sentence)))

    def _told_of_return(self):
        """Who returned it and when, for reviewers who had it open; it is a draft again.

        It says nothing of the draft and names nobody but the reviewer.
        """
        lent = self.sudo()
        if not lent.exists() or lent._position() != workflow.RETURNED:
            return None
        return self._last_step_told()

    def _check_not_taken_by_another(self):
        """UserError when somebody else was faster with this very step; one's own is harmless."""
        event = self._last_step()
        if event and event.user_id != self.env.user:
            raise UserError(self._refusal(self._position()))

    def _last_step(self):
        """The event of the last step, for reviewers of this application; else nothing."""
        events = self.sudo().event_ids
        if not self._roles() & {Role.ASSISTANT, Role.REGISTRAR}:
            return events.browse()
        actions = {row.action for row in workflow.TRANSITIONS}
        return events.filtered(lambda row: row.action in actions)[-1:]

    def _last_step_told(self):
        """Who took the last step and when; None for whoever is no reviewer of it."""
        event = self._last_step()
        if not event:
            return None
        steps = dict(event._fields["action"]._description_selection(self.env))
        moment = taipei_time(event.happened_at)
        return self.env._(
            "%(step)s: %(who)s, %(when)s.",
            step=steps[event.action],
            who=event.user_id.name,
            when=roc_minute(moment),
        )
