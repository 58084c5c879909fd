import json

from odoo import api, models

REFERENCE_ONLY = "ntue_curriculum.reference_only_year"
"""The setting that stored audits depend on: the last entry year for reference only (D33)."""


OWN = "ntue_"
"""How the keys of our settings begin: every change of them stands in the register."""


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        created = super().create(vals_list)
        created._outdate_audits()
        created._register_settings("created", {})
        return created

    def write(self, vals):
        before = {parameter: parameter.value for parameter in self.sudo()}
        result = super().write(vals)
        self._outdate_audits()
        self._register_settings("changed", before)
        return result

    def unlink(self):
        before = {parameter: parameter.value for parameter in self.sudo()}
        self._register_settings("deleted", before)
        return super().unlink()

    def _register_settings(self, action, before):
        """Enter what is another value than ``before``, by setting."""
        entries = []
        for parameter in self.sudo():
            old = before.get(parameter)
            new = None if action == "deleted" else parameter.value
            if parameter.key.startswith(OWN) and old != new:
                entries.append(
                    {
                        "model": self._name,
                        "record": parameter.id,
                        "action": action,
                        "label": parameter.key,
                        "changes": json.dumps({"value": [old, new]}, ensure_ascii=False),
                    }
                )
        self.env["ntue.register.entry"].sudo().create(entries)

    @api.ondelete(at_uninstall=False)
    def _outdate_audits(self):
        """Stored audits are made again when the setting is another one, or is none any more."""
        if REFERENCE_ONLY in self.mapped("key"):
            students = self.env["ntue.student"].sudo().search([])
            self.env["ntue.audit"].sudo()._outdate(students)
