"""Texts of entries that name people: salted when they are written, and taken out by law.

The entry stays with who, when and what; the chain stays as it was (``log_commitment``). Each
erasure is an entry of the register: whose, which texts of which entries, by whom and why.
"""

import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import log_chain, log_commitment, log_key
from ...clock import taipei_time
from ...days import minute_text
from ...groups import STAFF
from ...log_commitment import BETWEEN_NAMES
from .chain_guard import erasing_in

_ERASURES = """
    SELECT entry.number, entry.happened_at, entry.actor, entry.reason
      FROM ntue_register_entry entry
     WHERE entry.number IN %s AND entry.action = 'erased'
"""


class ChainedErasing(models.AbstractModel):
    """The part of a chain about texts that may be taken out; see ``chained``."""

    _name = "ntue.chained.erasing"
    _description = "Erasing of texts of a chain"

    salts = fields.Text(groups=fields.NO_ACCESS, help="Of each text that is there, as JSON.")
    commitments = fields.Text(groups=fields.NO_ACCESS, help="To each text, as JSON.")
    erased_entry = fields.Integer(
        string="Entry of the erasure",
        readonly=True,
        aggregator=None,
        groups=STAFF,
        help="Number of the register's entry that says so.",
    )
    erased_text = fields.Char(
        compute="_compute_erased_text",
        groups=STAFF,
        string="Erased",
        help="When texts of this entry were erased, by whom and why.",
    )

    @api.depends("erased_entry")
    @api.depends_context("lang")
    def _compute_erased_text(self):
        # Of the entry as it is kept: a form may say anything of it.
        numbers = tuple(filter(None, self._origin.mapped("erased_entry")))
        found = {}
        if numbers:
            self.env.cr.execute(_ERASURES, [numbers])
            found = {number: values for number, *values in self.env.cr.fetchall()}
        for entry in self:
            values = found.get(entry._origin.erased_entry)
            entry.erased_text = values and self._erased_sentence(*values)

    @api.model
    def _erased_sentence(self, moment, actor, reason):
        values = {"when": minute_text(self.env, taipei_time(moment)), "who": actor or "–"}
        if not reason:
            return self.env._("Erased on %(when)s by %(who)s", **values)
        return self.env._("Erased on %(when)s by %(who)s: %(reason)s", reason=reason, **values)

    # Writing and reading

    @api.model
    def _salted(self, content):
        """Salts and commitments of a new entry, as columns."""
        texts = content._asdict()
        salts = {name: secrets.token_hex(log_commitment.SALT_BYTES) for name in self._texts}
        committed = log_commitment.commitments(texts, salts)
        return {
            "salts": log_commitment.written(salts),
            "commitments": log_commitment.written(committed),
        }

    @api.model
    def _with_texts(self, entry, salts, committed, rest):
        """``entry`` with what says whether its texts are those that were written."""
        if committed is None:
            if rest is None:
                return entry
            left = log_commitment.rest(entry.number, entry.previous, entry.hash, entry.content)
            return entry._replace(rest=(rest, left))
        known = log_commitment.read(committed)
        is_opened = known.keys() == set(self._texts) and log_commitment.is_opened(
            entry.content._asdict(), log_commitment.read(salts), known
        )
        return entry._replace(commitments=known, is_opened=is_opened)

    # What the register says

    @api.model
    def _erased_texts(self):
        """Names of the columns that the register says were erased, by number of the entry."""
        found = {}
        entries = self.env["ntue.register.entry"]._figures_of_erasures(self._name, "texts")
        for _student, said, _moment in entries:
            for number, names in log_commitment.of_figure(said).items():
                found.setdefault(number, set()).update(names.split(BETWEEN_NAMES))
        return found

    @api.model
    def _rests(self):
        """The hash of what is left of an entry of before, by its number; the latest counts."""
        entries = self.env["ntue.register.entry"]._figures_of_erasures(self._name, "rests")
        found = {}
        for _student, said, _moment in entries:
            found |= log_commitment.of_figure(said)
        return found

    @api.model
    def _check_erased_texts(self):
        """Entries whose texts were taken out past the product: the register does not say so."""
        said = self._erased_texts()
        self.env.cr.execute(
            SQL(
                "SELECT number, salts FROM %s WHERE commitments IS NOT NULL ORDER BY number",
                SQL.identifier(self._table),
            )
        )
        for number, salts in self.env.cr.fetchall():
            gone = set(self._texts) - log_commitment.read(salts).keys()
            if gone - said.get(number, set()):
                yield self.env._(
                    "Texts of entry %s were erased, and the register has no entry of that.", number
                )

    # Erasing

    def _about(self):
        """The student whom one entry is about, or an empty record. The environment reads it."""
        raise NotImplementedError

    def _erasable_texts(self):
        """The columns of one entry that have a text that may be erased; a hook."""
        self.ensure_one()
        return [name for name in self._texts if self[name]]

    def _erase_texts(self, names, label, reason, student=None):
        """Take the texts in the columns ``names`` out of these entries, and enter that.

        The caller has all rights, and has asked who does it and why. UserError where an entry is
        not as it was written: somebody has to look at that first.
        """
        self.env.flush_all()
        gone = {}
        for entry in self.sorted("number"):
            found = [name for name in entry._erasable_texts() if name in names]
            if found:
                entry._check_as_written()
                gone[entry] = found
        if not gone:
            return
        register = self.env["ntue.register.entry"]
        names_of = {one.number: BETWEEN_NAMES.join(found) for one, found in gone.items()}
        figures = {"texts": log_commitment.as_figure(names_of)}
        rests = {one.number: one._rest_without(found) for one, found in gone.items()}
        if rests := {number: known for number, known in rests.items() if known}:
            figures["rests"] = log_commitment.as_figure(rests)
        register._enter_erased(label, figures, self._name, student=student, reason=reason)
        number, _known = register._last(self.env.cr)
        with erasing_in(self.env.cr, self._table):
            for entry, found in gone.items():
                entry._take_out(found, number)
        self.invalidate_recordset()

    def _as_stored(self):
        """This entry as the check reads it."""
        (entry,) = self._entries(self.number)
        return entry

    def _check_as_written(self):
        if not log_chain.is_whole(self._as_stored(), log_key.keys()):
            raise UserError(
                self.env._(
                    "Entry %s is not as it was written. Have the logs checked "
                    "(ntue_check_log) before anything is erased in them.",
                    self.number,
                )
            )

    def _rest_without(self, names):
        """The hash of what an entry of before will be left as; nothing for one with salts."""
        entry = self._as_stored()
        if entry.commitments is not None:
            return ""
        left = entry.content._replace(**dict.fromkeys(names, ""))
        return log_commitment.rest(entry.number, entry.previous, entry.hash, left)

    def _take_out(self, names, number):
        """Empty the columns ``names`` and their salts."""
        salts = log_commitment.read(self.salts)
        left = {name: salt for name, salt in salts.items() if name not in names}
        empty = [
            SQL("%s = %s", SQL.identifier(name), "" if self._fields[name].required else None)
            for name in names
        ]
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET salts = %s, erased_entry = %s, %s WHERE id = %s",
                SQL.identifier(self._table),
                log_commitment.written(left) if salts else None,
                number,
                SQL(", ").join(empty),
                self.id,
            )
        )
