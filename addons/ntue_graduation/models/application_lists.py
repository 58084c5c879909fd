"""From a list of applications to a file of those that were chosen in it."""

from odoo import models


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _roster_action(self, kind):
        """What a menu of the list opens: the file ``kind`` of the chosen applications."""
        chosen = ",".join(map(str, self.ids))
        values = {"kind": kind, "chosen": chosen, "term_id": False, "stand": "all"}
        roster = self.env["ntue.graduation.roster"].create({**values, "department_ids": [(5,)]})
        return roster.action_download()
