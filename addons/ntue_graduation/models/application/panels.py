"""What an application shows beside its fields: drawn panels, and what its student reads.

What a review says to the student shows from the step on that says it, not while it is
prepared.
"""

from odoo import api, fields, models

from ...pages.next_steps import next_steps
from ...pages.review import review_figures, review_panel
from ...pages.timeline import timeline
from ..log.event import STAFF
from .desk import SUPPLEMENT

DECIDED = (
    "outside_line_ids.decision",
    "outside_line_ids.mapped_area_id",
    "outside_line_ids.mapped_line_id",
    "exception_ids.kind",
    "exception_ids.line_id",
    "exception_ids.enrollment_id",
)
"""What a reviewer decides on the form; the audit beside it recounts at once."""

TELLING = ("failed", "returned")
"""Outcomes of a review that come with a reason."""


class ApplicationPanels(models.AbstractModel):
    """The part of an application that its pages draw; see ``application``."""

    _name = "ntue.graduation.application.panels"
    _description = "Graduation application: panels of its form"

    review_panel = fields.Html(
        compute="_compute_review_panel", sanitize=False, string="Submitted and today"
    )
    review_figures = fields.Html(
        compute="_compute_review_figures", sanitize=False, string="The figures that decide"
    )
    timeline = fields.Html(compute="_compute_timeline", sanitize=False, groups=STAFF)
    asked_panel = fields.Html(
        compute="_compute_asked_panel",
        sanitize=False,
        groups=STAFF,
        string="What the student reads",
        help="What is asked of the student now, as every page of the student has it.",
    )
    shown_reason = fields.Char(compute="_compute_shown", string="Reason of the review")
    shown_deadline = fields.Date(compute="_compute_shown", string="To be submitted again by")

    @api.depends_context("uid", "lang")
    @api.depends(*DECIDED)
    def _compute_review_figures(self):
        """The few figures at the top of the form; they follow what is being decided there."""
        for application in self:
            application.review_figures = self.env["ir.qweb"]._render(
                "ntue_graduation.review_figures", {"figures": review_figures(application)}
            )

    @api.depends_context("uid", "lang")
    @api.depends(*DECIDED)
    def _compute_review_panel(self):
        for application in self:
            values = review_panel(application)
            application.review_panel = values and self.env["ir.qweb"]._render(
                "ntue_graduation.review_panel", values
            )

    @api.depends_context("uid", "lang")
    @api.depends("event_ids")
    def _compute_timeline(self):
        for application in self:
            application.timeline = self.env["ir.qweb"]._render(
                "ntue_graduation.timeline", {"rows": timeline(application), "staff": True}
            )

    @api.depends_context("uid", "lang")
    @api.depends("state", "first_review", "second_review", "awaits_paper", *SUPPLEMENT)
    def _compute_asked_panel(self):
        for application in self:
            # Of a draft nobody but its student learns anything (148).
            seen = application.state != "draft"
            application.asked_panel = seen and self.env["ir.qweb"]._render(
                "ntue_graduation.asked_panel", {"next_steps": next_steps(application)}
            )

    @api.depends("first_review", "second_review", "review_reason", "return_deadline")
    def _compute_shown(self):
        for application in self:
            known = application.sudo()
            is_given = known.first_review in TELLING or known.second_review in TELLING
            application.shown_reason = is_given and known.review_reason
            is_returned = known.first_review == "returned"
            application.shown_deadline = is_returned and known.return_deadline
