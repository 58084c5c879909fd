"""The exporter's file ``windows`` (I2)."""

from odoo import api, models

from ...paper_column import with_value

DAYS = ("date_open", "date_close", "date_leave")


class Exporter(models.AbstractModel):
    _inherit = "ntue.exporter"

    @api.model
    def _rows_by_file(self):
        rows = super()._rows_by_file()
        departments = with_value(rows["departments"])
        return {**rows, "departments": departments, "windows": windows}


def windows(export):
    """The windows that the user may see, in the order of their terms."""
    for row in export.env["ntue.graduation.window"].search([], order="term_id, date_open, id"):
        yield {
            "term": row.term_id.code,
            "division": row.division,
            "kind": row.kind,
            **{name: row[name] for name in DAYS},
        }
