from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .password_guard import FIRST_DAYS

MOST_DAYS = 60
"""A first password is guessed easily, and an invitation lies in a mailbox."""


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_first_days = fields.Integer(
        string="Invitations and first passwords are good for (days)",
        default=FIRST_DAYS,
        config_parameter="ntue_campus_login.first_days",
    )

    @api.constrains("ntue_first_days")
    def _check_ntue_first_days(self):
        for settings in self:
            if not 1 <= settings.ntue_first_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Invitations and first passwords are good for 1 to %s days.", MOST_DAYS
                    )
                )
