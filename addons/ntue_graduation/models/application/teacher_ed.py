"""The answer of students of teacher education, kept with the application (16–19, D35)."""

from odoo import fields, models

from ...teacher_ed import ANSWERS


class ApplicationTeacherEd(models.AbstractModel):
    """The part of an application that keeps the answer; see ``application``."""

    _name = "ntue.graduation.application.teacher.ed"
    _description = "Graduation application: answer about teacher education"

    teacher_ed_answer = fields.Selection(ANSWERS, string="Teacher education")
    teacher_ed_confirmed = fields.Boolean(
        string="Applies all the same",
        help="The student was told to wait with the application, and applies all the same.",
    )
