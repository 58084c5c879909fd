"""Many applications at once: their audits, and files of those that were chosen in a list."""

from odoo import models
from odoo.addons.ntue_curriculum.degree_audit import TickNotAllowed


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _audits(self):
        """``(application, its audit)`` of all of them, as ``_audit`` finds it, read in bulk."""
        for term, applications in self.grouped("term_id").items():
            own = {row.student_id: row._audited_with() for row in applications}
            try:
                found = dict(applications.student_id._audit_all(own=own, term=term))
            except TickNotAllowed:  # one of them: each by itself
                found = {row.student_id: row._audit() for row in applications}
            yield from ((row, found[row.student_id]) for row in applications)

    def _roster_action(self, kind):
        """What a menu of the list opens: the file ``kind`` of the chosen applications."""
        chosen = ",".join(map(str, self.ids))
        values = {"kind": kind, "chosen": chosen, "term_id": False, "stand": "all"}
        roster = self.env["ntue.graduation.roster"].create({**values, "department_ids": [(5,)]})
        return roster.action_download()
