"""Whether a chain is as it was written, in sentences."""

from odoo import api, models
from odoo.tools import SQL

from ... import log_chain, log_key
from ...log_chain import Entry, FaultKind
from .chain_guard import TOMBSTONE, is_kept_by_another_role, marks_of

AT_ONCE = 5000


class ChainedCheck(models.AbstractModel):
    """Whether a chain is as it was written."""

    _name = "ntue.chained.check"
    _description = "Check of a chain"

    @api.model
    def _check_log(self, noted=None):
        """Sentences on everything that is wrong; none when it is as written.

        ``noted``: hashes by number that were kept outside of the database.
        """
        self.env.flush_all()
        marks = marks_of(self.env.cr, self._table)
        self.env.cr.execute(SQL("SELECT number, entry_hash FROM %s", marks))
        found, ended = self.env.cr.fetchall(), self._ended(self.env.cr)
        findings = log_chain.check(self._entries(), found, noted, log_key.keys(), ended)
        return [
            *map(self._finding_text, findings),
            *self._check_erased_texts(),
            *self._check_used(bool(findings)),
        ]

    @api.model
    def _check_notices(self):
        """What is nobody's fault and should be known: sentences."""
        notices = []
        if not log_key.sealing():
            notices.append(
                self.env._(
                    "New entries are not sealed: this server has no key. Anyone who can "
                    "write to the database could make the whole log anew. See “The log” in the "
                    "README."
                )
            )
        if not is_kept_by_another_role(self.env.cr, self._table):
            notices.append(
                self.env._(
                    "The marks belong to the role of the application itself: give them to "
                    "another one with tools/keep_marks.sql."
                )
            )
        number, _known = self._ended(self.env.cr)
        if number:
            parameter = self.env["ir.config_parameter"].sudo().get_param(TOMBSTONE + self._table)
            notices.append(
                self.env._(
                    "An earlier log ended with entry %(number)s when it was uninstalled (%(text)s);"
                    " compare the export that was made of it.",
                    number=number,
                    text=parameter,
                )
            )
        return notices

    @api.model
    def _check_used(self, log_is_broken=False):  # noqa: ARG002
        """Sentences on what the entries and the records they tell of disagree about; a hook."""
        return ()

    @api.model
    def _entries(self, number=None):
        """Every entry as it is stored, in order; or the one of this number."""
        columns = ("number", "previous_hash", "entry_hash", "salts", "commitments")
        names = SQL(", ").join(map(SQL.identifier, (*columns, *self._content_columns)))
        only = SQL("WHERE number = %s", number) if number else SQL()
        query = SQL(
            "SELECT %s FROM %s %s ORDER BY number, id", names, SQL.identifier(self._table), only
        )
        rests = self._rests()
        self.env.cr.execute(query)
        while rows := self.env.cr.fetchmany(AT_ONCE):
            for place, previous, known, salts, committed, *values in rows:
                content = self._content_of(dict(zip(self._content_columns, values, strict=True)))
                entry = Entry(place, content, previous or "", known or "")
                yield self._with_texts(entry, salts, committed, rests.get(place))

    @api.model
    def _finding_text(self, finding):
        number, other = finding.number, finding.other
        if finding.kind is FaultKind.MOVED:
            return self.env._(
                "Entry %(number)s was moved: what it says was written as entry %(other)s.",
                number=number,
                other=other,
            )
        if finding.kind is FaultKind.REMOVED and number != other:
            return self.env._(
                "Entries %(number)s to %(other)s were removed.", number=number, other=other
            )
        if finding.kind is FaultKind.NOT_VERIFIED:
            return self.env._(
                "%(count)s entries from entry %(number)s on are sealed with a key that this "
                "server does not have: nobody can say whether they are as written. Start it with "
                "that key in NTUE_LOG_KEY.",
                count=other,
                number=number,
            )
        return self._sentence_of(finding.kind) % number

    @api.model
    def _sentence_of(self, kind):
        """What is content of one entry, with the place for its number."""
        _ = self.env._
        return {
            FaultKind.ALTERED: _("Entry %s was altered."),
            FaultKind.REMOVED: _("Entry %s was removed."),
            FaultKind.INSERTED: _(
                "Entry %s was inserted from outside of the product: it has no mark."
            ),
            FaultKind.UNLINKED: _("Entry %s does not follow the one before it."),
            FaultKind.MARKED: _(
                "Entry %s has another hash than its mark: one of them was altered."
            ),
            FaultKind.REPLACED: _(
                "Entry %s was written more than once: earlier entries were removed before it."
            ),
            FaultKind.BACKDATED: _("Entry %s is dated before the entry before it."),
            FaultKind.UNSEALED: _(
                "Entry %s is not sealed although this log has a key: it was written before the "
                "key was set and nothing since, or by somebody without the key. Compare a head "
                "that was noted."
            ),
            FaultKind.NOT_AS_NOTED: _("Entry %s does not have the hash that was noted."),
        }[kind]
