from typing import Any

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, split_every

from ...audit_adapter import students_with_expired
from ...clock import taipei_today
from ...degree_audit import ENGINE_VERSION
from ...importing import touch
from ..school.program import DIVISIONS

BATCH = 500
"""Students between two commits of the cron."""

TRIES = 5
"""How often a batch is made while others write what it writes."""


def standing_of(courses_short, is_met):
    """What lists and figures call a number of courses short, of a whole that is met or not."""
    if is_met:
        return "met"
    return {0: "milestone", 1: "one_short"}.get(courses_short, "short")


class Audit(models.Model):
    """The latest audit of one student, stored for lists and figures.

    It says what it was made from (engine, framework revision, a hash of every input) and
    whether something has changed since. Pages audit afresh; nothing waits for this.
    """

    _name = "ntue.audit"
    _description = "Stored audit"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _order = "missing_credits, student_id"
    _rec_name = "student_id"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    curriculum_id = fields.Many2one("ntue.curriculum", required=True, ondelete="cascade")
    program_id = fields.Many2one("ntue.program", required=True, ondelete="cascade")
    department_id = fields.Many2one("ntue.department", required=True, ondelete="cascade")
    division = fields.Selection(DIVISIONS, required=True)
    entry_year = fields.Integer(string="Entry year")
    graduation_credits = fields.Float(string="Graduation credits", digits=(5, 1))
    taken = fields.Float(digits=(5, 1), string="Credits taken")
    earned = fields.Float(digits=(5, 1), string="Credits earned")
    in_progress = fields.Float(digits=(5, 1), string="Credits in progress")
    recognised = fields.Float(digits=(5, 1), string="Flexible credits")
    missing_credits = fields.Float(string="Missing credits", digits=(5, 1))
    areas_total = fields.Integer(string="Areas")
    areas_met = fields.Integer(string="Areas met")
    courses_short = fields.Integer(
        string="Courses still to be taken", help="At least so many courses are still to be taken."
    )
    standing = fields.Selection(
        [
            ("met", "Would graduate"),
            ("milestone", "Only milestones missing"),
            ("one_short", "One course short"),
            ("short", "More than one course short"),
        ],
        compute="_compute_standing",
        store=True,
        help="If everything in progress is passed.",
    )
    is_met = fields.Boolean(string="Would graduate", help="If everything in progress is passed.")
    over_limit = fields.Boolean(string="Over the study limit")
    needs_hand_check = fields.Boolean(string="Reference only")
    not_proven = fields.Boolean(
        string="Not proven best",
        help="The courses can be placed in so many ways that the search was given up: this is "
        "the best placement found, and a better one may exist.",
    )
    engine_version = fields.Integer(string="Version of the engine")
    curriculum_revision = fields.Integer(string="Framework revision")
    input_hash = fields.Char(string="Hash of the inputs")
    computed_at = fields.Datetime(string="Audited at")
    is_stale = fields.Boolean(
        string="Out of date", compute="_compute_is_stale", search="_search_is_stale"
    )
    freshness = fields.Selection(
        [
            ("fresh", "Up to date"),
            ("changed", "Data changed since"),
            ("engine", "Made by an older engine"),
        ],
        compute="_compute_freshness",
    )

    _student_unique = models.Constraint("UNIQUE(student_id)", "A student has one stored audit.")

    @api.depends("courses_short", "is_met")
    def _compute_standing(self):
        for audit in self:
            audit.standing = standing_of(audit.courses_short, audit.is_met)

    @api.depends("student_id")
    def _compute_is_stale(self):
        due = SQL("%s WHERE student_id = ANY(%s)", self._due_students(), self.student_id.ids)
        changed = {number for (number,) in self.env.execute_query(due)}
        for audit in self:
            audit.is_stale = audit.student_id.id in changed

    @api.model
    def _search_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = Domain("student_id", "in", self._due_students())
        return Domain.OR(due if wanted else ~due for wanted in value)

    @api.model
    def _due_students(self):
        return self.env["ntue.audit.due"]._students()

    @api.depends("is_stale", "engine_version")
    def _compute_freshness(self):
        for audit in self:
            older = audit.engine_version != ENGINE_VERSION
            audit.freshness = "changed" if audit.is_stale else "engine" if older else "fresh"

    @api.model
    def _fresh(self):
        """The domain of audits that still say what an audit of today would."""
        return Domain("is_stale", "=", False) & Domain("engine_version", "=", ENGINE_VERSION)

    @api.model
    def _outdate(self, students):
        """Have the audits of ``students`` made again soon."""
        if not students:
            return
        touch(students)
        self.env["ntue.audit.due"]._add(students)
        self.env.ref("ntue_curriculum.cron_audit")._trigger()

    @api.model
    def _due(self):
        """Students without an audit, or whose audit is out of date or of an older engine."""
        # Not "audit_ids not any fresh": where the database thinks that next to none are
        # fresh, it compares every student with every audit.
        older = Domain("engine_version", "!=", ENGINE_VERSION)
        due = Domain("id", "in", self._due_students()) | Domain("audit_ids", "=", False)
        return self.env["ntue.student"].search(due | Domain("audit_ids", "any", older), order="id")

    @api.model
    def _outdate_expired(self):
        """Outdate the audits of students of whom evidence has expired since they were made."""
        expired = students_with_expired(self.env, taipei_today())
        self._outdate(self.env["ntue.student"].browse(expired))

    @api.model
    def _make_due(self):
        """The cron: make every audit that is due, a batch a transaction."""
        runs = self.env["ntue.audit.run"]
        runs._begin_waiting()
        self._outdate_expired()
        left = self.env["ntue.student"].search_count([]) - self.search_count(
            self._fresh() & Domain("student_id.active", "=", True)
        )
        self.env["ir.cron"]._commit_progress(remaining=left)
        while due := self._due():
            for students in split_every(BATCH, due.ids, due.browse):
                if not self._make_batch(students):
                    return
                self.env.invalidate_all()
        runs._tell_progress()
        # What was counted and is due no more, somebody else has made meanwhile.
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _make_batch(self, students):
        """Make and commit the audits of ``students``; returns the seconds the cron has left.

        Where somebody took a step at the same moment, that one is first, and this is done again;
        not by Odoo's ``retrying``, which commits before the progress is written.
        """
        for left in reversed(range(TRIES)):
            try:
                students.exists()._store_audits()
                self.env["ntue.audit.run"]._tell_progress()
                self.env.flush_all()
                break
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if not left:
                    raise
                self.env.cr.rollback()
        return self.env["ir.cron"]._commit_progress(len(students))

    def action_open_student(self) -> dict[str, Any]:
        """The student behind a row of the list."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ntue.student",
            "res_id": self.student_id.id,
            "views": [(False, "form")],
        }
