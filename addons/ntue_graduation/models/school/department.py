from odoo import fields, models

from ... import tasks


class Department(models.Model):
    _inherit = "ntue.department"

    is_paperless = fields.Boolean(
        string="Reviews without paper",
        help="The first review begins with the submission: no signed slip is waited for.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "assistant_ids" in vals:  # who leaves the department leaves its tasks
            applications = self.env["ntue.graduation.application"]
            tasks.of_offices(applications, [("department_id", "in", self.ids)])
        return result
