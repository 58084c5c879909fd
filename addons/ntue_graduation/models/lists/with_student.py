"""What is with the student: returned for correction, or a supplement is still to come."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.tools import SQL

from ...stages import sql_of
from ...workflow import stages

READ = {
    "ntue.graduation.application": [
        "student_id",
        "term_id",
        "department_id",
        "division",
        "slip_number",
        "state",
        "first_review",
        "submitted_at",
        "returns",
        "return_deadline",
        "supplement_requested_on",
        "supplement_uploaded_at",
        "supplement_received_on",
        "supplement_deadline",
        "supplement_text",
        "is_archived",
    ],
    "ntue.graduation.event": ["application_id", "action", "happened_at", "reason", "user_id"],
}
"""What the list is made of: written before it is read."""


class GraduationWithStudent(models.Model):
    """One row per application that waits for its student, in the words of who sent it there.

    A returned application is a draft again, which is the student's alone (I9): the list has
    what the office itself did and wrote, and nothing of the draft.
    """

    _name = "ntue.graduation.with.student"
    _description = "Application that is with the student"
    _inherit = ["ntue.readable.references"]
    _auto = False
    _order = "deadline, student_no, id"
    _rec_name = "slip_number"

    slip_number = fields.Char(string="Slip number", readonly=True)
    student_no = fields.Char(readonly=True, string="Student number")
    student_name = fields.Char(readonly=True, string="Full name")
    term_id = fields.Many2one("ntue.term", readonly=True)
    department_id = fields.Many2one("ntue.department", readonly=True)
    division = fields.Selection(
        [("day", "Day division"), ("continuing", "Continuing education")], readonly=True
    )
    kind = fields.Selection(
        [("returned", "Returned for correction"), ("supplement", "Supplement asked for")],
        readonly=True,
        string="Waits for",
    )
    since = fields.Date(readonly=True, help="Day on which it went to the student.")
    deadline = fields.Date(readonly=True, string="Until")
    days_left = fields.Integer(string="Days left", compute="_compute_days_left")
    reason = fields.Char(readonly=True, string="What the student was told")
    sent_by_id = fields.Many2one("res.users", readonly=True, string="Sent by")
    returns = fields.Integer(readonly=True, string="Times returned", aggregator=None)
    is_archived = fields.Boolean(readonly=True, string="Student's record archived")

    _depends = READ

    @property
    def _table_query(self):
        return SQL(
            """
        SELECT application.id,
               application.slip_number,
               student.student_no,
               student.name AS student_name,
               application.term_id,
               application.department_id,
               application.division,
               application.is_archived,
               CASE WHEN returned THEN 'returned' ELSE 'supplement' END AS kind,
               (sent.happened_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Taipei')::date AS since,
               CASE WHEN returned THEN application.return_deadline
                    ELSE application.supplement_deadline END AS deadline,
               CASE WHEN returned THEN sent.reason
                    ELSE application.supplement_text END AS reason,
               sent.user_id AS sent_by_id,
               (SELECT COUNT(*) FROM ntue_graduation_event event
                 WHERE event.application_id = application.id AND event.action = 'return'
               )::integer AS returns
          FROM (SELECT *, (%s) AS returned FROM ntue_graduation_application) application
          JOIN ntue_student student ON student.id = application.student_id
          JOIN LATERAL (
               SELECT happened_at, reason, user_id
                 FROM ntue_graduation_event event
                WHERE event.application_id = application.id
                  AND event.action = CASE WHEN returned THEN 'return' ELSE 'ask_supplement' END
                ORDER BY event.id DESC
                LIMIT 1
               ) sent ON TRUE
         WHERE returned
            OR (application.state = 'submitted'
                AND application.first_review = 'pending'
                AND application.supplement_requested_on IS NOT NULL
                AND application.supplement_uploaded_at IS NULL
                AND application.supplement_received_on IS NULL)
        """,
            sql_of(stages("returned")),
        )

    @api.depends("deadline")
    def _compute_days_left(self):
        today = taipei_today()
        for row in self:
            row.days_left = (row.deadline - today).days if row.deadline else 0
