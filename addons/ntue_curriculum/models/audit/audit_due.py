from odoo import api, fields, models
from odoo.tools import SQL

_AGAIN = """
    DELETE FROM ntue_audit_due earlier
          USING ntue_audit_due later
          WHERE later.student_id = earlier.student_id AND later.id > earlier.id
"""


class AuditDue(models.Model):
    """Students of whom something changed that an audit is made from.

    Each change adds a row of its own, and the job takes away those that its picture of the
    database has. So a change that comes while an audit is made is not lost, as it would be with
    a mark on the audit; and none waits for the job, or the job for one.
    """

    _name = "ntue.audit.due"
    _description = "Audit that is due"
    _inherit = ["ntue.readable.references"]
    _rec_name = "student_id"
    _log_access = False

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)

    @api.model
    def _add(self, students):
        """Their audits are to be made again."""
        self.env.cr.execute(
            SQL("INSERT INTO ntue_audit_due (student_id) SELECT unnest(%s)", students.ids)
        )
        self._changed()

    @api.model
    def _take(self, students):
        """Their audits are made, of the database as this transaction sees it."""
        self.env.cr.execute(
            SQL("DELETE FROM ntue_audit_due WHERE student_id = ANY(%s)", students.ids),
            log_exceptions=False,  # of two who take them at once one is repeated
        )
        self._changed()

    @api.model
    def _changed(self):
        self.invalidate_model(flush=False)
        self.env["ntue.audit"].invalidate_model(["is_stale", "freshness"], flush=False)

    @api.model
    def _students(self):
        """Of whom there is a row, as SQL."""
        return SQL("SELECT student_id FROM ntue_audit_due")

    @api.autovacuum
    def _gc_repeated(self):
        """Of those whom the job does not come to, who are archived, the last row is enough."""
        self.env.cr.execute(SQL(_AGAIN))
