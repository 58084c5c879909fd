"""Fields by which records say which courses they are about, as ``selecting.py`` reads them."""

from odoo import fields, models


class SelectsCourses(models.AbstractModel):
    """Courses by who teaches them, in which language, and what they are called."""

    _name = "ntue.selects.courses"
    _description = "Selects courses"

    select_departments = fields.Char(
        string="Selects departments", help="Codes of offering departments, semicolons between."
    )
    select_languages = fields.Char(
        string="Selects languages", help="Languages of instruction, semicolons between."
    )
    select_prefixes = fields.Char(
        string="Selects codes", help="What the course code begins with, semicolons between."
    )
    select_names = fields.Char(
        string="Selects names", help="What the course name contains, semicolons between."
    )


class SelectsOfferings(models.AbstractModel):
    """Courses by everything that is known of an offering, and those that are left out (A35)."""

    _name = "ntue.selects.offerings"
    _description = "Selects offerings"
    _inherit = ["ntue.selects.courses"]

    select_domains = fields.Char(
        string="Selects domains",
        help="General education domains (通識領域), semicolons between. All that is asked for has "
        "to hold.",
    )
    select_levels = fields.Char(
        string="Selects levels", help="Levels of courses, semicolons between."
    )
    select_distance = fields.Selection(
        [("yes", "Distance learning only"), ("no", "No distance learning")],
        string="Selects distance learning",
    )
    select_exceptions = fields.Char(
        string="But not the courses",
        help="Codes of courses that are not selected all the same, semicolons between.",
    )
