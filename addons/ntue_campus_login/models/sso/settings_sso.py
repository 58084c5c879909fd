"""The way from the settings to the campus portal."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_campus_portal = fields.Char(string="Campus portal", compute="_compute_ntue_campus_portal")

    def _compute_ntue_campus_portal(self):
        self.ntue_campus_portal = self.env["auth.oauth.provider"]._ntue_campus().name

    def action_ntue_campus_portal(self):
        """Open the portal that is switched on, else the one that came with the addon."""
        self.check_access("write")
        providers = self.env["auth.oauth.provider"]
        campus = providers._ntue_campus() or providers.search([("ntue_oidc", "=", True)], limit=1)
        return {
            "type": "ir.actions.act_window",
            "res_model": "auth.oauth.provider",
            "res_id": campus.id,
            "view_mode": "form",
            "views": [(self.env.ref("ntue_campus_login.view_sso_provider_form").id, "form")],
            "context": {"default_ntue_oidc": True, "default_css_class": "fa fa-fw fa-sign-in"},
        }
