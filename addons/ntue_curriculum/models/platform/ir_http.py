"""What this product does to every request, put together in its order."""

from odoo import models

from ... import gate, memory
from ...observing import requests

gate.install()
requests.install()


class IrHttp(models.AbstractModel):
    _name = "ir.http"
    # The first part sees a request first and its answer last.
    _inherit = [
        "ntue.http.nonsense",
        "ntue.http.bounds",
        "ntue.http.unsent",
        "ntue.http.errors",
        "ntue.http.feed",
        "ntue.http.time",
        "ntue.http.replica",
        "ntue.http.observed",
        "ir.http",
    ]

    def _register_hook(self):
        super()._register_hook()
        memory.set_aside()
