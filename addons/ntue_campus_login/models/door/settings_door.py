from odoo import api, fields, models
from odoo.addons.ntue_curriculum.models.privacy.retention_settings import kept_days
from odoo.exceptions import ValidationError

from .captcha import KINDS, TIMES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_captcha = fields.Selection(
        KINDS,
        string="Verification code",
        default="picture",
        config_parameter="ntue_campus_login.captcha",
    )
    ntue_captcha_when = fields.Selection(
        TIMES,
        string="Asked for at sign-in",
        default="always",
        config_parameter="ntue_campus_login.captcha_when",
    )
    ntue_lock_after = fields.Integer(
        string="Tries before an account is locked",
        default=5,
        config_parameter="ntue_campus_login.lock_after",
    )
    ntue_lock_minutes = fields.Integer(
        string="Minutes that it is locked at first",
        default=15,
        config_parameter="ntue_campus_login.lock_minutes",
    )
    ntue_keep_sign_in_events_days = kept_days("sign_in_events", "Record of sign-ins (days)")

    @api.constrains("ntue_lock_after", "ntue_lock_minutes")
    def _check_ntue_lock(self):
        for settings in self:
            if not 1 <= settings.ntue_lock_after <= 100:
                raise ValidationError(
                    self.env._("An account has 1 to 100 tries before it is locked.")
                )
            if not 1 <= settings.ntue_lock_minutes <= 1440:
                raise ValidationError(
                    self.env._("An account is locked for 1 to 1440 minutes at first.")
                )
