"""What submitting asks of students of teacher education (16–19, D35)."""

from odoo import fields, models

from .teacher_ed import HOLD_OFF


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    is_teacher_ed = fields.Boolean(related="student_id.is_teacher_ed", related_sudo=False)

    def _guard_teacher_ed_answered(self):
        if not self.is_teacher_ed:
            return None
        if not self.teacher_ed_answer:
            return self.env._(
                "You are in teacher education. Answer the question about it, then submit."
            )
        if self.teacher_ed_answer in HOLD_OFF and not self.teacher_ed_confirmed:
            return self.env._(
                "With your answer about teacher education you should not apply yet. Confirm that "
                "you know this and apply all the same, or leave."
            )
        return None

    def _submitted_answers(self, snapshot):
        given = snapshot.get("teacher_ed", {})
        return {
            **super()._submitted_answers(snapshot),
            "teacher_ed_answer": given.get("answer") or False,
            "teacher_ed_confirmed": bool(given.get("confirmed")),
        }
