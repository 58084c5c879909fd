"""What an application shows beside its fields: figures, panels, and what its student reads.

What a review says to the student shows from the step on that says it, not while it is
prepared.
"""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.labels import plain_number

from ... import workflow
from ...pages.deferral import deferral_sentence
from ...pages.next_steps import next_steps
from ...pages.review import review_figures, review_panel, short_text
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

PASSING = ("pass_first", "pass_second", "complete")
"""The steps ahead: what is missing before them is said on the form."""

TELLING = ("failed", "returned")
"""Outcomes of a review that come with a reason."""


class ApplicationPanels(models.AbstractModel):
    """The part of an application that its form and pages draw; see ``application``."""

    _name = "ntue.graduation.application.panels"
    _description = "Graduation application: panels of its form"

    graduation_credits = fields.Float(
        string="Graduation credits", compute="_compute_figures", digits=(5, 1)
    )
    taken_credits = fields.Float(string="Taken credits", compute="_compute_figures", digits=(5, 1))
    earned_credits = fields.Float(
        string="Earned credits", compute="_compute_figures", digits=(5, 1)
    )
    expected_credits = fields.Float(
        string="Expected credits",
        compute="_compute_figures",
        digits=(5, 1),
        help="If everything in progress is passed and every tick is accepted.",
    )
    areas_text = fields.Text(compute="_compute_figures", string="Areas")
    offers = fields.Char(compute="_compute_offers", help="The actions open to the user.")
    missing_text = fields.Text(string="What is missing", compute="_compute_offers")
    short_text = fields.Text(
        string="What is not met yet",
        compute="_compute_offers",
        help="What is not met with what is decided so far, before a first review passes.",
    )
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
    deferral_text = fields.Char(
        compute="_compute_asked_panel",
        groups=STAFF,
        string="Deferred",
        help="Since when, and by whose word, the student stays on beyond the term.",
    )
    shown_reason = fields.Char(compute="_compute_shown", string="Reason of the review")
    shown_deadline = fields.Date(compute="_compute_shown", string="To be submitted again by")

    def _compute_figures(self):
        for application, result in self._audits():
            application.graduation_credits = result.graduation_credits
            application.taken_credits = result.taken
            application.earned_credits = result.earned
            application.expected_credits = result.expected
            application.areas_text = "\n".join(
                f"{'✓' if area.met else '✗'} {area.code} "
                f"{plain_number(area.taken)}/{plain_number(area.min_credits)}"
                for area in result.areas
            )

    @api.depends_context("uid", "lang")
    @api.depends(
        "state",
        "first_review",
        "second_review",
        "paper_received_on",
        "hand_checked",
        "override_reason",
        "left_on",
        "line_ids.decision",
        "exception_ids.line_id",
        "supplement_requested_on",
        "supplement_received_on",
    )
    def _compute_offers(self):
        """The actions open to the user, and what is missing before the next pass."""
        for application in self:
            transitions = list(workflow.open_actions(application._position(), application._roles()))
            # One button for all: "take_back" is in the name of each that takes a decision back.
            application.offers = " ".join(sorted({row.action for row in transitions}))
            passing = [row for row in transitions if row.action in PASSING]
            unmet = application._unmet(application._guards_of(passing[0])) if passing else {}
            application.missing_text = "\n".join(unmet.values()) if passing else False
            is_first = any(row.action == "pass_first" for row in passing)
            application.short_text = is_first and short_text(application)

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
        """What is asked of the student, and whether she has said that she stays on."""
        for application in self:
            application.deferral_text = deferral_sentence(application)
            # Of a draft nobody but its student learns anything (148).
            seen = application.state != "draft"
            application.asked_panel = seen and self.env["ir.qweb"]._render(
                "ntue_graduation.asked_panel", {"next_steps": next_steps(application)}
            )

    @api.depends("first_review", "second_review", "review_reason", "return_deadline")
    def _compute_shown(self):
        for application in self:
            known = application._origin.sudo()  # a form may say anything of it
            is_given = known.first_review in TELLING or known.second_review in TELLING
            application.shown_reason = is_given and known.review_reason
            is_returned = known.first_review == "returned"
            application.shown_deadline = is_returned and known.return_deadline
