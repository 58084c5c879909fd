from odoo import api, models
from odoo.addons.ntue_curriculum.models.platform.portal_menu import Page


class PortalMenu(models.AbstractModel):
    _inherit = "ntue.portal.menu"

    @api.model
    def _academic_pages(self):
        """畢業資格申請 after the progress: one looks there first (87)."""
        page = Page(self.env._("Graduation application"), "/my/graduation")
        return [*super()._academic_pages(), page]
