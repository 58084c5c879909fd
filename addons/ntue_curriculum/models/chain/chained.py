"""Entries that are only added to: numbered, dated, signed by who acts, bound to the one before."""

from contextlib import closing

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError
from odoo.http import request
from odoo.tools.sql import table_exists

from ... import log_key
from ...log_chain import NOTHING, digest
from ...log_commitment import read
from ...log_head import parse_head
from . import chain_guard
from .chain_guard import TOMBSTONE


class Chained(models.AbstractModel):
    """Written once, changed by nobody; who and when are set here and never taken from a caller.

    All entries of a model are one chain (``log_chain``). The database refuses to change or
    delete one (``chain_guard``); ``ntue_check_log`` finds out who got round that.
    """

    _name = "ntue.chained"
    _description = "Only added to, in one chain"
    _inherit = [
        "ntue.chained.check",
        "ntue.chained.erasing",
        "ntue.chained.anchor",
        "ntue.chained.export",
    ]

    _content = None
    """The NamedTuple of ``log_chain`` that an entry is hashed as."""

    _content_columns = ()
    """The column of each of its fields, in their order."""

    _emptied_column = ""
    """The column beside the content that retention and erasure may empty, if there is one."""

    _texts = ()
    """The columns that may name people: hashed by commitments, and erased by law."""

    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    actor = fields.Char(
        readonly=True,
        help="Who it was in the school's records; not the name that people give themselves.",
    )
    happened_at = fields.Datetime(string="Happened on", required=True)
    number = fields.Integer(required=True, string="Entry number", aggregator=None)
    previous_hash = fields.Char(
        string="Hash of the entry before", help="Hash of the entry before; empty for the first."
    )
    entry_hash = fields.Char(
        string="Hash of the entry", required=True, help="Hash of this entry and the one before."
    )

    @api.private
    def init(self):
        if not self._abstract:
            chain_guard.install(self.env.cr, self._table, self._emptied_column, self._texts)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("The log writes itself; nobody adds to it."))
        chained = self._chained(vals_list)
        entries = super().create(chained)
        if chained:  # created rows are in the database at once: nothing else has to be flushed
            last = chained[-1]
            self.env.cr.precommit.data[self._table] = (last["number"], last["entry_hash"])
        return entries

    def _chained(self, vals_list):
        """The values of new entries, every field given: no default of a caller speaks in the log.

        Each gets its number and is bound to the one before. Moments never go back, whatever
        the clock of the server says.
        """
        number, previous, latest = self._head()
        key, now = log_key.sealing(), fields.Datetime.now()
        moment = max(now, latest) if latest else now
        chained = []
        for vals in vals_list:
            number += 1
            values = {
                **self._entry_values(vals),
                "user_id": self.env.uid,
                "actor": self._actor(vals),
                "happened_at": moment.replace(microsecond=0),
                "number": number,
                "previous_hash": previous or False,
            }
            content = self._content_of(values)
            salted = self._salted(content)
            previous = digest(number, content, previous, key, read(salted["commitments"]))
            chained.append({**values, **salted, "entry_hash": previous})
        return chained

    def _entry_values(self, vals):
        """The values of a model's own fields from what the product says; a hook."""
        raise NotImplementedError

    @api.model
    def _content_of(self, values):
        """What an entry with these values of columns says, as it is hashed."""
        content = []
        for name in self._content_columns:
            value = values[name]
            is_moment = name == "happened_at"
            content.append(value.isoformat(" ") if is_moment else value or "")
        return self._content(*content)

    def _student_of(self, vals):
        """The student whom a new entry is about, or an empty record; a hook."""
        raise NotImplementedError

    def _actor(self, vals):
        """Who acts, in the school's own records.

        A student is called as in the student record, staff by their sign-in besides their
        name: people change their own names. Where a session acts as somebody else it is named.
        """
        user, student = self.env.user, self._student_of(vals).sudo()
        if student and student.partner_id == user.partner_id:
            name = f"{student.student_no} {student.name}"
        else:
            name = user.name if user.id == SUPERUSER_ID else f"{user.name} ({user.login})"
        session = request and request.session.uid
        if session and session != user.id:
            through = self.env["res.users"].sudo().browse(session)
            name = self.env._(
                "%(name)s, by the session of %(login)s", name=name, login=through.login
            )
        return name

    @api.model
    def _head(self):
        """Number, hash and moment of the last entry; nobody adds another meanwhile.

        The transaction that had the lock before has committed when this one gets it, but after this
        transaction's picture of the database was taken: their entries are seen by a new
        transaction only. A head row to update would be refused by the database instead
        ("could not serialize"), and fifty students would not get through at once.
        """
        seen = self._head_seen(self.env.cr)
        if seen[:2] == self.env.cr.precommit.data.get(self._table):
            return seen  # this transaction wrote it, and has the lock since before that
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(%s::regclass::oid::bigint)", [self._table]
        )
        with closing(self.env.registry.cursor()) as now:
            if not table_exists(now, self._table):
                return seen  # this transaction makes it: an upgrade that enters something
            return max(self._head_seen(now), seen, key=lambda row: row[0])

    @api.model
    def _head_seen(self, cr):
        cr.execute(
            f"SELECT number, entry_hash, happened_at FROM {self._table}"  # noqa: S608
            " ORDER BY number DESC LIMIT 1"
        )
        return cr.fetchone() or (*self._ended(cr), None)

    @api.model
    def _ended(self, cr):
        """Number and hash with which the log ended before it was uninstalled; ``NOTHING`` else."""
        cr.execute(
            "SELECT value FROM ir_config_parameter WHERE key = %s", [TOMBSTONE + self._table]
        )
        row = cr.fetchone()
        return parse_head(row[0].split()[0]) if row else NOTHING

    @api.model
    def _chains(self):
        """Every model whose entries are a chain, the log of applications first."""
        kind = self.env.registry["ntue.chained"]
        names = sorted(
            name
            for name, model in self.env.registry.items()
            if issubclass(model, kind) and not model._abstract
        )
        return [self.env[name] for name in names]

    @api.model
    def _last(self, cr):
        """Number and hash of the last entry that ``cr`` sees."""
        return self._head_seen(cr)[:2]

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("The log is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The log is never changed."))
