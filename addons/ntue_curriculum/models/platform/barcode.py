"""Barcodes: who is not of the staff gets them of a size that costs little.

Odoo draws one for anybody, of any length, by an address and by a method that remote calls reach.
"""

from odoo.exceptions import UserError

BARCODE_PIXELS = 600
BARCODE_MARKS = 300
"""Width and height, and characters, of a barcode that is drawn for people who are no staff."""


def check_barcode(env, value, sizes):
    """UserError when a barcode would cost more than one may."""
    try:
        sides = [int(sizes.get(name) or 0) for name in ("width", "height", "barBorder")]
    except (TypeError, ValueError):
        sides = [-1]
    is_short = isinstance(value, str) and len(value) <= BARCODE_MARKS
    if not is_short or not 0 <= min(sides) <= max(sides) <= BARCODE_PIXELS:
        raise UserError(
            env._(
                "A barcode has at most %(marks)s characters and %(pixels)s pixels a side.",
                marks=BARCODE_MARKS,
                pixels=BARCODE_PIXELS,
            )
        )
