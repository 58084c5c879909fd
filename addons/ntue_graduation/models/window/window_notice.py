"""The notice that students see, made from their window."""

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.roc import roc_date


class GraduationWindow(models.Model):
    _inherit = "ntue.graduation.window"

    def _state_sentence(self):
        """Whether applications are taken today, and until or from when."""
        self.ensure_one()
        today = taipei_today()
        if self._is_open_on(today):
            left = (self.date_close - today).days
            if not left:
                return self.env._("Applications are taken. Today is the last day.")
            return self.env._(
                "Applications are taken until %(last)s (days left: %(days)s).",
                last=roc_date(self.date_close),
                days=left,
            )
        if today < self.date_open:
            return self.env._("Applications are taken from %s.", roc_date(self.date_open))
        return self.env._("The period ended on %s.", roc_date(self.date_close))

    def _cautions(self):
        """What students are warned of, in the order in which it may meet them."""
        self.ensure_one()
        names = ("caution", "submit_caution", "draft_caution", "validity_notice")
        return [sentence for name in names for sentence in self._sentences(name)]


class Student(models.Model):
    _inherit = "ntue.student"

    def _announced_window(self):
        """The window whose notice concerns this student now: none after the leaving date."""
        self.ensure_one()
        window = self.env["ntue.graduation.window"]._for_student(self)
        return window.filtered(lambda row: taipei_today() <= row.date_leave)
