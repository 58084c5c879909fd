from odoo import api, fields, models
from odoo.exceptions import UserError


class Recognition(models.Model):
    _inherit = "ntue.recognition"

    application_id = fields.Many2one(
        "ntue.graduation.application", readonly=True, ondelete="restrict", index=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            if any(vals.get("application_id") for vals in vals_list):
                raise UserError(
                    self.env._("Decisions of an application are taken on the application.")
                )
            vals_list = [{**vals, "application_id": False} for vals in vals_list]
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_of_no_application(self):
        if self.application_id and not self.env.su:
            raise UserError(
                self.env._(
                    "This was decided in a first review. It is taken back by handing the "
                    "application back to the department."
                )
            )
