"""What is typed into an application or a deferral, first of all; loaded after all else."""

from odoo import api, models


class GraduationApplication(models.Model):
    _name = "ntue.graduation.application"
    _inherit = ["ntue.graduation.application", "ntue.typed"]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._typed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._typed(vals))


class GraduationDeferral(models.Model):
    _name = "ntue.graduation.deferral"
    _inherit = ["ntue.graduation.deferral", "ntue.typed"]

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._typed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._typed(vals))
