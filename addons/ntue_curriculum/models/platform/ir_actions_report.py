"""Our reports bring their own page and are printed one record at a time.

Both make them right with any wkhtmltopdf: an unpatched one ignores headers and footers
and cannot join several pages of HTML. What is on every page is added afterwards.

Printing is dear, so each record is printed once, at most so many in one request, and for
one user one request at a time; what was printed from a frozen record is kept (printing.py).
"""

import io
from collections import OrderedDict

from odoo import api, models
from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.exceptions import UserError
from odoo.tools.safe_eval import safe_eval, time

from ... import gate, pdf_foot
from ...printing import KEPT, MOST, MOST_OWN, PapersBusyError
from .barcode import check_barcode

OWN = "ntue_"

UNPATCHED_ZOOM = 125 / 96
"""An unpatched wkhtmltopdf prints 125 pixels where 96 belong, and heeds no option about it."""

TURN = 0x6E747565
"""The first half of our advisory locks' numbers; the second is the user's id."""


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
        streams = OrderedDict()
        for part in [[res_id] for res_id in self._papers_asked(res_ids)] or [None]:
            record = self.env[report.model].browse(part)
            key = self._paper_key(report, record)
            content = KEPT.get(key) if key else None
            if content is None:
                self._take_turn()
                content = self._printed(report_ref, data, part, report, record)
                if key:
                    KEPT[key] = content
            streams[record.id] = {"stream": io.BytesIO(content), "attachment": None}
        return streams

    def _printed(self, report_ref, data, part, report, record):
        """The finished PDF of one record, or of a report without records."""
        still = self.with_context(ntue_no_scripts=True)
        (entry,) = (
            super(IrActionsReport, still)
            ._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=part)
            .values()
        )
        title, foot = self._paper_title(report, record), self._paper_foot(report, record)
        return pdf_foot.finish(entry["stream"].getvalue(), title, foot)

    def _render_qweb_html(self, report_ref, docids, data=None):
        if (self._get_report(report_ref).report_name or "").startswith(OWN):
            docids = self._papers_asked(docids)
        return super()._render_qweb_html(report_ref, docids, data=data)

    @api.model
    def _papers_asked(self, ids):
        """``ids``, each once; UserError when they are more than one request may ask for."""
        ids = list(dict.fromkeys(ids or ()))
        most = MOST if self.env.su or self.env.user._is_internal() else MOST_OWN
        if len(ids) > most:
            raise UserError(
                self.env._(
                    "You have asked for %(count)s papers at once; at most %(most)s are printed. "
                    "Choose fewer, and print the others after them.",
                    count=len(ids),
                    most=most,
                )
            )
        return ids

    @api.model
    def _take_turn(self):
        """Until the end of the transaction nobody else prints for this user.

        PapersBusyError at once when somebody does: a process that waits serves nobody.
        """
        self.env.cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (TURN, self.env.uid))
        if not self.env.cr.fetchone()[0]:
            raise PapersBusyError(
                self.env._("Another paper is being printed for you. Try again in a few seconds.")
            )

    def _paper_key(self, _report, _record):
        """All that the PDF of ``record`` is drawn from, where it never changes; else empty.

        A hook. It has to check what drawing would: the user's access, and the record's seal.
        """
        return ()

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
        """What is beside the page numbers of ``record``'s paper; letters and digits only."""
        return ""

    @api.model
    def _run_wkhtmltopdf(self, *args, **kwargs):
        """Meanwhile the same person's other tabs are served, and what the program asks for."""
        with gate.released():
            return super()._run_wkhtmltopdf(*args, **kwargs)

    def _build_wkhtmltopdf_args(self, *args, **kwargs):
        """Our pages have no scripts: nothing to wait for."""
        command = super()._build_wkhtmltopdf_args(*args, **kwargs)
        if self.env.context.get("ntue_no_scripts"):
            position = command.index("--javascript-delay")
            command[position : position + 2] = ["--disable-javascript"]
        return command

    @api.model
    def barcode(self, barcode_type, value, **kwargs):
        if not self.env.su and not self.env.user._is_internal():
            check_barcode(self.env, value, kwargs)
        return super().barcode(barcode_type, value, **kwargs)
