"""Whether the log and what it tells of agree: snapshots, and where applications stand."""

import hashlib
from datetime import timedelta

from odoo import api, models
from odoo.addons.ntue_curriculum.clock import taipei_day

_SNAPSHOTS = """
    SELECT event.number, event.snapshot, event.snapshot_hash, student.id,
           student.identity_erased_on IS NOT NULL, term.date_leave
      FROM ntue_graduation_event event
      LEFT JOIN ntue_graduation_application application ON application.id = event.application_id
      LEFT JOIN ntue_student student ON student.id = application.student_id
      LEFT JOIN ntue_graduation_window term ON term.id = application.window_id
     WHERE event.action = 'submit' OR event.snapshot IS NOT NULL
        OR event.snapshot_hash IS NOT NULL
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


class EventCheck(models.AbstractModel):
    """The part of the log that compares it with where applications are; see ``event``."""

    _name = "ntue.graduation.event.check"
    _description = "Log of applications: check"

    @api.model
    def _check_used(self, log_is_broken=False):  # noqa: ARG002
        return [*self._check_snapshots(), *self._check_orphans(), *self._check_stands()]

    @api.model
    def _check_snapshots(self):
        self.env.cr.execute(_SNAPSHOTS)
        rows, emptied = self.env.cr.fetchall(), self._emptied()
        erased = self.env["ntue.register.entry"]._erased_students()
        texts = self.env["ntue.graduation.event"]._erased_texts()
        for number, snapshot, known, student, is_erased, leave in rows:
            if not snapshot and number in emptied:
                on_request = is_erased and student in erased
                on_request = on_request or "reason" in texts.get(number, ())
                if not on_request and not self._was_due(leave, emptied[number]):
                    yield self.env._(
                        "The snapshot of entry %s was emptied, but neither was its time over nor "
                        "the student's name erased.",
                        number,
                    )
            elif not snapshot:
                yield self.env._("The snapshot of entry %s is gone.", number)
            elif hashlib.sha256(snapshot.encode()).hexdigest() != known:
                yield self.env._("The snapshot of entry %s was altered.", number)

    @api.model
    def _was_due(self, leave, emptied_at):
        """Whether on that day a snapshot was as old as any rule asks for at least."""
        least = self.env["ntue.retention"]._kind("snapshots").least
        return bool(leave) and leave + timedelta(days=least) <= taipei_day(emptied_at)

    @api.model
    def _check_orphans(self):
        self.env.cr.execute(_ORPHANS)
        for (number,) in self.env.cr.fetchall():
            yield self.env._("The application of entry %s is gone.", number)

    @api.model
    def _check_stands(self):
        """Applications that are elsewhere than where their last entry left them."""
        self.env.cr.execute(_STANDS)
        for application, *position, number, target in self.env.cr.fetchall():
            if number is None:
                yield self.env._("Application %s was submitted, but has no entry.", application)
            elif "/".join(position) != target:
                yield self.env._(
                    "Application %(application)s is elsewhere (%(position)s) than where "
                    "entry %(number)s left it (%(target)s).",
                    application=application,
                    position="/".join(position),
                    number=number,
                    target=target,
                )
