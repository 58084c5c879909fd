"""The question to students of teacher education before they apply (16–19, D35)."""

from odoo import fields, models

from ...teacher_ed import ANSWERS, HOLD_OFF


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    is_teacher_ed = fields.Boolean(related="student_id.is_teacher_ed", related_sudo=False)
    teacher_ed_answer = fields.Selection(ANSWERS, string="Teacher education")
    teacher_ed_confirmed = fields.Boolean(
        string="Applies all the same",
        help="The student was told to wait with the application, and applies all the same.",
    )

    def _teacher_ed_sent(self, post):
        """The answer in a form that was sent, as values; none from whom it does not concern."""
        self.ensure_one()
        if not self.is_teacher_ed:
            return {}
        answer = post.get("teacher_ed_answer")
        answer = answer if answer in dict(ANSWERS) else False
        confirmed = answer in HOLD_OFF and post.get("teacher_ed_confirmed") == "1"
        return {"teacher_ed_answer": answer, "teacher_ed_confirmed": confirmed}

    def _draft_answers(self):
        answers = {
            "teacher_ed_answer": self.teacher_ed_answer,
            "teacher_ed_confirmed": self.teacher_ed_confirmed,
        }
        return {**super()._draft_answers(), **answers}

    def _form(self, ticks=None):
        return {**super()._form(ticks), "teacher_ed": self._teacher_ed()}

    def _teacher_ed(self):
        """The question, and how it is answered so far."""
        options = self._fields["teacher_ed_answer"]._description_selection(self.env)
        asked = self.is_teacher_ed if self.state == "draft" else bool(self.teacher_ed_answer)
        return {
            "asked": asked,
            "options": options,
            "hold_off": HOLD_OFF,
            "teacher_ed_answer": self.teacher_ed_answer,
            "teacher_ed_confirmed": self.teacher_ed_confirmed,
            "office": self._teacher_ed_office(),
        }

    def _teacher_ed_office(self):
        """Whom to ask (19): name, phone and address from the settings."""
        parameters = self.env["ir.config_parameter"].sudo()

        def setting(name):
            return parameters.get_param(f"ntue_graduation.teacher_ed_office_{name}") or ""

        url = setting("url")
        return {
            "name": setting("name") or self.env._("Office of Teacher Education"),
            "phone": setting("phone"),
            "url": url if url.startswith(("https://", "http://")) else "",
        }

    def _slip_values(self, made=None):
        """The answer is frozen with everything else that was submitted."""
        answer = {"answer": self.teacher_ed_answer or "", "confirmed": self.teacher_ed_confirmed}
        return {**super()._slip_values(made), "teacher_ed": answer}
