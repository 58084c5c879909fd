from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list

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

    @api.ondelete(at_uninstall=False)
    def _unlink_of_nobody_with_tasks(self):
        """The database deletes every task with its account, what nobody else has as well."""
        if owing := tasks.owing(self):
            raise UserError(
                self.env._(
                    "Tasks on graduation applications wait for %s and would be deleted. Archive "
                    "the account instead: they go to whoever comes next.",
                    format_list(self.env, owing.mapped("name")),
                )
            )
