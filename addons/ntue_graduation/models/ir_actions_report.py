from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _paper_foot(self, report, record):
        if record and report.report_name == "ntue_graduation.report_slip":
            return record._slip_foot()
        return super()._paper_foot(report, record)
