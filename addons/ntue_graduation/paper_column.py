"""The column 無紙本初審 of the file ``departments`` (D27), which this addon reads and writes."""

from dataclasses import replace

from odoo.addons.ntue_curriculum.importer.columns import YesNo
from odoo.addons.ntue_curriculum.importer.problems import messages_of
from odoo.addons.ntue_curriculum.importer.writing.school import records_by

_ = messages_of("ntue_graduation")

NAME = "is_paperless"


def with_column(spec):
    """The declaration of the file ``departments`` with the column."""
    column = YesNo(
        name=NAME,
        header="無紙本初審",
        example="否",
        help=_(
            "Whether the first review begins without a signed slip. Empty: as it is on record, 否 "
            "for a new department."
        ),
    )
    return replace(spec, columns=(*spec.columns, column))


def write_paperless(run):
    """Keep what the column says; a blank cell keeps what is there."""
    said = {row.code: row.is_paperless for row in run.rows("departments")}
    said = {code: value for code, value in said.items() if value is not None}
    stored = records_by(run, "ntue.department", said)
    run.upsert("ntue.department", [(code, {NAME: said[code]}) for code in stored], stored)


def with_value(rows_of):
    """The exporter's function of the file, with the value of the column."""

    def rows(export):
        departments = export.env["ntue.department"].search(export.reach.departments())
        paperless = {row.code: row.is_paperless for row in departments}
        for row in rows_of(export):
            yield {**row, NAME: paperless[row["code"]]}

    return rows
