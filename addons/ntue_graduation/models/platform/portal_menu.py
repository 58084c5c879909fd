from odoo import api, models
from odoo.addons.ntue_curriculum.models.platform.portal_menu import Page

from ...pages.next_steps import state_words


class PortalMenu(models.AbstractModel):
    _inherit = "ntue.portal.menu"

    @api.model
    def _academic_pages(self):
        """畢業資格申請 after the progress: one looks there first (87)."""
        page = Page(self.env._("Graduation application"), "/my/graduation")
        return [*super()._academic_pages(), page]

    @api.model
    def _title_state(self, values):
        """The state of the application on the page, unless something is to be corrected."""
        found = super()._title_state(values)
        application = values.get("application")
        if not application and values.get("submitted"):
            application = values.get("told_of")
        if found or getattr(application, "_name", None) != "ntue.graduation.application":
            return found
        if values.get("told") == "saved":
            return [self.env._("Saved, not submitted")]
        return [state_words(application)] if application else []
