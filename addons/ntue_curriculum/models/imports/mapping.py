"""A school's own headers, remembered by a name and confirmed one by one."""

from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...importer.mapped import unknown_titles


class ImportMapping(models.Model):
    """Which column each header of a school's files stands for.

    What is not confirmed is not used; what is used is said with every import.
    """

    _name = "ntue.import.mapping"
    _description = "Column mapping"
    _inherit = ["ntue.readable.references", "ntue.typed"]
    _order = "name"

    name = fields.Char(required=True, copy=False)
    line_ids = fields.One2many("ntue.import.mapping.line", "mapping_id", string="Columns")
    open_count = fields.Integer(compute="_compute_open_count", string="Not confirmed")

    _name_unique = models.Constraint("UNIQUE(name)", "There is a mapping of this name already.")

    @api.depends("line_ids.is_confirmed", "line_ids.column")
    def _compute_open_count(self):
        for mapping in self:
            lines = mapping.line_ids
            mapping.open_count = len(lines.filtered(lambda one: not one.is_confirmed))

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        return super().create([self._typed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._typed(vals))

    @api.model
    def _named(self, name):
        """The mapping of this name, for a way in that has no list of them; none for none."""
        if not name.strip():
            return self.browse()
        found = self.sudo().search([("name", "=", name.strip())])
        if not found:
            raise UserError(
                self.env._(
                    "There is no column mapping “%s”. Choose one of those under “Column mappings”.",
                    name.strip(),
                )
            )
        return found

    def _titles(self):
        """Column by table and header, of what was confirmed."""
        return {
            (line.column.split(".")[0], line.title.casefold()): line.column.split(".")[1]
            for line in self.line_ids
            if line.is_confirmed and line.column
        }

    def _add_unknown(self, contents):
        """Add a line for each header in ``contents`` that nobody knows, with a suggestion."""
        self.ensure_one()
        importer = self.env["ntue.importer"]
        there = {(line.table, line.title.casefold()) for line in self.line_ids}
        free = self.line_ids._fields["column"].get_values(self.env)
        self.env["ntue.import.mapping.line"].create(
            [
                {
                    "mapping_id": self.id,
                    "table": table,
                    "title": title[:255],
                    "column": f"{table}.{name}" if f"{table}.{name}" in free else False,
                }
                for table, title, name in unknown_titles(
                    importer._file_specs(), contents, self._titles()
                )
                if (table, title.casefold()) not in there
            ]
        )

    def action_use(self) -> dict[str, Any]:
        """Back to the dialog of the import, which uses what was confirmed."""
        self.ensure_one()
        number = self.env.context.get("ntue_import_wizard")
        wizard = self.env["ntue.import.wizard"].browse(number if isinstance(number, int) else ())
        if not wizard.exists():
            raise UserError(self.env._("Open the dialog of the import again, and choose this."))
        wizard.mapping_id = self
        return wizard._reopened()


class ImportMappingLine(models.Model):
    """One header of a school's files."""

    _name = "ntue.import.mapping.line"
    _description = "Column of a mapping"
    _inherit = ["ntue.readable.references", "ntue.typed"]
    _order = "table, id"
    _rec_name = "title"

    mapping_id = fields.Many2one(
        "ntue.import.mapping", required=True, ondelete="cascade", index=True
    )
    table = fields.Selection(selection="_tables", string="File", required=True)
    title = fields.Char(string="Header in your file", required=True)
    column = fields.Selection(selection="_columns", string="Is read as")
    is_confirmed = fields.Boolean(string="Confirmed")

    @api.model
    def _tables(self):
        return [(spec.name, spec.name) for spec in self.env["ntue.importer"]._file_specs()]

    @api.model
    def _columns(self):
        importer = self.env["ntue.importer"]
        never = importer._never_mapped()
        return [
            (f"{spec.name}.{column.name}", f"{spec.name} · {column.header}")
            for spec in importer._file_specs()
            for column in spec.columns
            if (spec.name, column.name) not in never
        ]

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        return super().create([self._typed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._typed(vals))

    @api.constrains("table", "title", "column", "mapping_id", "is_confirmed")
    def _check_line(self):
        for line in self:
            line._check_one()
        for mapping in self.mapping_id:
            used = mapping.line_ids.filtered(lambda one: one.is_confirmed and one.column)
            if len(set(used.mapped("column"))) < len(used):
                raise ValidationError(
                    self.env._("Two headers are read as the same column. Leave one of them out.")
                )
            titles = [(one.table, one.title.casefold()) for one in mapping.line_ids]
            if len(set(titles)) < len(titles):
                raise ValidationError(self.env._("A header is in the mapping twice."))

    def _check_one(self):
        """ValidationError for a line that would say something else than the file itself does."""
        # Odoo takes any value where a selection is worked out.
        known = dict(self._columns())
        unknown = self.column and self.column not in known
        if self.table not in dict(self._tables()) or unknown:
            raise ValidationError(self.env._("Choose a file and a column from the lists."))
        if self.column and self.column.split(".")[0] != self.table:
            raise ValidationError(self.env._("“%s”: choose a column of the same file.", self.title))
        if self.is_confirmed and not self.column:
            raise ValidationError(
                self.env._("“%s”: say as which column it is read, then confirm it.", self.title)
            )
        specs = {spec.name: spec for spec in self.env["ntue.importer"]._file_specs()}
        names = {
            name.casefold()
            for column in specs[self.table].columns
            for name in (column.header, *column.aliases)
        }
        if self.title.casefold() in names:
            raise ValidationError(
                self.env._("“%s” is a column by itself and needs no mapping.", self.title)
            )
