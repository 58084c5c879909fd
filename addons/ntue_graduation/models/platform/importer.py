"""The importer's file ``windows``, and a column of ``departments``: what this addon adds (3–6, I2).

``windows`` says when each division takes applications.
"""

from odoo import api, models
from odoo.addons.ntue_curriculum.importer import common_columns as common
from odoo.addons.ntue_curriculum.importer.columns import Date, OneOf
from odoo.addons.ntue_curriculum.importer.problems import messages_of
from odoo.addons.ntue_curriculum.importer.rules import ends_after_start, kind_fits_division
from odoo.addons.ntue_curriculum.importer.school_files import DIVISIONS, KINDS
from odoo.addons.ntue_curriculum.importer.spec import FileSpec, Reference

from ...paper_column import with_column, write_paperless

_ = messages_of("ntue_graduation")

WINDOWS = FileSpec(
    "windows",
    (
        common.term("term", required=True),
        OneOf(name="division", header="學制", required=True, options=DIVISIONS, example="進修"),
        OneOf(
            name="kind",
            header="班別",
            options=KINDS,
            empty=False,
            example="夜間",
            help=_("Empty: all classes of the division."),
        ),
        Date(name="date_open", header="開始日", required=True, example="2025-10-27"),
        Date(name="date_close", header="截止日", required=True, example="2025-11-21"),
        Date(
            name="date_leave",
            header="最終離校日",
            required=True,
            example="2026-02-15",
            help=_("Applications that are not completed by this day lapse."),
        ),
    ),
    key=("term", "division", "kind"),
    references=(Reference("terms", ("term",)),),
    rules=(
        ends_after_start("date_open", "date_close"),
        ends_after_start("date_close", "date_leave"),
        kind_fits_division,
    ),
    title=_("Application windows"),
)


class Importer(models.AbstractModel):
    _inherit = "ntue.importer"

    @api.model
    def _file_specs(self):
        specs = super()._file_specs()
        mine = [with_column(spec) if spec.name == "departments" else spec for spec in specs]
        return (*mine, WINDOWS)

    @api.model
    def _import_steps(self):
        return (*super()._import_steps(), write_paperless, write_windows)


def write_windows(run):
    """Open or move windows; texts and contacts that the registrar has set stay."""
    rows = run.rows("windows")
    if not rows:
        return
    terms = run.ids("ntue.term", {row.term for row in rows})
    found = run.env["ntue.graduation.window"].search([("term_id", "in", list(terms.values()))])
    stored = {(window.term_id.id, window.division, window.kind): window for window in found}
    wanted = []
    for row in rows:
        key = (terms[row.term], row.division, row.kind)
        values = {
            "term_id": key[0],
            "division": row.division,
            "kind": row.kind,
            "date_open": row.date_open,
            "date_close": row.date_close,
            "date_leave": row.date_leave,
        }
        window = stored.get(key)
        if window and window.date_leave != row.date_leave and window._lapsing(row.date_leave):
            values["date_leave"] = window.date_leave
            run.warn(
                "windows",
                row,
                "date_leave",
                _(
                    "The final leaving date stays as it is: applications would lapse with this "
                    "one. Change it in the application window, which says how many and asks."
                ),
            )
        if window and window._is_extended() and row.date_close < window.date_close:
            values["date_close"] = window.date_close
            run.warn(
                "windows",
                row,
                "date_close",
                _(
                    "The last day stays as it is: a registrar extended the period. Change it in "
                    "the application window."
                ),
            )
        wanted.append((key, values))
    run.upsert("ntue.graduation.window", wanted, stored, run.counts("windows"))
