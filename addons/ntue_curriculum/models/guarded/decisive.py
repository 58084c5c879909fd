from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

from ...labels import trimmed
from ...languages import as_kept
from .handed_over import check_still_theirs
from .registered import VALUES, canonical

_REASON = "ntue_change_reason"


class _Because(str):
    """A reason in the context that no remote call can send: what comes from outside is JSON."""


def because(reason):
    """The keys of a context under which the system's own code says why it changes something."""
    return {_REASON: _Because(reason)}


class Decided(NamedTuple):
    """What a field says: ``value`` to compare, ``text`` for people.

    The value is one of JSON, and the same for every reader and language: of records their
    numbers, of a selection its key.
    """

    value: object
    text: str


class Decisive(models.AbstractModel):
    """Records that decide who may see or do something: programs, departments, terms and others.

    A change of what decides needs a reason and is entered in the register. A user who changes such
    a record has to be the one who may do so before and after the change: nobody
    takes a record over, nor hands one away.
    """

    _name = "ntue.decisive"
    _description = "Decides who may see or do something"

    _not_deciding = frozenset()
    """Fields that only say something to people; every other stored field decides."""

    change_reason = fields.Char(
        string="Reason of the change",
        store=False,
        copy=False,
        help="Say why you change what decides who may see or do something; it is kept with the "
        "change.",
    )

    @api.model
    def _deciding(self):
        """Names of the fields that decide: all but those that ``_not_deciding`` names."""
        return {
            name
            for name, field in self._fields.items()
            if field.store
            and name not in self._not_deciding
            and name not in models.MAGIC_COLUMNS
            and field.type != "one2many"  # rows are records of their own
            and not getattr(field, "translate", False)  # words
            and (not field.compute or not field.readonly)
        }

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        reasons = [self._reason_in(vals) for vals in vals_list]
        records = super().create(vals_list)
        records._enter(
            {**record._entered("created"), "changes": record._all_decided("now"), "reason": reason}
            for record, reason in zip(records, reasons, strict=True)
            if record._is_creation_recorded()
        )
        return records

    def write(self, vals):
        vals = dict(vals)
        reason = self._reason_in(vals)
        names = sorted(self._deciding() & set(vals))
        before = {record: record._decided_values(names) for record in self}
        result = super().write(vals)
        check_still_theirs(
            self,
            self.env._(
                "After this change the record would belong to another division. Ask the "
                "registrar of that division, or somebody who is registrar of both."
            ),
        )
        entries = [
            {**record._entered("changed"), "changes": changes, "reason": reason}
            for record, values in before.items()
            if (changes := record._changed_since(values))
        ]
        if entries and not reason and not self.env.su:
            names = (name for entry in entries for name in entry["changes"][VALUES])
            raise UserError(self._reason_missing(dict.fromkeys(names)))
        self._enter(entries)
        return result

    def unlink(self):
        gone = [
            {**record._entered("deleted"), "changes": record._all_decided("before")}
            for record in self
        ]
        result = super().unlink()
        self._enter(gone)
        return result

    def _is_creation_recorded(self):
        """Whether that this record was made is a change of what decides; a hook."""
        self.ensure_one()
        return True

    @api.model
    def _reason_in(self, vals):
        """The reason that is given with ``vals``, which are left without it."""
        reason = vals.pop("change_reason", None)
        if self.env.su:
            given = self.env.context.get(_REASON)
            reason = reason or (isinstance(given, _Because) and given)
        return trimmed(reason) or False

    @api.model
    def _reason_missing(self, names):
        labels = self.fields_get(list(names), ["string"])
        return self.env._(
            "Say in “Reason of the change” why this is changed, then save: %s.",
            format_list(self.env, [labels[name]["string"] for name in names]),
        )

    def _entered(self, action):
        """What an entry says of the record itself, past the reader's rights and cache."""
        self.ensure_one()
        label = as_kept(self.sudo()).display_name or f"{self._name} {self.id}"
        return {"model": self._name, "record": self.id, "action": action, "label": label}

    def _changed_since(self, before):
        """Text before and now of each field whose ``Decided`` is another than ``before``."""
        self.ensure_one()
        now = self._decided_values(list(before))
        changed = [name for name in now if before[name].value != now[name].value]
        if not changed:
            return {}
        texts = {name: [before[name].text, now[name].text] for name in changed}
        return {**texts, VALUES: {name: now[name].value for name in changed}}

    def _all_decided(self, when):
        """The text of every field that decides and says something, as all there is ``when``.

        ``now``: nothing before; with the values, those that say nothing too, so that nobody
        fills one in unnoticed. ``before``: nothing now.
        """
        values = self._decided_values(sorted(self._deciding()))
        texts = {name: decided.text for name, decided in values.items() if decided.text}
        if when == "before":
            return {name: [text, None] for name, text in texts.items()}
        pairs = {name: [None, text] for name, text in texts.items()}
        return {**pairs, VALUES: {name: decided.value for name, decided in values.items()}}

    def _decided_values(self, names):
        """``Decided`` by field name, for the fields ``names`` as they are now."""
        self.ensure_one()
        record = as_kept(self.sudo().with_context(active_test=False))
        return {name: record._decided_value(name) for name in names}

    @api.model
    def _is_registered(self, name):
        """Whether the register has what the field says."""
        return name in self._deciding()

    def _as_registered(self, name):
        """The value of a field as the register has it."""
        return self._decided_values([name])[name].value

    def _must_be_registered(self):
        """The records that were not made without an entry."""
        return self.search([]).filtered(lambda record: record._is_creation_recorded())

    def _enter_as_it_is(self, reason):
        self._enter(
            {
                **record._entered("created"),
                "changes": record._all_decided("now"),
                "reason": reason,
            }
            for record in self
        )

    def _decided_value(self, name):
        field, value = self._fields[name], self[name]
        if not field.relational:
            text = str(field.convert_to_export(value, self) or "")
            return Decided((value or "") if field.type == "selection" else text, text)
        value = value.sorted("id")
        users = value._name == "res.users"
        named = [f"{row.name} ({row.login})" if users else row.display_name for row in value]
        return Decided(value.ids, format_list(self.env, named))

    @api.model
    def _enter(self, entries):
        """Enter ``entries`` in the register, each with its ``changes`` as a dictionary."""
        rows = [{**entry, "changes": canonical(entry["changes"])} for entry in entries]
        if rows:
            self.env["ntue.register.entry"].sudo().create(rows)
