"""How far a long import is: written past its transaction, in which nobody else sees anything."""

from odoo import fields, models
from psycopg2 import OperationalError
from psycopg2.extras import Json

from ...importer.stages import FILE, StoppedError, as_json

TELL = "UPDATE ntue_import_progress SET told = %s WHERE import_id = %s RETURNING is_stopped"


class ImportProgress(models.Model):
    """One row while an import is under way; the import alone and who stops it write it."""

    _name = "ntue.import.progress"
    _description = "How far an import is"
    _inherit = ["ntue.readable.references"]
    _rec_name = "import_id"
    _log_access = False

    import_id = fields.Many2one("ntue.import", required=True, ondelete="cascade", index=True)
    told = fields.Json(help="The last that was said of each file.")
    is_stopped = fields.Boolean(string="Stopped")

    def _lines(self):
        """What was said, in the order of the files."""
        return list((self.told or {}).values())


class Progress:
    """Keeps what a run says of how far it is; ``StoppedError`` once somebody wants that."""

    def __init__(self, registry, number):
        self._registry = registry
        self._number = number
        self._told = {}

    def __call__(self, message):
        self._told[message.args[FILE]] = as_json(message)
        try:
            with self._registry.cursor() as cr:
                cr.execute(TELL, [Json(self._told), self._number])
                row = cr.fetchone()
        except OperationalError:  # somebody stops it in this moment: it is seen at the next stage
            return
        if row and row[0]:
            raise StoppedError
