from odoo.addons.web.controllers.report import ReportController
from odoo.exceptions import UserError
from odoo.http import request, route
from werkzeug.exceptions import UnprocessableEntity

from ..papers import PapersBusyError

AGAIN = "3"
"""Seconds until a browser that was told to wait asks again, by itself."""


def busy():
    """The page for whoever asks for a paper while another one is being printed."""
    response = request.render("ntue_curriculum.paper_busy", {"again": AGAIN}, status=429)
    response.headers["Retry-After"] = AGAIN
    return response


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
        """A barcode for anybody; how large it may be the model says."""
        try:
            return super().report_barcode(barcode_type, value, **kwargs)
        except UserError as error:
            raise UnprocessableEntity(str(error)) from error
        except Exception as error:  # of the drawing library, and many kinds of them
            raise UnprocessableEntity(
                request.env._("This cannot be drawn as a barcode.")
            ) from error
