import re

from odoo import api, fields, models
from odoo.exceptions import UserError

_NUMBER = re.compile(r"(\d{3,4})-([0-9A-Za-z]+)/?$")


class GraduationScan(models.TransientModel):
    """The number of a slip, typed or scanned: opens its application, or takes its paper in.

    A scanner types what the QR says, which may be an address that ends with the number.
    """

    _name = "ntue.graduation.scan"
    _description = "Slip number"

    number = fields.Char(string="Slip number", help="As in 1141-210941001, or scanned.")
    told = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{"told": False, **vals} for vals in vals_list])

    def action_open(self):
        """The application of this number."""
        self.ensure_one()
        application = self._found()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "ntue_graduation.action_application_desk"
            ),
            "res_id": application.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_take_paper(self):
        """已收紙本 for this number, and ready for the next."""
        self.ensure_one()
        application = self._found()
        if application.paper_received_on:
            told = self.env._("%s: the paper was there already.", application.display_name)
        else:
            application.action_receive_paper()
            told = self.env._("%s: paper received.", application.display_name)
        following = self.create({"number": False, "told": told})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Slip number"),
            "res_model": self._name,
            "res_id": following.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _found(self):
        """The application the number names, of those that the user may see."""
        match = _NUMBER.search((self.number or "").strip())
        application = match and self.env["ntue.graduation.application"].search(
            [("slip_number", "=", match[0].rstrip("/"))]
        )
        if not application:
            raise UserError(
                self.env._(
                    "No submitted application of your departments has the number %s. A slip "
                    "that says 暫存檔 was not submitted.",
                    self.number or "",
                )
            )
        return application
