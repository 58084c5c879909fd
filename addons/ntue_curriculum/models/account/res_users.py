from odoo import models

from ...erasing import is_erasing


class ResUsers(models.Model):
    _inherit = "res.users"

    def _ntue_is_assistant_of(self, department):
        """Whether this user is an assistant (TA) of ``department`` (D39)."""
        self.ensure_one()
        return self in department.sudo().assistant_ids

    def _notify_security_setting_update(self, *args, **kwargs):
        """Closing an account for good leaves no mail behind that names its owner."""
        if is_erasing(self):
            return None
        return super()._notify_security_setting_update(*args, **kwargs)
