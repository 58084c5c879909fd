"""Whether the log and what it tells of agree: snapshots, and where applications stand."""

import hashlib

from odoo import api, models

_SNAPSHOTS = """
    SELECT number, snapshot, snapshot_hash FROM ntue_graduation_event
     WHERE action = 'submit' OR snapshot IS NOT NULL OR snapshot_hash IS NOT NULL
"""
_STANDS = """
    SELECT application.id, application.state, application.first_review, application.second_review,
           last.number, last.position_to
      FROM ntue_graduation_application application
      LEFT JOIN LATERAL (
            SELECT number, position_to FROM ntue_graduation_event event
             WHERE event.application_id = application.id ORDER BY number DESC LIMIT 1
           ) last ON TRUE
     WHERE application.submitted_at IS NOT NULL OR last.number IS NOT NULL
     ORDER BY application.id
"""
_ORPHANS = """
    SELECT number FROM ntue_graduation_event event WHERE NOT EXISTS (
        SELECT FROM ntue_graduation_application application
         WHERE application.id = event.application_id
    ) ORDER BY number
"""


class GraduationEvent(models.Model):
    _inherit = "ntue.graduation.event"

    @api.model
    def _check_used(self, log_is_broken=False):  # noqa: ARG002
        return [*self._check_snapshots(), *self._check_orphans(), *self._check_stands()]

    @api.model
    def _check_snapshots(self):
        self.env.cr.execute(_SNAPSHOTS)
        rows, emptied = self.env.cr.fetchall(), self._emptied()
        for number, snapshot, known in rows:
            if not snapshot and number in emptied:
                continue
            if not snapshot:
                yield self.env._("The snapshot of entry %s is gone.", number)
            elif hashlib.sha256(snapshot.encode()).hexdigest() != known:
                yield self.env._("The snapshot of entry %s was altered.", number)

    @api.model
    def _check_orphans(self):
        self.env.cr.execute(_ORPHANS)
        for (number,) in self.env.cr.fetchall():
            yield self.env._("The application of entry %s is gone.", number)

    @api.model
    def _check_stands(self):
        """Applications that stand elsewhere than where their last entry left them."""
        self.env.cr.execute(_STANDS)
        for application, *position, number, target in self.env.cr.fetchall():
            if number is None:
                yield self.env._("Application %s was submitted, but has no entry.", application)
            elif "/".join(position) != target:
                yield self.env._(
                    "Application %(application)s stands elsewhere (%(position)s) than where "
                    "entry %(number)s left it (%(target)s).",
                    application=application,
                    position="/".join(position),
                    number=number,
                    target=target,
                )
