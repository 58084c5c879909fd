from odoo import models


class Student(models.Model):
    """The student record with what this addon says about grants, erasing and privacy."""

    _name = "ntue.student"
    _inherit = [
        "ntue.graduation.student.grants",
        "ntue.graduation.student.erasing",
        "ntue.graduation.student.privacy.page",
        "ntue.student",
    ]
