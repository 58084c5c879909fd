from odoo import fields, models

from ...web_address import is_page


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_school_logo = fields.Binary(
        string="Logo of the school", related="company_id.logo", readonly=False
    )
    ntue_school_name = fields.Char(
        string="Name of the school", related="company_id.name", readonly=False
    )
    ntue_school_website = fields.Char(
        string="Home page of the school", related="company_id.website", readonly=False
    )


class Company(models.Model):
    _inherit = "res.company"

    def _ntue_home_page(self):
        """The school's home page, for visitors too, who may read no company; or the desk's.

        People who keep contacts may write the company's: what is no address of a page is left.
        """
        website = self.sudo().search([], limit=1, order="id").website or ""
        return website if is_page(website) else "/"
