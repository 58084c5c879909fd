"""What is typed into an application is checked before anything else; loaded after all else."""

from odoo import api, models


class GraduationApplication(models.Model):
    _name = "ntue.graduation.application"
    _inherit = ["ntue.graduation.application", "ntue.typed"]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._typed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._typed(vals))
