from odoo import models

from ... import database_clock


class IrCron(models.Model):
    _inherit = "ir.cron"

    def _callback(self, cron_name, server_action_id):
        """Jobs remind and lapse by the database's clock, as pages open and close."""
        database_clock.keep(self.env.cr)
        return super()._callback(cron_name, server_action_id)
