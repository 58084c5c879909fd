"""Whether records still say what the register has of them last."""

import json

from odoo import api, models

AT_ONCE = 1000


def told(kind, value):
    """What of a kept value is compared: of a record its number, not how it is called."""
    return value.split(" ", 1)[0] if kind == "many2one" and value else value


class RegisterEntry(models.Model):
    _inherit = "ntue.register.entry"

    @api.model
    def _check_used(self, log_is_broken=False):
        """What was changed past the register: by SQL, or by whoever put it to sleep."""
        if log_is_broken:
            return
        for model, records in self._last_values().items():
            if model not in self.env or not hasattr(self.env[model], "_as_registered"):
                continue
            keys = sorted(records)
            for start in range(0, len(keys), AT_ONCE):
                part = self.env[model].sudo().browse(keys[start : start + AT_ONCE]).exists()
                part = part.with_context(active_test=False)
                yield from self._compare(part, records)
                yield from self._missing(model, set(keys[start : start + AT_ONCE]), part, records)
                self.env.invalidate_all()

    @api.model
    def _last_values(self):
        """The value that each field was last changed to, by model, record and field.

        None for a record that was deleted.
        """
        self.env.cr.execute(
            "SELECT number, model, record, action, changes FROM ntue_register_entry ORDER BY number"
        )
        found = {}
        for number, model, record, action, changes in self.env.cr.fetchall():
            records = found.setdefault(model, {})
            if action == "deleted":
                records[record] = None
                continue
            values = records.get(record) or {}
            for name, (_old, new) in json.loads(changes or "{}").items():
                values[name] = (number, new)
            records[record] = values
        return found

    @api.model
    def _compare(self, part, records):
        for record in part:
            for name, (number, kept) in (records[record.id] or {}).items():
                if not record._is_registered(name):
                    continue
                kind, now = record._fields[name].type, record._as_registered(name)
                if told(kind, kept) != told(kind, now):
                    yield self.env._(
                        "%(model)s %(record)s: “%(field)s” is not what entry %(number)s of the "
                        "register says; it was changed past the product.",
                        model=record._description,
                        record=record.id,
                        field=name,
                        number=number,
                    )

    @api.model
    def _missing(self, model, keys, part, records):
        for key in sorted(keys - set(part.ids)):
            if records[key] is not None:
                yield self.env._(
                    "%(model)s %(record)s is gone, and the register has no entry of that.",
                    model=self.env[model]._description,
                    record=key,
                )
