"""The messages beside a student record, and the office in whose name mails are sent."""

from odoo import api, models
from odoo.tools import email_normalize, formataddr


class StudentMail(models.AbstractModel):
    """Every student record has a correspondence of its own."""

    _name = "ntue.student.mail"
    _description = "Messages about a student"

    @api.model_create_multi
    def create(self, vals_list):
        students = super().create(vals_list)
        students._correspondence()
        return students

    def _correspondence(self):
        """The correspondences about ``self``, with all rights; made where there is none."""
        model = self.env["ntue.student.correspondence"].sudo()
        found = model.search([("student_id", "in", self.ids)])
        missing = self - found.student_id
        return found | model.create([{"student_id": student.id} for student in missing])

    @api.model
    def _office_sender(self):
        """Name and address that official mails come from: a setting, never a person's own name.

        Without one the company's, then what Odoo sends from by default; OdooBot's comes last.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        company = self.env.company.sudo()
        name = parameters.get_param("ntue_curriculum.office_name") or company.name
        address = (
            email_normalize(parameters.get_param("ntue_curriculum.office_email") or "")
            or email_normalize(company.email or "")
            or email_normalize(company.default_from_email or "")
            or self.env.ref("base.partner_root").sudo().email
        )
        return formataddr((name, address or ""))

    @api.model
    def _office_author(self):
        """The contact in whose name official messages stand."""
        return self.env.company.sudo().partner_id
