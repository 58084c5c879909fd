"""完成離校: the last step, with the day of leaving and the final figures (184)."""

from odoo import fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.roc import roc_date


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    left_on = fields.Date(string="Left on", help="Empty: the day of completion.")
    final_credits = fields.Float(
        digits=(5, 1), readonly=True, help="Of the final audit made at completion."
    )

    def _guard_left_by_today(self):
        if self.left_on and self.left_on > taipei_today():
            return self.env._("The day of leaving is not in the future.")
        return None

    def _after_complete(self, transition):
        result = self._audit(final=True)
        self.sudo()._set(
            {"left_on": self.left_on or taipei_today(), "final_credits": float(result.earned)}
        )
        return super()._after_complete(transition)

    def _log_step(self, transition, reason=None, **extra):
        if transition.action == "complete":
            reason = self.env._(
                "Left on %(day)s; final audit %(earned)s of %(needed)s credits.",
                day=roc_date(self.left_on),
                earned=plain_number(self.final_credits),
                needed=plain_number(self.student_id.curriculum_id.graduation_credits),
            )
        return super()._log_step(transition, reason, **extra)
