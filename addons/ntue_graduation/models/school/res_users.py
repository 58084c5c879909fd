from odoo import models

from ... import tasks


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_archive(self):
        """Odoo deletes every task of who is archived; what is owed goes to who comes next."""
        self.check_access("write")
        applications = tasks.leave(self)
        result = super().action_archive()
        tasks.follow(applications)
        return result
