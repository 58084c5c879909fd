"""Records of which every change is entered in the register."""

import json

from odoo import api, models

from ...erasing import is_erasing
from ...languages import as_kept
from .handed_over import check_still_theirs

VALUES = "="
"""Key of an entry's changes with values by field, where the pairs are for people:
numbers of records and keys of selections, to compare with."""


def canonical(changes):
    """Changes as an entry keeps them: the same text for the same changes."""
    return json.dumps(changes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Registered(models.AbstractModel):
    """Records of which every change is entered in the register."""

    _name = "ntue.registered"
    _description = "Changes stand in the register"

    _registered_fields = frozenset()
    """Fields whose values are entered when one of them changes."""

    def _registered_student(self):
        """The student whose record this is, for who may read the entry; a hook."""
        return self.student_id

    def _registers_new(self):
        """Whether a new record is entered; a hook for what comes by the ten thousands."""
        return True

    def _registered_label(self):
        """What the record is called in the register; a hook."""
        return f"{self._ntue_kind()} {self.id}"

    def _registered_reason(self):
        """Why, as the record itself says; a hook."""
        return self["reason"] if "reason" in self._fields else False

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._registers_new():
            as_kept(records.sudo())._enter_in_register("created", [{} for _record in records])
        return records

    def write(self, vals):
        if not self._registered_fields & set(vals):
            return super().write(vals)
        if is_erasing(self):
            return self._write_erased(vals)
        kept = as_kept(self.sudo())
        before = [record._registered_values() for record in kept]
        reason = vals.get("correction_reason")
        result = super().write(vals)
        if "student_id" in vals:
            check_still_theirs(
                self,
                self.env._(
                    "Nobody decides about themselves, nor hands a record to a student whose "
                    "records they may not change."
                ),
            )
        kept._enter_in_register("changed", before, reason)
        return result

    def _write_erased(self, vals):
        """Write what replaces something erased: entered without what it was."""
        names = sorted(self._registered_fields & set(vals))
        result = super().write(vals)
        for record in as_kept(self.sudo()):
            self.env["ntue.register.entry"]._enter_erased(
                record._registered_label(),
                {name: record._plain_value(name) for name in names},
                model=record._name,
                record=record.id,
                student=record._registered_student(),
            )
        return result

    def unlink(self):
        entries = as_kept(self.sudo())._register_values("deleted", [{} for _record in self])
        result = super().unlink()
        students = {entry["student_id"] for entry in entries}
        left = set(self.env["ntue.student"].sudo().browse(students).exists().ids)
        for entry in entries:
            entry["student_id"] = entry["student_id"] in left and entry["student_id"]
        self.env["ntue.register.entry"].sudo().create(entries)
        return result

    @api.model
    def _is_registered(self, name):
        """Whether the value of a field is compared with the register's last one."""
        return name in self._registered_fields

    def _as_registered(self, name):
        """The value of a field as the register has it."""
        return self._plain_value(name)

    def _must_be_registered(self):
        """The records that were not made without an entry: imports make them, too."""
        return self.browse()

    def _enter_as_it_is(self, reason):
        as_kept(self.sudo())._enter_in_register("created", [{} for _record in self], reason)

    def _registered_values(self):
        """The values that are entered, as plain values of JSON, by field."""
        self.ensure_one()
        return {name: self._plain_value(name) for name in sorted(self._registered_fields)}

    def _plain_value(self, name):
        """The value of a field as it is kept; called on a record ``as_kept``."""
        kind, value = self._fields[name].type, self.with_context(active_test=False)[name]
        if kind == "many2one":
            return f"{value.id} {value.display_name}" if value else None
        if kind in ("integer", "float", "boolean"):
            return value
        if kind in ("one2many", "many2many"):
            return " ".join(map(str, value.sorted("id").ids)) or None
        return str(value) if value else None

    def _enter_in_register(self, action, before, reason=None):
        """Enter what is not as it was ``before``: a value of ``_registered_values`` a record.

        Called on records ``as_kept``.
        """
        entries = self._register_values(action, before, reason)
        self.env["ntue.register.entry"].sudo().create(entries)

    def _register_values(self, action, before, reason=None):
        entries = []
        for record, old in zip(self, before, strict=True):
            now = record._registered_values()
            was = now if action == "deleted" else old
            new = {} if action == "deleted" else now
            changes = {
                name: [was.get(name), new.get(name)]
                for name in now
                if action == "created" or was.get(name) != new.get(name)
            }
            if action == "changed" and not changes:
                continue
            entries.append(
                {
                    "model": record._name,
                    "record": record.id,
                    "student_id": record._registered_student().id,
                    "action": action,
                    "label": record._registered_label(),
                    "changes": canonical(changes),
                    "reason": (reason or record._registered_reason() or "").strip(),
                }
            )
        return entries
