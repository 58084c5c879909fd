from odoo import models
from odoo.http import request
from werkzeug.exceptions import Forbidden

from ..doors import is_closed_to_students


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Turn students away from what docs/platform.md closes to them."""
        result = super()._pre_dispatch(rule, args)
        closed = is_closed_to_students(rule.rule) and request.env.uid
        if closed and request.env.user._ntue_is_student():
            raise Forbidden()
        return result
