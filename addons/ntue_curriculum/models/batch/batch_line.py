from odoo import fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

TRIES = 5
"""How often a record is tried that somebody else is working on."""


class BatchLine(models.AbstractModel):
    """One record of many: what was seen before, and what became of it.

    A model adds its batch, the selection ``verdict``, of which ``ready`` is one value, and
    ``_take_once``.
    """

    _name = "ntue.batch.line"
    _description = "Record of a batch"
    _inherit = ["ntue.readable.references", "ntue.batch.guard"]
    _rec_name = "number"

    number = fields.Char()
    why = fields.Text(string="Why not")
    result = fields.Selection([("done", "Done"), ("refused", "Not done")])
    message = fields.Text()
    ended_at = fields.Datetime(string="Ended on")

    def _take_once(self):
        """Take the step for this record; UserError where it cannot be taken."""
        raise NotImplementedError

    def _looked_at_values(self, problems):
        """Values of a new line, by what forbids the step; nothing is done yet."""
        return {
            "why": "\n".join(problems) or False,
            "result": False,
            "message": False,
            "ended_at": False,
        }

    def _take(self):
        """Take the step in the name of the user who asked for it, or write down why not."""
        self.ensure_one()
        for left in reversed(range(TRIES)):
            try:
                with self.env.cr.savepoint():
                    self._lock_row()
                    if not self.result:  # else it was taken by another run of the cron
                        self._take_once()
                        self._end("done", False)
                    self.env.flush_all()
            except UserError as error:
                self.env.invalidate_all()
                self._end("refused", str(error))
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Somebody else was working on it. Everything before is committed: begin anew.
                if not left:
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all()
                continue
            return

    def _lock_row(self):
        """Let no other run take this line meanwhile, and read what it says now."""
        self.env.cr.execute(
            SQL("SELECT id FROM %s WHERE id = %s FOR UPDATE", SQL.identifier(self._table), self.id)
        )
        self.invalidate_recordset(["result"])

    def _end(self, result, message):
        self.write({"result": result, "message": message, "ended_at": fields.Datetime.now()})
