from odoo import fields, models


class Department(models.Model):
    _inherit = "ntue.department"

    is_paperless = fields.Boolean(
        string="Reviews without paper",
        help="The first review begins with the submission: no signed slip is waited for.",
    )
