"""Our reports bring their own page and are printed one record at a time, by ``press``.

Odoo's own program loses characters and cannot be searched; why ours is another one is in
docs/decisions/papers-by-weasyprint.md. What Odoo prints besides, it prints as ever.

Printing is dear, so each record is printed once, at most so many in one request, and for
one user one request at a time; what was printed from a frozen record is kept (printing.py).
"""

import io
import logging
from collections import OrderedDict

from lxml import html
from markupsafe import Markup
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.safe_eval import safe_eval, time

from ... import gate, press
from ...press.faces import unprintable
from ...printing import KEPT, MOST, MOST_OWN, PapersBusyError
from ...wording.typefaces import unprintable_problem
from .barcode import check_barcode

_logger = logging.getLogger(__name__)

OWN = "ntue_"
ARTICLES = "//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"

TURN = 0x6E747565
"""The first half of our advisory locks' numbers; the second is the user's id."""


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not (report.report_name or "").startswith(OWN):
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        streams = OrderedDict()
        for part in [[res_id] for res_id in self._papers_asked(res_ids)] or [None]:
            record = self.env[report.model].browse(part)
            key = self._paper_key(report, record)
            content = self._kept(key)
            if content is None:
                self._take_turn()
                content = self._printed(report_ref, data, part, report, record)
                if key and not self.env.cr.readonly:
                    self.env["ntue.kept.paper"]._keep(key, record, content)
            if key:
                KEPT[key] = content
            streams[record.id] = {"stream": io.BytesIO(content), "attachment": None}
        return streams

    def _kept(self, key):
        """The PDF that was printed before, by this process or another one; None without one."""
        return (key and (KEPT.get(key) or self.env["ntue.kept.paper"]._find(key))) or None

    def _printed(self, report_ref, data, part, report, record):
        """The finished PDF of one record, or of a report without records."""
        asked = {**(data or {}), "report_type": "pdf"}
        drawn, _kind = super()._render_qweb_html(report_ref, part, data=asked)
        root = html.fromstring(drawn, parser=html.HTMLParser(encoding="utf-8"))
        self._check_typefaces(root)
        page = self._paper_page(root, report, record)
        try:
            with gate.released():  # meanwhile the same person's other tabs are served
                return press.printed(page)
        except press.MissingError as error:
            raise UserError(self._typeface_problem(error.marks, root)) from error
        except press.PressError as error:
            _logger.exception("%s of %s is not printed", report.report_name, record)
            raise UserError(
                self.env._(
                    "This paper cannot be printed just now. Try again in a minute; if it "
                    "still fails, tell the operator of the system."
                )
            ) from error

    def _paper_page(self, root, report, record):
        """The whole page, which asks for nothing from elsewhere."""
        articles = "".join(html.tostring(node, encoding="unicode") for node in root.xpath(ARTICLES))
        values = {
            "body": Markup(articles),  # noqa: S704  # QWeb has escaped what is in it
            "language": root.get("lang"),
            "title": self._paper_title(report, record),
            "foot": self._paper_foot(report, record),
        }
        return str(self.env["ir.qweb"]._render("ntue_curriculum.report_layout", values))

    @api.model
    def _check_typefaces(self, root):
        """UserError when a character of the page ``root`` would not be on the paper."""
        if marks := unprintable(root.text_content()):
            raise UserError(self._typeface_problem(marks, root))

    @api.model
    def _typeface_problem(self, marks, root):
        """The sentence about characters that cannot be printed, with the words they are in."""
        texts = (" ".join(text.split()) for text in root.itertext())
        where = next((text for text in texts if not set(marks).isdisjoint(text)), "")
        return unprintable_problem(self.env, where[:80], marks)

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

    @api.model
    def barcode(self, barcode_type, value, **kwargs):
        if not self.env.su and not self.env.user._is_internal():
            check_barcode(self.env, value, kwargs)
        return super().barcode(barcode_type, value, **kwargs)
