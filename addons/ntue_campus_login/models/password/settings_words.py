from odoo import fields, models

from .password_guard import FIRST_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_first_days = fields.Integer(
        string="Invitations and first passwords are good for (days)",
        default=FIRST_DAYS,
        config_parameter="ntue_campus_login.first_days",
    )
