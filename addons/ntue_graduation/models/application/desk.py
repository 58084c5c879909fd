"""The figures that desks list, sort and filter by, kept with the application (26, D30).

An audit for each row of a list would let everybody wait. They are made at every step and
decision and, when data changed, by the cron that keeps the stored audits; the form and
every guard audit afresh and never ask these.
"""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.labels import plain_number

from ... import workflow
from ...cases import held, known, pending_decisions, ticks_beside
from ...pages.after_step import after_step, next_in_list
from ...pages.desk import DOUBTS, figures, findings
from ...papers.unprintable import typeface_problem

FOR_STAFF = frozenset(
    {
        "override_reason",
        "hand_checked",
        "review_reason",
        "return_deadline",
        "findings",
        "doubt",
        "has_doubt",
        "open_rows",
        "returns",
        "known_flexible",
        "is_ready",
        "lacks_milestone",
        "certainty",
        "hand_back_reason",
        "handed_back_on",
        *(name for name, _weight in DOUBTS),
    }
)
"""What reviewers note and weigh; students read what is decided, and why (D30).

The reason and the day of a return are prepared before the step is taken: students read them
from that step on (``panels``).
"""


SUPPLEMENT = (
    "supplement_requested_on",
    "supplement_uploaded_at",
    "supplement_received_on",
    "supplement_deadline",
)
"""What says whether a supplement is asked for, and where it is."""


