from odoo import models

HIDDEN = "—"
"""Shown instead of a name to users who may not read the record."""


class Confidential(models.AbstractModel):
    """Records whose name only their readers may see.

    Odoo shows the name behind a many2one by superuser rights, so that a user who may
    fill in such a field could read every name by its number. Names are therefore given
    to readers only.
    """

    _name = "ntue.confidential"
    _description = "Name for readers only"
    _inherit = ["ntue.discreet"]

    def _readable(self):
        """The records that the user may read, also when the code runs with other rights."""
        return self.sudo(False)._filtered_access("read")
