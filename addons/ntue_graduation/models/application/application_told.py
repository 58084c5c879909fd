"""What a review says to the student: from the step on that says it, not while it is prepared."""

from odoo import api, fields, models

TELLING = ("failed", "returned")
"""Outcomes of a review that come with a reason."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    told_reason = fields.Char(compute="_compute_told", string="Reason of the review")
    told_deadline = fields.Date(compute="_compute_told", string="To be submitted again by")

    @api.depends("first_review", "second_review", "review_reason", "return_deadline")
    def _compute_told(self):
        for application in self:
            known = application.sudo()
            is_told = known.first_review in TELLING or known.second_review in TELLING
            application.told_reason = is_told and known.review_reason
            is_returned = known.first_review == "returned"
            application.told_deadline = is_returned and known.return_deadline
