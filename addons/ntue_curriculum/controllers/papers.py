from odoo.addons.web.controllers.report import ReportController
from odoo.http import request, route
from werkzeug.exceptions import UnprocessableEntity

from .. import wait_page
from ..papers import PapersBusyError

BARCODE_PIXELS = 600
BARCODE_MARKS = 300
"""Width and height, and characters, of a barcode that is drawn for anybody but staff."""


def busy():
    """The page for whoever asks for a paper while another one is being printed."""
    return wait_page.answer("paper", request.env.lang or "en_US")


class PapersController(ReportController):
    """Odoo's addresses of papers: each record once, so many at most, one request at a time."""

    @route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        if docids:
            ids = dict.fromkeys(docids.split(","))
            if not request.env.user._is_internal():
                request.env["ir.actions.report"]._papers_asked(ids)
            docids = ",".join(ids)
        try:
            return super().report_routes(reportname, docids=docids, converter=converter, **data)
        except PapersBusyError:
            return busy()

    @route()
    def report_barcode(self, barcode_type="", value="", **kwargs):
        """A barcode for anybody, of a size that costs little; staff get Odoo's own bounds."""
        if not request.env.user._is_internal():
            try:
                sizes = [int(kwargs.get(name) or 0) for name in ("width", "height")]
            except ValueError:
                sizes = [-1]
            if len(value) > BARCODE_MARKS or not 0 <= min(sizes) <= max(sizes) <= BARCODE_PIXELS:
                raise UnprocessableEntity(
                    request.env._(
                        "A barcode has at most %(marks)s characters and %(pixels)s pixels a side.",
                        marks=BARCODE_MARKS,
                        pixels=BARCODE_PIXELS,
                    )
                )
        try:
            return super().report_barcode(barcode_type, value, **kwargs)
        except Exception as error:  # of the drawing library, and many kinds of them
            raise UnprocessableEntity(
                request.env._("This cannot be drawn as a barcode.")
            ) from error
