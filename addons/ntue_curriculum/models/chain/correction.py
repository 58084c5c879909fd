from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html
from odoo.tools.i18n import format_list

from ...labels import trimmed


class Correction(models.AbstractModel):
    """Records of the school that staff correct with a reason (docs/architecture.md)."""

    _name = "ntue.correction"
    _description = "Corrected with a reason"

    correction_reason = fields.Char(
        string="Reason of the correction",
        copy=False,
        help="Say why you change this record; it is kept with the change.",
    )

    def write(self, vals):
        if self.env.su or not self._needs_reason(set(vals)):
            return super().write(vals)
        reason = trimmed(vals.get("correction_reason"))
        if not reason:
            raise UserError(
                self.env._("Say in “Correction reason” why this record is changed, then save.")
            )
        before = [record._correction_values(vals) for record in self]
        result = super().write({**vals, "correction_reason": False})
        for record, old in zip(self, before, strict=True):
            record._log_correction(reason, old)
        return result

    def _needs_reason(self, names):
        """Whether a write of the fields ``names`` is a correction by staff; hook."""
        return bool(names)

    def _correction_values(self, names):
        """What the fields ``names`` say now, as people read them, by field name."""
        self.ensure_one()
        values = {}
        for name in names:
            if name not in self._fields or name == "correction_reason":
                continue
            field, value = self._fields[name], self[name]
            if field.relational:
                values[name] = format_list(self.env, value.mapped("display_name"))
            else:
                values[name] = str(field.convert_to_export(value, self) or "")
        return values

    def _log_correction(self, reason, before):
        """Note the change beside the student's record, for staff; what is kept is the register."""
        self.ensure_one()
        after = self._correction_values(before)
        labels = self.fields_get(list(before), ["string"])
        changes = [
            self.env._(
                "%(label)s: %(old)s → %(new)s",
                label=labels[name]["string"],
                old=old,
                new=after[name],
            )
            for name, old in before.items()
            if after[name] != old
        ]
        self._correction_thread()._correspondence().message_post(
            body=plaintext2html("\n".join([f"{self.display_name}: {reason}", *changes])),
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )

    def _correction_thread(self):
        """The student on whose page the correction is noted."""
        raise NotImplementedError
