from odoo import http
from odoo.http import request, route
from werkzeug.exceptions import NotFound

from ..observing import metrics, token


class OperationsController(http.Controller):
    """What programs that watch the server ask; who has no token finds nothing here."""

    @route("/ntue/ready", type="http", auth="none", methods=["GET"], sitemap=False)
    def ready(self):
        """Whether everything that the server needs is there: 200, or 503 and what is not."""
        self._let_in()
        found = self._readiness()
        status = 200 if all(check["ready"] for check in found.values()) else 503
        return request.make_json_response(found, status=status)

    @route("/ntue/metrics", type="http", auth="none", methods=["GET"], sitemap=False)
    def metrics(self):
        """Figures for Prometheus."""
        self._let_in()
        figures = request.env["ntue.readiness"]._figures(self._readiness())
        headers = [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")]
        return request.make_response(metrics.text_of(figures), headers)

    def _readiness(self):
        return request.env["ntue.readiness"]._checks()

    def _let_in(self):
        if not token.is_known(request.httprequest.headers.get("Authorization")):
            raise NotFound
