from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import slip_number
from ..papers.slip import document_number


class GraduationScan(models.TransientModel):
    """The number of a slip, typed or scanned: opens its application, or takes its paper in.

    A scanner types what the QR says: an address that ends with the number of the paper.
    """

    _name = "ntue.graduation.scan"
    _description = "Slip number"
    _inherit = ["ntue.readable.references"]

    number = fields.Char(
        string="Slip number", help="As in 1141-210941001 or 1141-210941001-1, or scanned."
    )
    message = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{"message": False, **vals} for vals in vals_list])

    def action_open(self):
        """The application of this number; after its decision the next slip is asked for."""
        self.ensure_one()
        application = self._found()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "ntue_graduation.action_application_desk"
            ),
            "res_id": application.id,
            "views": [(False, "form")],
            "target": "main",  # slip after slip must not pile up in the breadcrumbs
            "context": {"ntue_scan": True},
        }

    def action_take_paper(self):
        """已收紙本 for this number, and ready for the next."""
        self.ensure_one()
        application = self._found()
        if application.paper_received_on:
            message = self.env._("%s: the paper was there already.", application.display_name)
        else:
            application.action_receive_paper()
            message = self.env._("%s: paper received.", application.display_name)
        return self._next_slip(message)

    @api.model
    def _next_slip(self, message):
        """The dialog anew, for the next slip, saying what became of the last one."""
        following = self.create({"number": False, "message": message})
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
        number = slip_number.parse(self.number or "")
        application = number and self.env["ntue.graduation.application"].search(
            [("slip_number", "=", number.application)]
        )
        if not application:
            raise UserError(
                self.env._(
                    "No submitted application of your departments has the number %s. A slip "
                    "that says 暫存檔 was not submitted.",
                    self.number or "",
                )
            )
        valid = document_number(application)
        if number.submission and f"{number.application}-{number.submission}" != valid:
            raise UserError(
                self.env._(
                    "This paper does not count any more: the student has submitted again since. "
                    "Ask for slip %(valid)s, or type %(number)s to open the application.",
                    valid=valid,
                    number=number.application,
                )
            )
        return application
