from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...importer.rules_milestones import ADDRESS
from ..guarded.code_field import Code


class RuleSource(models.Model):
    """Where a rule of a framework is written, and when somebody last looked there (A42)."""

    _name = "ntue.curriculum.source"
    _description = "Source of a rule"
    _inherit = ["ntue.readable.references", "ntue.curriculum.part"]
    _order = "curriculum_id, sequence, id"
    _rec_name = "title"

    sequence = fields.Integer(default=10)
    about = Code(
        help="Code of the area or of the milestone that it is about; empty: the whole framework."
    )
    title = fields.Char(required=True, string="Regulation")
    link = fields.Char(help="The address of the page where it can be read.")
    approved_on = fields.Date(string="Approved on")
    verified_on = fields.Date(string="Last verified on")

    # What a shared block brings is its own matter, and may be given by the framework as well.
    _one_each = models.UniqueIndex(
        "(curriculum_id, COALESCE(block_id, 0), COALESCE(about, ''), title)",
        "This regulation is named for the same area, milestone or framework already.",
    )

    @api.constrains("link")
    def _check_link(self):
        for source in self:
            if source.link and not ADDRESS.fullmatch(source.link):
                raise ValidationError(
                    self.env._("“%s” is no address of a page: begin with https://", source.link)
                )
