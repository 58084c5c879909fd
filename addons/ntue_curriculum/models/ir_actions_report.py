"""Our reports bring their own page and are printed one record at a time.

Both make them right with any wkhtmltopdf: an unpatched one ignores headers and footers
and cannot join several pages of HTML. What stands on every page is added afterwards.
"""

import io
from collections import OrderedDict

from odoo import api, models
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.tools.safe_eval import safe_eval, time

from .. import paper

OWN = "ntue_"

UNPATCHED_ZOOM = 125 / 96
"""An unpatched wkhtmltopdf prints 125 pixels where 96 belong, and heeds no option about it."""


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_layout(self):
        if (self.report_name or "").startswith(OWN):
            return self.env.ref("ntue_curriculum.report_layout").sudo()
        return super()._get_layout()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not (report.report_name or "").startswith(OWN):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        still = self.with_context(ntue_no_scripts=True)
        streams = OrderedDict()
        for part in [[res_id] for res_id in res_ids or ()] or [None]:
            streams.update(
                super(IrActionsReport, still)._render_qweb_pdf_prepare_streams(
                    report_ref, data, res_ids=part
                )
            )
        for res_id, entry in streams.items():
            record = self.env[report.model].browse(res_id or ())
            title, foot = self._paper_title(report, record), self._paper_foot(report, record)
            entry["stream"] = io.BytesIO(paper.finish(entry["stream"].getvalue(), title, foot))
        return streams

    @api.model
    def _page_zoom(self):
        """The zoom with which a millimetre of our pages is one on paper."""
        return 1 if _wkhtml().is_patched_qt else UNPATCHED_ZOOM

    def _paper_title(self, report, record):
        """What the reader's window calls the paper of ``record``."""
        if record and report.print_report_name:
            return safe_eval(report.print_report_name, {"object": record, "time": time})
        return report.name

    def _paper_foot(self, report, record):  # noqa: ARG002  # for those who know more
        """What stands beside the page numbers of ``record``'s paper; letters and digits only."""
        return ""

    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        """Our pages have no scripts: nothing to wait for."""
        command = super()._build_wkhtmltopdf_args(*args, **kwargs)
        if self.env.context.get("ntue_no_scripts"):
            position = command.index("--javascript-delay")
            command[position : position + 2] = ["--disable-javascript"]
        return command
