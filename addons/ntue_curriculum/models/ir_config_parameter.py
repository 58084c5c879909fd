from odoo import api, models

REFERENCE_ONLY = "ntue_curriculum.reference_only_year"
"""The setting that stored audits depend on: the last entry year for reference only (D33)."""


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        created = super().create(vals_list)
        created._outdate_audits()
        return created

    def write(self, vals):
        result = super().write(vals)
        self._outdate_audits()
        return result

    @api.ondelete(at_uninstall=False)
    def _outdate_audits(self):
        """Stored audits are made again when the setting is another one, or is none any more."""
        if REFERENCE_ONLY in self.mapped("key"):
            students = self.env["ntue.student"].sudo().search([])
            self.env["ntue.audit"].sudo()._outdate(students)
