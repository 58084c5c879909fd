from typing import Any

from odoo import api, fields, models

from ..exporter.reach import Reach

ALL = "all"


class ExportWizard(models.TransientModel):
    """Tables as files on screen, those of the students whom the user looks after.

    It has no rights of its own: what goes into a file is what its user finds.
    """

    _name = "ntue.export.wizard"
    _description = "Export files"
    _inherit = ["ntue.readable.references"]

    table = fields.Selection("_tables", required=True, default=ALL)
    kind = fields.Selection(
        [("xlsx", "A workbook (.xlsx)"), ("zip", "CSV files in a .zip")],
        string="File",
        required=True,
        default="xlsx",
    )

    @api.model
    def _tables(self):
        importer = self.env["ntue.importer"]
        specs = importer._file_specs()
        named = [(spec.name, importer._import_text(spec.title)) for spec in specs if spec.title]
        return [(ALL, self.env._("All tables")), *named]

    def action_download(self) -> dict[str, Any]:
        """The file, of which the register keeps who took it."""
        self.ensure_one()
        Reach(self.env)
        return {
            "type": "ir.actions.act_url",
            "url": f"/ntue_curriculum/export/{self.id}",
            "target": "download",
        }

    def _file(self):
        """Name and open file of what was chosen."""
        self.ensure_one()
        names = None if self.table == ALL else [self.table]
        name = "ntue" if self.table == ALL else self.table
        return f"{name}.{self.kind}", self.env["ntue.exporter"]._export_file(self.kind, names)
