"""Whether records still say what the register has of them last."""

import json

from odoo import api, models

from ...languages import as_kept
from ..guarded.registered import VALUES

AT_ONCE = 1000


def name_of(record):
    """What a finding calls a record: a setting by its key, all else by its number."""
    return record.key if record._name == "ir.config_parameter" else record.id


class RegisterCheck(models.AbstractModel):
    """Whether records still say what the register has of them."""

    _name = "ntue.register.check"
    _description = "Comparison of the register with the records"

    @api.model
    def _check_used(self, log_is_broken=False):
        """What was changed without an entry: by SQL, or with the register put to sleep."""
        if log_is_broken:
            return
        last = self._last_values()
        for model in self._registered_models():
            records = last.get(model, {})
            keys = sorted(records)
            for start in range(0, len(keys), AT_ONCE):
                part = self.env[model].sudo().browse(keys[start : start + AT_ONCE]).exists()
                part = part.with_context(active_test=False)
                yield from self._compare(part, records)
                yield from self._missing(model, set(keys[start : start + AT_ONCE]), part, records)
                self.env.invalidate_all()
            yield from self._unknown(model, records)

    @api.model
    def _registered_models(self):
        """Every model whose records are compared with their entries."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if hasattr(model, "_as_registered") and not model._abstract
        )

    @api.model
    def _last_values(self):
        """The value that each field was last changed to, by model, record and field.

        None for a record that was deleted. What was entered before a change that was erased is not
        compared any more.
        """
        self.env.cr.execute(
            "SELECT number, model, record, action, changes, erased_entry FROM ntue_register_entry"
            " ORDER BY number"
        )
        found = {}
        for number, model, record, action, changes, erased in self.env.cr.fetchall():
            records = found.setdefault(model, {})
            if action == "deleted":
                records[record] = None
                continue
            if erased and not changes:
                records[record] = {}  # which fields it was about is not known any more
                continue
            values = records.get(record) or {}
            changes = json.loads(changes or "{}")
            written = changes.pop(VALUES, None)
            if written is None:
                written = {name: new for name, (_old, new) in changes.items()}
            records[record] = values | {name: (number, new) for name, new in written.items()}
        return found

    @api.model
    def _compare(self, part, records):
        for record in part:
            for name, (number, kept) in (records[record.id] or {}).items():
                if not record._is_registered(name):
                    continue
                field, now = record._fields[name], record._as_registered(name)
                if self._compared(field, kept) != self._compared(field, now):
                    yield self.env._(
                        "%(model)s %(record)s: “%(field)s” is not what entry %(number)s of the "
                        "register says; it was changed past the product.",
                        model=record._description,
                        record=name_of(record),
                        field=name,
                        number=number,
                    )

    @api.model
    def _compared(self, field, value):
        """What of a kept value is compared: of records their numbers, not how they are called.

        Records that somebody deleted took their numbers out of every list.
        """
        if field.type == "many2one" and isinstance(value, str):
            return [int(value.split(" ", 1)[0])] if value else []
        if not field.relational:
            return value
        numbers = list(map(int, value.split())) if isinstance(value, str) else value or []
        if field.type == "many2one":
            return numbers
        return sorted(self.env[field.comodel_name].sudo().browse(numbers).exists().ids)

    @api.model
    def _missing(self, model, keys, part, records):
        for key in sorted(keys - set(part.ids)):
            if records[key] is not None:
                yield self.env._(
                    "%(model)s %(record)s is gone, and the register has no entry of that.",
                    model=self.env[model]._description,
                    record=key,
                )

    @api.model
    def _unknown(self, model, records):
        for record in self._without_entry(model, records):
            yield self.env._(
                "%(model)s %(record)s is there, and the register has no entry of that: it was "
                "made past the product.",
                model=record._description,
                record=name_of(record),
            )

    @api.model
    def _without_entry(self, model, records):
        """The records of ``model`` that should have an entry of how they were made."""
        there = self.env[model].sudo().with_context(active_test=False)._must_be_registered()
        return there.filtered(lambda record: records.get(record.id) is None)

    @api.model
    def _enter_what_is_there(self):
        """Enter the settings and records that decide and that are older than the register."""
        self.env.flush_all()
        last = self._last_values()
        reason = as_kept(self).env._("As it was when the register began.")
        for model in self._registered_models():
            self._without_entry(model, last.get(model, {}))._enter_as_it_is(reason)
