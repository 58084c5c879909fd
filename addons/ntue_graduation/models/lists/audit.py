"""Stored audits: who has graduated is not counted among those who would."""

from odoo import api, fields, models
from odoo.fields import Domain


class Audit(models.Model):
    _inherit = "ntue.audit"

    has_graduated = fields.Boolean(
        string="Has graduated",
        compute="_compute_has_graduated",
        search="_search_has_graduated",
        compute_sudo=False,
        help="An application of the student's is completed.",
    )

    @api.depends("student_id")
    @api.depends_context("uid")
    def _compute_has_graduated(self):
        done = [("state", "=", "completed"), ("student_id", "in", self.student_id.ids)]
        graduates = self.env["ntue.graduation.application"].search(done).student_id
        for audit in self:
            audit.has_graduated = audit.student_id in graduates

    def _search_has_graduated(self, operator, value):
        """By what the reader may see of applications; a draft says nothing here."""
        if operator != "in":
            return NotImplemented
        completed = self.env["ntue.graduation.application"]._search([("state", "=", "completed")])
        graduated = Domain("student_id", "in", completed.subselect("student_id"))
        return Domain.OR(graduated if wanted else ~graduated for wanted in value)
