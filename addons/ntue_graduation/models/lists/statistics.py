"""How many applied, passed, came back and lapsed, and how long each step took."""

from odoo import fields, models
from odoo.addons.ntue_curriculum.models.school.program import DIVISIONS
from odoo.tools import SQL

from ... import workflow
from ...stages import sql_of

COUNTED = {
    "ntue.graduation.application": [
        "slip_number",
        "term_id",
        "term_number",
        "department_id",
        "program_id",
        "division",
        "state",
        "first_review",
        "second_review",
        "submitted_at",
        "paper_received_on",
        workflow.FIELD_OF_PAPER,
        "first_reviewed_at",
        "second_reviewed_at",
        "completed_at",
    ],
    "ntue.graduation.event": ["application_id", "action"],
}
"""What the numbers are made of: written before they are read."""

COLUMNS = workflow.counted()
"""The numbers that are counts of the table; "returned" counts how often it was."""


class GraduationStatistics(models.Model):
    """One row per application that was submitted, those with the student again included.

    Of a returned one it is counted that it is there and where it has been; its draft is the
    student's own. What staff may not see is not counted for them either (I9): record rules as for
    applications. Days are days of the calendar in Taipei from one step to the next; a
    step that was not taken has none.
    """

    _name = "ntue.graduation.statistics"
    _description = "Statistics of graduation applications"
    _inherit = ["ntue.readable.references"]
    _auto = False
    _order = "term_number desc, department_id, id"
    _rec_name = "slip_number"

    slip_number = fields.Char(readonly=True, string="Slip number")
    term_id = fields.Many2one("ntue.term", readonly=True)
    term_number = fields.Integer(readonly=True, string="Term as a number", aggregator=None)
    department_id = fields.Many2one("ntue.department", readonly=True)
    program_id = fields.Many2one("ntue.program", readonly=True)
    division = fields.Selection(DIVISIONS, readonly=True)
    submitted_on = fields.Date(string="Submitted on", readonly=True)
    applied = fields.Integer(readonly=True)
    paper = fields.Integer(readonly=True, string="Paper received")
    waiting_paper = fields.Integer(readonly=True, string="Paper missing")
    waiting_first = fields.Integer(readonly=True, string="Waiting for first review")
    with_student = fields.Integer(
        readonly=True, string="With the student", help="Returned for correction and not back."
    )
    first_passed = fields.Integer(readonly=True, string="First review passed")
    first_failed = fields.Integer(readonly=True, string="First review not passed")
    waiting_second = fields.Integer(readonly=True, string="Waiting for second review")
    second_passed = fields.Integer(readonly=True, string="Second review passed")
    second_failed = fields.Integer(readonly=True, string="Second review not passed")
    waiting_leave = fields.Integer(readonly=True, string="Passed, leaving not completed")
    failed = fields.Integer(readonly=True, string="Not passed")
    completed = fields.Integer(readonly=True)
    lapsed = fields.Integer(readonly=True)
    returned = fields.Integer(
        readonly=True,
        string="Times returned",
        help="So many times it went back to the student for correction.",
    )
    paper_days = fields.Integer(
        readonly=True, aggregator="avg", string="Days from submission to paper"
    )
    first_days = fields.Integer(
        readonly=True, aggregator="avg", string="Days from submission to first review"
    )
    second_days = fields.Integer(
        readonly=True, aggregator="avg", string="Days from first to second review"
    )
    completed_days = fields.Integer(
        readonly=True, aggregator="avg", string="Days from second review to completion"
    )

    _depends = COUNTED

    @property
    def _table_query(self):
        numbers = SQL(", ").join(
            SQL("(%s)::integer AS %s", sql_of(stages), SQL.identifier(name))
            for name, stages in COLUMNS.items()
        )
        return SQL(
            """
        SELECT application.id,
               application.slip_number,
               application.term_id,
               application.term_number,
               application.department_id,
               application.program_id,
               application.division,
               taipei.submitted_on,
               1 AS applied,
               (application.paper_received_on IS NOT NULL AND state != 'draft')::integer AS paper,
               (first_review = 'passed')::integer AS first_passed,
               (first_review = 'failed')::integer AS first_failed,
               (second_review = 'passed')::integer AS second_passed,
               (second_review = 'failed')::integer AS second_failed,
               %s,
               (SELECT COUNT(*) FROM ntue_graduation_event event
                 WHERE event.application_id = application.id AND event.action = 'return'
               )::integer AS returned,
               application.paper_received_on - taipei.submitted_on AS paper_days,
               taipei.first_on - taipei.submitted_on AS first_days,
               taipei.second_on - taipei.first_on AS second_days,
               taipei.completed_on - taipei.second_on AS completed_days
          FROM ntue_graduation_application application
         CROSS JOIN LATERAL (
               SELECT (submitted_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Taipei')::date
                          AS submitted_on,
                      (first_reviewed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Taipei')::date
                          AS first_on,
                      (second_reviewed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Taipei')::date
                          AS second_on,
                      (completed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Taipei')::date
                          AS completed_on
               ) taipei
         WHERE submitted_at IS NOT NULL AND (%s)
        """,
            numbers,
            sql_of([stage for stages in COLUMNS.values() for stage in stages]),
        )

    def action_open(self):
        """The application; of one that is with the student, what the office did and wrote."""
        self.ensure_one()
        kind = "with.student" if self.with_student else "application"
        return {
            "type": "ir.actions.act_window",
            "res_model": f"ntue.graduation.{kind}",
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.slip_number,
        }
