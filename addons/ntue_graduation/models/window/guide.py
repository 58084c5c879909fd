from odoo import api, models

from ...pages.guide import guide_steps, guide_title


class Guide(models.AbstractModel):
    """The guide as a paper, of a window or as it begins."""

    _name = "report.ntue_graduation.report_guide"
    _description = "Guide to the graduation application"

    @api.model
    def _get_report_values(self, docids, data=None):  # noqa: ARG002  # Odoo's signature
        window = self.env["ntue.graduation.window"].browse(docids)[:1]
        return {"title": guide_title(self.env), "steps": guide_steps(self.env, window)}
