"""常用的系統使用紀錄: which applications a student opened from here, and when last (69)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text

SHOWN = 5


class PortalRecent(models.Model):
    """One row for a student and an application; nobody but the student reads it."""

    _name = "ntue.portal.recent"
    _description = "Use of an application"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _order = "used_at desc, id desc"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    app_id = fields.Many2one(
        "ntue.portal.app", string="Application", required=True, ondelete="cascade"
    )
    used_at = fields.Datetime(string="Opened last", required=True)
    times = fields.Integer(string="Times opened", required=True)

    _once = models.Constraint(
        "UNIQUE(student_id, app_id)", "The use of an application is one row for each student."
    )

    @api.model
    def _note(self, app):
        """Note that anyone who is signed in, if a student, opens ``app`` now."""
        student = self.env["ntue.student"]._of_current_user()
        if not student:
            return
        used = {"used_at": fields.Datetime.now()}
        mine = self._of(student).filtered(lambda row: row.app_id == app)
        if mine:
            mine.sudo().write({**used, "times": mine.times + 1})
        else:
            row = {"student_id": student.id, "app_id": app.id, "times": 1}
            self.sudo().create({**row, **used})

    @api.model
    def _of(self, student):
        return self.search([("student_id", "=", student.id)])

    @api.model
    def _shown(self, student):
        """``(number, application, when)`` of what was opened last, from what is still listed."""
        names = {
            number: name
            for _group, entries in self.env["ntue.portal.app"]._listed()
            for number, name, _elsewhere in entries
        }
        rows = self.search_fetch([("student_id", "=", student.id)], ["app_id", "used_at"])
        return [
            (row.app_id.id, names[row.app_id.id], minute_text(self.env, taipei_time(row.used_at)))
            for row in rows
            if row.app_id.id in names
        ][:SHOWN]
