"""Who asks for an address that only takes forms is led to the page that the form stands on.

So comes who sent a form after the session had ended: Odoo leads from the sign-in back to where
the form was sent to, and there is nothing to see.
"""

from odoo import models
from odoo.http import request
from werkzeug.exceptions import MethodNotAllowed, abort

PAGES = "/my/"
"""Beginning of the addresses whose pages lie one above the other."""


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        try:
            return super()._match(path_info)
        except MethodNotAllowed:
            if request.httprequest.method == "GET" and path_info.startswith(PAGES):
                abort(request.redirect(path_info.rstrip("/").rpartition("/")[0]))
            raise
