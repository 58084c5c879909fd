from typing import Any

from odoo import api, fields, models

ALL = "all"


class ExportWizard(models.TransientModel):
    """Tables as files on screen, those of the students whom the user looks after.

    It has no rights of its own: what goes into a file is what its user finds.
    """

    _name = "ntue.export.wizard"
    _description = "Export files"
    _inherit = ["ntue.readable.references"]

    table = fields.Selection("_tables", required=True, default=ALL)
    department_ids = fields.Many2many(
        "ntue.department",
        string="Departments",
        help="The students of these departments alone. Without any: all whom you look after.",
    )
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
        """The file, of which the register keeps who took it; UserError if it were too large."""
        self.ensure_one()
        self.env["ntue.exporter"]._check_bounded(self._names(), self.department_ids)
        return {
            "type": "ir.actions.act_url",
            "url": f"/ntue_curriculum/export/{self.id}",
            "target": "download",
        }

    def _file(self):
        """Name and open file of what was chosen."""
        self.ensure_one()
        name = "ntue" if self.table == ALL else self.table
        exporter = self.env["ntue.exporter"]
        file = exporter._export_file(self.kind, self._names(), self.department_ids)
        return f"{name}.{self.kind}", file

    def _names(self):
        return None if self.table == ALL else [self.table]
