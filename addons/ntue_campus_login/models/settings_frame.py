from odoo import fields, models


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
