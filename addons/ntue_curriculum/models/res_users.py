from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _ntue_is_assistant_of(self, department):
        """Whether this user is an assistant (TA) of ``department`` (D39)."""
        self.ensure_one()
        return self in department.sudo().assistant_ids
