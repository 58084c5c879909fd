from odoo.addons.web.controllers.report import ReportController
from odoo.exceptions import UserError
from odoo.http import request, route
from werkzeug.exceptions import UnprocessableEntity

from .. import wait_page
from ..printing import PapersBusyError


def busy():
    """The page for a user who asks for a paper while another one is being printed."""
    return wait_page.answer("paper", request.env.lang or "en_US")


def never_only_reads(*_asked):
    """Papers are printed by requests that may write: a list on paper enters the register."""
    return False


class PapersController(ReportController):
    """Odoo's addresses of papers: each record once, so many at most, one request at a time."""

    @route(readonly=never_only_reads)
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
