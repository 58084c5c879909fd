"""Our reports bring their own page and are printed one record at a time.

Both make them right with any wkhtmltopdf: an unpatched one ignores headers and footers
and cannot join several pages of HTML.
"""

from collections import OrderedDict

from odoo import models

OWN = "ntue_"


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_layout(self):
        if (self.report_name or "").startswith(OWN):
            return self.env.ref("ntue_curriculum.report_layout").sudo()
        return super()._get_layout()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not (report.report_name or "").startswith(OWN) or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        still = self.with_context(ntue_no_scripts=True)
        streams = OrderedDict()
        for res_id in res_ids:
            streams.update(
                super(IrActionsReport, still)._render_qweb_pdf_prepare_streams(
                    report_ref, data, res_ids=[res_id]
                )
            )
        return streams

    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        """Our pages have no scripts: nothing to wait for."""
        command = super()._build_wkhtmltopdf_args(*args, **kwargs)
        if self.env.context.get("ntue_no_scripts"):
            position = command.index("--javascript-delay")
            command[position : position + 2] = ["--disable-javascript"]
        return command
