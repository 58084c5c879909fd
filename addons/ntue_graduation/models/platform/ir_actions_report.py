from odoo import models
from odoo.addons.ntue_curriculum.printing import BOTH

from ...papers.slip import counts_no_more, slip_foot

SLIP = "ntue_graduation.report_slip"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _paper_foot(self, report, record):
        if record and report.report_name == SLIP:
            return slip_foot(record)
        return super()._paper_foot(report, record)

    def _paper_key(self, report, record):
        """An official slip is drawn from what was frozen, whose seal is checked each time."""
        if not record or report.report_name != SLIP:
            return super()._paper_key(report, record)
        record.check_access("read")
        if record._is_draft_copy():
            return ()
        title, foot = self._paper_title(report, record), self._paper_foot(report, record)
        record._check_snapshot_is_kept()
        frozen = record._submission().snapshot_hash
        both = bool(self.env.context.get(BOTH))
        lapsed = counts_no_more(record)
        key = (report.id, report.write_date, record.id, frozen, title, foot, both, lapsed)
        return self.env.cr.dbname, *key
