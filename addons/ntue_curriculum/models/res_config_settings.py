from odoo import fields, models

from .passport_copy import KEEP_DAYS, MAX_MB


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_passport_copy_max_mb = fields.Integer(
        string="Largest passport copy (MB)",
        default=MAX_MB,
        config_parameter="ntue_curriculum.passport_copy_max_mb",
    )
    ntue_passport_copy_keep_days = fields.Integer(
        string="Passport copies are kept for (days)",
        default=KEEP_DAYS,
        config_parameter="ntue_curriculum.passport_copy_keep_days",
    )
