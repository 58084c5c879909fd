"""Odoo's own export of a list as a file, in which no cell is run as a formula (F17)."""

from odoo.addons.web.controllers.export import (
    CSVExport,
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)

from ..importer.outgoing import FORMULA_STARTS, safe_cell


class PlainCells:
    """A workbook's writer that writes text as text, whatever it begins with."""

    def __init__(self, *args):
        super().__init__(*args)
        # What Excel keeps for a text typed with a ' before it: still text when it is edited.
        quoted = {"text_wrap": True, "quote_prefix": True}
        self.quoted_style = self.workbook.add_format(quoted)

    def write(self, row, column, cell_value, style=None):
        if not isinstance(cell_value, str):
            super().write(row, column, cell_value, style)
            return
        if cell_value.startswith(FORMULA_STARTS):
            style = self.quoted_style
        self.worksheet.write_string(row, column, cell_value, style)


class PlainWriter(PlainCells, ExportXlsxWriter):
    pass


class PlainGroupWriter(PlainCells, GroupExportXlsxWriter):
    pass


class PlainCsv(CSVExport):
    def from_data(self, fields, columns_headers, rows):
        """Odoo neutralises three signs that begin a formula, and leaves the others."""
        rows = [[self._safe(value) for value in row] for row in rows]
        return super().from_data(fields, [safe_cell(title) for title in columns_headers], rows)

    def _safe(self, value):
        return safe_cell(value) if isinstance(value, str) else value


class PlainExcel(ExcelExport):
    def from_group_data(self, fields, columns_headers, groups):
        with PlainGroupWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        with PlainWriter(fields, columns_headers, len(rows)) as writer:
            for line, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    writer.write_cell(line, column, value)
        return writer.value
