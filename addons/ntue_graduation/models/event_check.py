"""Whether the log is as it was written: the chain, its snapshots, and where applications stand."""

import hashlib

from odoo import api, models
from odoo.tools import SQL

from .. import log_chain
from ..log_chain import Content, Entry, Kind
from .event_guard import MARKS

AT_ONCE = 5000

_ENTRIES = """
    SELECT number, application_id, action, user_id, happened_at, position_from, position_to,
           reason, snapshot_hash, previous_hash, entry_hash
      FROM ntue_graduation_event ORDER BY number, id
"""
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
    def _check_log(self, noted=None):
        """Sentences on everything that is wrong with the log; none when it is as written."""
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT number, entry_hash FROM %s", SQL.identifier(MARKS)))
        marks = self.env.cr.fetchall()
        findings = log_chain.check(self._entries(), marks, noted)
        return [
            *map(self._finding_text, findings),
            *self._check_snapshots(),
            *self._check_orphans(),
            *self._check_stands(),
        ]

    @api.model
    def _entries(self):
        """Every entry as it is stored, in order."""
        self.env.cr.execute(_ENTRIES)
        while rows := self.env.cr.fetchmany(AT_ONCE):
            for number, application, action, user, moment, *texts in rows:
                source, target, reason, snapshot, previous, known = (text or "" for text in texts)
                content = Content(
                    application,
                    action,
                    user,
                    moment.isoformat(" "),
                    source,
                    target,
                    reason,
                    snapshot,
                )
                yield Entry(number, content, previous, known)

    @api.model
    def _finding_text(self, finding):
        number, other = finding.number, finding.other
        match finding.kind:
            case Kind.ALTERED:
                return self.env._("Entry %s was altered.", number)
            case Kind.MOVED:
                return self.env._(
                    "Entry %(number)s was moved: what it says was written as entry %(other)s.",
                    number=number,
                    other=other,
                )
            case Kind.REMOVED if number == other:
                return self.env._("Entry %s was removed.", number)
            case Kind.REMOVED:
                return self.env._(
                    "Entries %(number)s to %(other)s were removed.", number=number, other=other
                )
            case Kind.INSERTED:
                return self.env._(
                    "Entry %s was inserted from outside of the product: it has no mark.", number
                )
            case Kind.UNLINKED:
                return self.env._("Entry %s does not follow the one before it.", number)
            case Kind.MARKED:
                return self.env._(
                    "Entry %s has another hash than its mark: one of them was altered.", number
                )
            case Kind.REPLACED:
                return self.env._(
                    "Entry %s was written more than once: earlier entries were removed before it.",
                    number,
                )
            case Kind.NOT_AS_NOTED:
                return self.env._("Entry %s does not have the hash that was noted.", number)

    @api.model
    def _check_snapshots(self):
        self.env.cr.execute(_SNAPSHOTS)
        for number, snapshot, known in self.env.cr.fetchall():
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