class ApplicationDesk(models.AbstractModel):
    """The part of an application that its reviewers' desks show; see ``application``."""

    _name = "ntue.graduation.application.desk"
    _description = "Graduation application: what desks list"
    _staff_fields = FOR_STAFF

    slip_number = fields.Char(
        string="Slip number", compute="_compute_slip_number", store=True, index=True
    )
    step = fields.Selection(
        [
            ("first", "1 First review"),
            ("second", "2 Second review"),
            ("leaving", "3 Leaving"),
            ("failed", "4 Not passed"),
            ("completed", "5 Completed"),
            ("lapsed", "6 Lapsed"),
        ],
        compute="_compute_step",
        store=True,
        group_expand="_expand_steps",
    )
    review_due = fields.Date(
        compute="_compute_review_due",
        store=True,
        string="Due",
        help="By when this step is planned to be done; nothing stops then.",
    )
    days_left = fields.Integer(string="Days left", compute="_compute_days_left")
    known_required = fields.Float(string="Credits required", digits=(5, 1), readonly=True)
    known_expected = fields.Float(string="Credits expected", digits=(5, 1), readonly=True)
    known_credits = fields.Char(compute="_compute_known_credits", string="Expected / required")
    known_flexible = fields.Char(string="Flexible / limit", readonly=True)
    is_short = fields.Boolean(
        string="Short", readonly=True, help="Not met as it stands, courses in progress included."
    )
    lacks_milestone = fields.Boolean(
        string="Milestone missing",
        readonly=True,
        help="A milestone is not met as it stands, or waits for a reviewer.",
    )
    is_over_cap = fields.Boolean(string="Over the limit", readonly=True)
    is_changed = fields.Boolean(string="Changed since submission", readonly=True)
    is_unproven = fields.Boolean(
        string="Not proven best",
        readonly=True,
        help="The search for the best placement of the courses was given up: look at it yourself.",
    )
    certainty = fields.Selection(
        [
            ("certain", "Certain"),
            ("open", "Still open"),
            ("out_of_reach", "Out of reach this term"),
        ],
        readonly=True,
        help="Whether the grades that are pending can change that the requirements are met.",
    )
    is_legacy = fields.Boolean(string="Reference only", readonly=True)
    is_ready = fields.Boolean(
        string="Final audit met",
        readonly=True,
        help="Everything is graded and passed grades alone meet the requirements.",
    )
    known_at = fields.Datetime(readonly=True, string="Figures of")
    open_rows = fields.Integer(compute="_compute_open_rows", store=True, string="Courses to decide")
    doubt = fields.Integer(compute="_compute_doubt", store=True)
    has_doubt = fields.Selection(
        [("doubt", "To be looked at"), ("clear", "Clear")],
        string="In doubt",
        compute="_compute_doubt",
        store=True,
    )
    is_late = fields.Boolean(
        string="By late permit", readonly=True, help="First submitted after the period."
    )
    awaits_paper = fields.Boolean(
        compute="_compute_awaits_paper",
        store=True,
        string="Paper missing",
        help="The signed slip has not come in, and the department asks for it.",
    )
    is_archived = fields.Boolean(
        compute="_compute_is_archived",
        store=True,
        string="Student's record archived",
        help="The student has left without graduating: nobody waits for this application.",
    )
    hand_back_reason = fields.Char(
        readonly=True, string="Handed back because", help="What the registrar wrote."
    )
    handed_back_on = fields.Date(string="Handed back on", readonly=True)
    returns = fields.Integer(readonly=True, help="How often it was returned for correction.")
    findings = fields.Char(compute="_compute_findings")
    typeface_problem = fields.Text(
        compute="_compute_typeface_problem",
        string="Names that cannot be printed",
        help="On the slip that was submitted, and in the student's record.",
    )

    @api.depends("term_id.code", "student_id.student_no")
    def _compute_slip_number(self):
        for application in self:
            application.slip_number = application._number()

    @api.depends("state", "first_review", "second_review")
    def _compute_step(self):
        for application in self:
            # Whether the paper is there makes no difference to the step.
            stage = workflow.stage_of(application._position(), paper=True)
            application.step = stage and stage.step

    @api.depends("paper_received_on", "department_id.is_paperless")
    def _compute_awaits_paper(self):
        for application in self:
            application.awaits_paper = application._awaits_paper()

    @api.depends("student_id.active")
    def _compute_is_archived(self):
        for application in self:
            application.is_archived = not application.student_id.active

    @api.model
    def _expand_steps(self, _values, _domain):
        return ["first", "second", "leaving"]

    @api.depends(
        "step",
        "window_id.first_review_due",
        "window_id.second_review_due",
        "window_id.date_close",
        "window_id.date_leave",
    )
    def _compute_review_due(self):
        for application in self:
            window = application.window_id
            application.review_due = {
                "first": window._first_due(),
                "second": window._second_due(),
                "leaving": window.date_leave,
            }.get(application.step, False)

    @api.depends("review_due")
    def _compute_days_left(self):
        today = taipei_today()
        for application in self:
            due = application.review_due
            application.days_left = (due - today).days if due else 0

    @api.depends("known_expected", "known_required")
    def _compute_known_credits(self):
        for application in self:
            expected, required = application.known_expected, application.known_required
            application.known_credits = f"{plain_number(expected)} / {plain_number(required)}"

    @api.depends("line_ids.decision")
    def _compute_open_rows(self):
        for application in self:
            application.open_rows = len(application.line_ids._to_decide())

    @api.depends("open_rows", "supplement_requested_on", *(name for name, _weight in DOUBTS))
    def _compute_doubt(self):
        for application in self:
            found = sum(weight for name, weight in DOUBTS if application[name])
            application.doubt = found + bool(application.open_rows)
            application.has_doubt = "doubt" if application.doubt else "clear"

    @api.depends_context("lang")
    @api.depends(
        "doubt",
        "lacks_milestone",
        "step",
        "awaits_paper",
        "hand_back_reason",
        "typeface_problem",
        *SUPPLEMENT,
    )
    def _compute_findings(self):
        for application in self:
            application.findings = " · ".join(findings(application))

    @api.depends_context("lang")
    @api.depends("student_id.typeface_problem", "unprintable_text", "state", "submitted_at")
    def _compute_typeface_problem(self):
        for application in self:
            application.typeface_problem = typeface_problem(application)

    # Keeping the figures true

    def _restate(self):
        """Make the stored figures again; a draft has none. Returns what is short since."""
        found_short = self.browse()
        for application in self.sudo():
            if application.state == "draft" or not application.submitted_at:
                continue
            was_short = application.is_short
            with held(self.env):
                values = figures(application)
            application._set(values)
            if values["is_short"] and not was_short:
                found_short |= application
        return found_short

    # From one to the next

    def _after_step(self, leaves=False):
        """The client's way on after a step on one application, with what to say; else None.

        ``leaves``: the application does not wait for this reviewer any more, so that the next
        one of the list, or the next slip, follows.
        """
        if len(self) != 1:
            return None
        return after_step(self, leaves=leaves)

    def action_next(self):
        """The next of the list, without a decision on this one."""
        self.ensure_one()
        return next_in_list(self)

    def action_see_as_student(self):
        """The application as its student reads it, in a tab of its own."""
        self.ensure_one()
        url = f"/graduation/review/{self.id}/student"
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def action_see_progress(self):
        """The student's record, with the study progress as the student sees it."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "ntue.student",
            "res_id": self.student_id.id,
            "views": [(False, "form")],
        }

    def action_accept_all(self):
        """採計為彈性學分: every ticked row that is not decided yet."""
        self.check_access("read")
        for application in self:
            application.line_ids._to_decide().action_accept()

    # Of many

    def _audits(self):
        """``(application, its audit)`` of all of them, as ``_audit`` finds it, read in bulk."""
        for term, applications in self.grouped("term_id").items():
            pending = {row.student_id: pending_decisions(row) for row in applications}
            cases = dict(applications.student_id._cases(term, pending))
            for application in applications:
                student = application.student_id
                case = known(self.env, student, cases[student])
                ticks = ticks_beside(application, pending[student])
                yield application, case.audit(case.allowed(ticks))

    def _roster_action(self, kind):
        """What a menu of the list opens: the file ``kind`` of the chosen applications."""
        chosen = ",".join(map(str, self.ids))
        values = {"kind": kind, "chosen": chosen, "term_id": False, "stand": "all"}
        roster = self.env["ntue.graduation.roster"].create({**values, "department_ids": [(5,)]})
        return roster.action_download()
