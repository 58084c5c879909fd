"""Barcodes: whoever is not of the staff gets them of a size that costs little.

Odoo draws one for anybody, of any length, by an address and by a method that remote calls reach.
"""

from odoo import api, models
from odoo.exceptions import UserError

BARCODE_PIXELS = 600
BARCODE_MARKS = 300
"""Width and height, and characters, of a barcode that whoever is not of the staff gets drawn."""


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def barcode(self, barcode_type, value, **kwargs):
        if not self.env.su and not self.env.user._is_internal():
            self._check_barcode(value, kwargs)
        return super().barcode(barcode_type, value, **kwargs)

    @api.model
    def _check_barcode(self, value, sizes):
        """UserError when a barcode would cost more than anybody's may."""
        try:
            sides = [int(sizes.get(name) or 0) for name in ("width", "height", "barBorder")]
        except (TypeError, ValueError):
            sides = [-1]
        is_short = isinstance(value, str) and len(value) <= BARCODE_MARKS
        if not is_short or not 0 <= min(sides) <= max(sides) <= BARCODE_PIXELS:
            raise UserError(
                self.env._(
                    "A barcode has at most %(marks)s characters and %(pixels)s pixels a side.",
                    marks=BARCODE_MARKS,
                    pixels=BARCODE_PIXELS,
                )
            )
