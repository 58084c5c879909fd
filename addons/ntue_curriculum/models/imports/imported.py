from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...groups import STAFF
from ...importing import import_of


class Imported(models.AbstractModel):
    """Records that imports make by the ten thousands: each names the one that it came with.

    What an import changes later is in the register and the history, which name theirs.
    """

    _name = "ntue.imported"
    _description = "Names the import that it came with"

    import_id = fields.Many2one(
        "ntue.import",
        string="Came with the import",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=STAFF,
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_names_no_import(vals_list)
        if number := import_of(self):
            vals_list = [{**vals, "import_id": number} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        self._check_names_no_import([vals])
        return super().write(vals)

    @api.model
    def _add_missing_default_values(self, values):
        """No default of a caller names one."""
        found = super()._add_missing_default_values(values)
        if "import_id" not in values:
            found.pop("import_id", None)
        return found

    @api.model
    def _check_names_no_import(self, vals_list):
        if any("import_id" in vals for vals in vals_list):
            raise AccessError(self.env._("Which import a record came with says the import itself."))
