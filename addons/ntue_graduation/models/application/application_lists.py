"""Many applications at once: their audits, and files of those that were chosen in a list."""

from odoo import models

from ...cases import known, pending_decisions, ticks_beside


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    def _audits(self):
        """``(application, its audit)`` of all of them, as ``_audit`` finds it, read in bulk."""
        for term, applications in self.grouped("term_id").items():
            pending = {row.student_id: pending_decisions(row) for row in applications}
            cases = dict(applications.student_id._cases(term, pending))
            for application in applications:
                student = application.student_id
                case = known(self.env, student, cases[student])
                ticks = ticks_beside(application, pending[student])
                yield application, case.audit(case.allowed(ticks))

    def _roster_action(self, kind):
        """What a menu of the list opens: the file ``kind`` of the chosen applications."""
        chosen = ",".join(map(str, self.ids))
        values = {"kind": kind, "chosen": chosen, "term_id": False, "stand": "all"}
        roster = self.env["ntue.graduation.roster"].create({**values, "department_ids": [(5,)]})
        return roster.action_download()
