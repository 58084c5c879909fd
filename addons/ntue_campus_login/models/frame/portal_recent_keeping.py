"""How long the use of applications is kept, who sees it, and that it goes with an erasure."""

from odoo import api, models
from odoo.addons.ntue_curriculum.models.privacy.retention_kinds import DataKind

KEY = "app_uses"


class RetentionRecent(models.AbstractModel):
    _name = "ntue.campus.retention.recent"
    _description = "Personal data: recent"

    @api.model
    def _kinds(self):
        _ = self.env._
        uses = DataKind(
            key=KEY,
            model="ntue.portal.recent",
            label=_("Which applications students opened"),
            why=_("It spares the student a search; what was not opened for half a year does not."),
            moment="used_at",
            default=180,
            student="student_id",
        )
        return [*super()._kinds(), uses]

    @api.model
    def _held_models(self):
        return {**super()._held_models(), "ntue.portal.recent": KEY}

    @api.model
    def _erase_app_uses(self, rows):
        rows.unlink()


class StudentRecentKeeping(models.AbstractModel):
    _name = "ntue.campus.student.recent.keeping"
    _description = "Student: recent keeping"

    def _who_sees(self):
        return {**super()._who_sees(), KEY: self.env._("You alone. You can delete it yourself.")}

    def _app_uses(self):
        return self.env["ntue.portal.recent"].sudo()._of(self)

    def _erasure_plan(self, extent):
        rows = super()._erasure_plan(extent)
        what = self.env._("Which applications the student opened")
        uses = {"what": what, "number": len(self._app_uses()), "goes": True, "why": ""}
        gone = [row for row in rows if row["goes"]]
        return [*gone, uses, *rows[len(gone) :]]

    def _erase_data(self):
        self._app_uses().unlink()
        return super()._erase_data()
