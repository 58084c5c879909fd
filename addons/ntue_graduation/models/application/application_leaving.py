"""完成離校: the last step, with the day of leaving and the final figures (184)."""

from odoo import fields, models


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    left_on = fields.Date(string="Left on", help="Empty: the day of completion.")
    final_credits = fields.Float(
        digits=(5, 1), readonly=True, help="Of the final audit made at completion."
    )
