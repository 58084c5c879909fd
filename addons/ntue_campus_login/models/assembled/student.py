from odoo import models


class Student(models.Model):
    """The student record with what the sign-in keeps of it."""

    _name = "ntue.student"
    _inherit = [
        "ntue.campus.student.single.sign.on",
        "ntue.campus.student.recent.keeping",
        "ntue.campus.student.batch",
        "ntue.campus.student.password.keeping",
        "ntue.campus.student.identity.keeping",
        "ntue.campus.student.identity",
        "ntue.campus.student.sign.in.keeping",
        "ntue.student",
    ]
