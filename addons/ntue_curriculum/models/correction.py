from odoo import fields, models
from odoo.exceptions import UserError


class Correction(models.AbstractModel):
    """Records of the school that staff correct with a reason (design "Who sees what")."""

    _name = "ntue.correction"
    _description = "Corrected with a reason"

    correction_reason = fields.Char(
        copy=False, help="Say why you change this record; it is kept with the change."
    )

    def write(self, vals):
        if self.env.su or not self._needs_reason(vals):
            return super().write(vals)
        reason = (vals.get("correction_reason") or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say in “Correction reason” why this record is changed, then save.")
            )
        before = [record._correction_values(vals) for record in self]
        result = super().write({**vals, "correction_reason": False})
        for record, old in zip(self, before, strict=True):
            record._log_correction(reason, old)
        return result

    def _needs_reason(self, vals):
        """Whether this write is a correction by staff; hook."""
        return True

    def _correction_values(self, vals):
        """The readable values of the fields in ``vals``, by label."""
        self.ensure_one()
        return {
            self._fields[name].get_description(self.env, ["string"])["string"]: str(
                self._fields[name].convert_to_display_name(self[name], self) or ""
            )
            for name in vals
            if name in self._fields and name != "correction_reason"
        }

    def _log_correction(self, reason, before):
        """Post the change on the student's own page of messages, internal to staff."""
        self.ensure_one()
        after = self._correction_values({name: None for name in self._fields})
        changes = [
            self.env._("%(label)s: %(old)s → %(new)s", label=label, old=old, new=after[label])
            for label, old in before.items()
            if after[label] != old
        ]
        self._correction_thread().sudo().message_post(
            body="\n".join([f"{self.display_name}: {reason}", *changes]),
            subtype_xmlid="mail.mt_note",
            author_id=self.env.user.partner_id.id,
        )

    def _correction_thread(self):
        """The student on whose page the correction is told."""
        raise NotImplementedError
