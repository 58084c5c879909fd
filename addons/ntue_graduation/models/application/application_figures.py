"""The figures and sentences that a reviewer's form shows beside an application."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.labels import plain_number

from ... import workflow

PASSING = ("pass_first", "pass_second", "complete")
"""The steps ahead: what is missing before them is said on the form."""


class GraduationApplication(models.Model):
    _inherit = "ntue.graduation.application"

    reference_only = fields.Boolean(related="student_id.reference_only", related_sudo=False)
    graduation_credits = fields.Float(compute="_compute_figures", digits=(5, 1))
    taken_credits = fields.Float(compute="_compute_figures", digits=(5, 1))
    earned_credits = fields.Float(compute="_compute_figures", digits=(5, 1))
    expected_credits = fields.Float(
        compute="_compute_figures",
        digits=(5, 1),
        help="If everything in progress is passed and every tick is accepted.",
    )
    areas_text = fields.Text(compute="_compute_figures", string="Areas")
    open_rows = fields.Integer(compute="_compute_open_rows", string="Courses to decide")
    offers = fields.Char(compute="_compute_offers", help="The actions open to the user.")
    missing_text = fields.Text(compute="_compute_offers")

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

    @api.depends("line_ids.decision")
    def _compute_open_rows(self):
        for application in self:
            application.open_rows = len(
                application.line_ids.filtered(lambda row: row.ticked and row.decision == "pending")
            )

    @api.depends_context("uid")
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
            # Two steps are one button: "take_back" is in the name of either.
            application.offers = " ".join(sorted({row.action for row in transitions}))
            passing = [row for row in transitions if row.action in PASSING]
            application.missing_text = (
                "\n".join(application._problems(application._guards_of(passing[0])))
                if passing
                else False
            )
