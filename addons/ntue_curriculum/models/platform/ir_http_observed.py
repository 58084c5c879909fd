"""The route by which a request is answered, for the figures: never its address."""

from odoo import models
from odoo.http import request


class HttpObserved(models.AbstractModel):
    """Requests remember their route."""

    _name = "ntue.http.observed"
    _description = "Route of a request"

    @classmethod
    def _match(cls, path_info):
        rule, args = super()._match(path_info)
        request.ntue_route = rule.rule
        return rule, args
