from odoo import api, fields, models

from ...caches import forget_cached
from ...languages import shown_name
from ..guarded.code_field import Code


class Department(models.Model):
    """A department, institute or degree program office (系、所、學位學程)."""

    _name = "ntue.department"
    _description = "Department"
    _inherit = ["ntue.readable.references", "ntue.decisive", "ntue.discreet"]
    _order = "code"
    _rec_names_search = ["name", "code", "english_name"]

    _not_deciding = frozenset({"name", "english_name", "phone", "email"})

    code = Code(required=True)
    name = fields.Char(required=True)
    english_name = fields.Char(string="Name in English")
    shown_name = fields.Char(
        string="Name for the reader",
        compute="_compute_shown_name",
        help="The English name, where there is one, for who reads no Chinese.",
    )
    phone = fields.Char(help="Shown to students beside every question about classification.")
    email = fields.Char(string="E-mail")
    counter = fields.Char(
        translate=True,
        help="Where papers are handed in and when it is open, as students read it: building, "
        "room, days and hours.",
    )
    assistant_ids = fields.Many2many(
        "res.users",
        "ntue_department_assistant_rel",
        "department_id",
        "user_id",
        string="Assistants (TA)",
        help="Everybody listed here reviews the students of this department.",
    )
    program_ids = fields.One2many("ntue.program", "department_id", string="Programs")

    @api.depends("name", "english_name")
    @api.depends_context("lang")
    def _compute_shown_name(self):
        for department in self:
            department.shown_name = shown_name(department)

    def write(self, vals):
        result = super().write(vals)
        if "code" in vals:
            forget_cached(self.env)  # prepared frameworks
        return result

    _code_unique = models.Constraint("UNIQUE(code)", "A department with this code exists already.")
