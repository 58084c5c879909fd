from odoo import api, fields, models
from odoo.fields import Domain


class AuditRun(models.Model):
    """A request to audit everybody, or everybody of a program, again, and how far it is."""

    _name = "ntue.audit.run"
    _description = "Audit run"
    _inherit = ["ntue.readable.references"]
    _order = "id desc"

    program_id = fields.Many2one("ntue.program", ondelete="cascade", help="Empty: everybody.")
    requested_by_id = fields.Many2one(
        "res.users",
        string="Requested by",
        default=lambda self: self.env.user,
        required=True,
        readonly=True,
    )
    requested_at = fields.Datetime(
        string="Requested on", default=fields.Datetime.now, required=True, readonly=True
    )
    started_at = fields.Datetime(string="Started on", readonly=True)
    ended_at = fields.Datetime(string="Ended on", readonly=True)
    total = fields.Integer(string="Students", readonly=True)
    done = fields.Integer(string="Audited", readonly=True)
    percent = fields.Integer(compute="_compute_percent", string="Progress")
    state = fields.Selection(
        [("waiting", "Waiting"), ("running", "Running"), ("done", "Done")],
        default="waiting",
        required=True,
        readonly=True,
    )

    @api.depends("program_id", "requested_at")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.program_id.display_name or self.env._("Everybody")

    @api.depends("total", "done", "state")
    def _compute_percent(self):
        for run in self:
            run.percent = 100 if run.state == "done" else 100 * run.done // max(run.total, 1)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:  # a request names a program; the rest is the cron's to write
            vals_list = [
                {
                    "program_id": vals.get("program_id"),
                    "requested_by_id": self.env.uid,
                    "requested_at": fields.Datetime.now(),
                    "started_at": False,
                    "ended_at": False,
                    "total": 0,
                    "done": 0,
                    "state": "waiting",
                }
                for vals in vals_list
            ]
        runs = super().create(vals_list)
        self.env.ref("ntue_curriculum.cron_audit").sudo()._trigger()
        return runs

    def _students(self):
        self.ensure_one()
        domain = [("program_id", "=", self.program_id.id)] if self.program_id else []
        return self.env["ntue.student"].search(domain)

    @api.model
    def _begin_waiting(self):
        """Put the audits that waiting runs ask for out of date."""
        for run in self.search([("state", "=", "waiting")]):
            students = run._students()
            self.env["ntue.audit"]._outdate(students)
            run.write(
                {
                    "state": "running",
                    "started_at": fields.Datetime.now(),
                    "total": len(students),
                }
            )

    @api.model
    def _tell_progress(self):
        """Count how far the running ones are."""
        for run in self.search([("state", "=", "running")]):
            students = run._students()
            audits = self.env["ntue.audit"]
            run.done = audits.search_count(
                audits._fresh() & Domain("student_id", "in", students.ids)
            )
            if run.done >= len(students):
                run.write({"state": "done", "ended_at": fields.Datetime.now()})
