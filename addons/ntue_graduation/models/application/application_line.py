from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.pages.mapping import refusal
from odoo.exceptions import AccessError, UserError

from ...frozen import frozen
from ...mapping_trial import fits, fitting
from ...pages.mapping import effect_text

DECISION_FIELDS = frozenset({"decision", "mapped_area_id", "mapped_line_id", "decision_reason"})


class GraduationApplicationLine(models.Model):
    """One course of an application as it was at submission, and what was decided on it."""

    _name = "ntue.graduation.application.line"
    _description = "Course of a graduation application"
    _inherit = ["ntue.readable.references", "ntue.discreet"]
    _staff_fields = frozenset({"fitting_area_ids", "fitting_line_ids", "effect"})
    _order = "application_id, id"

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, ondelete="cascade", index=True
    )
    student_id = fields.Many2one(related="application_id.student_id", related_sudo=False)
    curriculum_id = fields.Many2one(
        related="application_id.student_id.curriculum_id", related_sudo=False
    )
    enrollment_id = fields.Many2one(
        "ntue.enrollment", string="Enrolment", required=True, ondelete="restrict"
    )
    label = fields.Char(readonly=True)
    about = fields.Text(
        compute="_compute_about",
        string="Course and origin",
        help="The course with its credits, where it is from, and its score.",
    )
    term_code = fields.Char(string="Term", readonly=True)
    offering_no = fields.Char(string="Offering number", readonly=True)
    course_code = fields.Char(string="Course code", readonly=True)
    name = fields.Char(string="Course", readonly=True)
    credits = fields.Float(digits=(5, 1), readonly=True)
    score = fields.Char(readonly=True)
    department_name = fields.Char(string="Offered by", readonly=True)
    origin = fields.Selection(
        [
            ("off_campus", "Off campus"),
            ("other_department", "Other department"),
            ("other_entry_year", "Other entry year"),
        ],
        readonly=True,
    )
    area_codes = fields.Char(string="Counts in", readonly=True)
    ticked = fields.Boolean(readonly=True)
    decision = fields.Selection(
        [
            ("pending", "To be decided"),
            ("accepted", "Accepted as flexible"),
            ("mapped", "Counts in an area"),
            ("refused", "Refused"),
        ],
        default="pending",
        required=True,
    )
    mapped_area_id = fields.Many2one(
        "ntue.curriculum.area",
        string="Counted in the area",
        ondelete="restrict",
        domain="[('id', 'in', fitting_area_ids)]",
    )
    mapped_line_id = fields.Many2one(
        "ntue.curriculum.line",
        ondelete="restrict",
        string="Stands for subject",
        domain="[('id', 'in', fitting_line_ids)]",
    )
    fitting_area_ids = fields.Many2many(
        "ntue.curriculum.area",
        string="Areas that fit",
        compute="_compute_fitting",
        help="Areas in which the course counts when it is mapped to them.",
    )
    fitting_line_ids = fields.Many2many(
        "ntue.curriculum.line",
        string="Subjects that fit",
        compute="_compute_fitting",
        help="Subjects that are not passed and for which the course can stand.",
    )
    effect = fields.Char(
        compute="_compute_effect",
        help="What the decision changes, while it is being made.",
    )
    decision_reason = fields.Char(string="Reason of the decision")
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(string="Decided on", readonly=True)
    seen_at = fields.Datetime(
        string="Seen on",
        store=False,
        help="Sent with a decision: when the one on the screen was made, if any.",
    )

    _course_once = models.Constraint(
        "UNIQUE(application_id, enrollment_id)", "This course is in the application already."
    )

    @api.depends("label", "origin", "department_name", "score")
    @api.depends_context("lang")
    def _compute_about(self):
        origins = dict(self._fields["origin"]._description_selection(self.env))
        for line in self:
            score = line.score and self.env._("score %s", line.score)
            more = (origins.get(line.origin), line.department_name, score)
            line.about = f"{line.label or ''}\n{' · '.join(filter(None, more))}"

    @api.depends("decision")
    @api.depends_context("uid")
    def _compute_fitting(self):
        """Only of rows that are being mapped: every place is tried for them."""
        for line in self:
            line.fitting_area_ids, line.fitting_line_ids = (
                fitting(line) if line.decision == "mapped" else (False, False)
            )

    @api.depends("decision", "mapped_area_id", "mapped_line_id")
    @api.depends_context("uid", "lang")
    def _compute_effect(self):
        for line in self:
            is_being_made = line._origin and line._origin != line
            line.effect = effect_text(line) if is_being_made else False

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("The courses of an application are frozen when submitted.")
            )
        return super().create(vals_list)

    def _to_decide(self):
        """Those that are ticked and that nobody has decided on."""
        return self.filtered(lambda row: row.ticked and row.decision == "pending")

    def write(self, vals):
        self.check_access("write")
        vals = dict(vals)
        if "seen_at" in vals:
            self._check_seen(fields.Datetime.to_datetime(vals.pop("seen_at") or False))
        for application in self.application_id:
            application._enter()
        if self and set(vals) - DECISION_FIELDS:
            raise AccessError(self.env._("What was submitted is not changed any more."))
        for application in self.application_id:
            application._check_may_decide()
        super().write({**vals, "decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
        for line in self:
            line._check_decision()
            line._log_decision()
        self.application_id._restate()
        return True

    def _erase_reasons(self):
        """Take out why something was decided, past the guards: for an erasure of the name."""
        return super(GraduationApplicationLine, self.filtered("decision_reason")).write(
            {"decision_reason": False}
        )

    def _check_seen(self, seen):
        """UserError where somebody else decided since the rows came on the screen."""
        for line in self:
            line.application_id._enter()
            decided = line.decided_at
            if decided and decided != seen and line.decided_by_id != self.env.user:
                raise UserError(line._decided_meanwhile())

    def _decided_meanwhile(self):
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        return self.env._(
            "%(course)s was decided meanwhile: %(decision)s, by %(who)s, %(when)s. Reload the "
            "page to see it; decide again only if you mean to change that.",
            course=self.label,
            decision=decisions[self.decision],
            who=self.decided_by_id.name,
            when=minute_text(self.env, taipei_time(self.decided_at)),
        )

    def _check_decision(self):
        self.ensure_one()
        if not self.origin and self.decision != "pending":
            raise UserError(
                self.env._("%s is in the framework: there is nothing to decide on.", self.name)
            )
        if self.decision == "refused" and not (self.decision_reason or "").strip():
            raise UserError(
                self.env._("Say why %s is refused; the student will read it.", self.name)
            )
        if self.decision == "accepted" and not self.ticked:
            raise UserError(self.env._("The student has not ticked %s.", self.name))
        target = self.mapped_line_id or self.mapped_area_id
        if (self.decision == "mapped") != bool(target):
            raise UserError(
                self.env._("Name the area or the subject that %s counts in.", self.name)
                if self.decision == "mapped"
                else self.env._("Choose “Counts in an area” for %s, or empty the area.", self.name)
            )
        if target and target.curriculum_id != self.curriculum_id:
            raise UserError(self.env._("The area or subject is not in the student's framework."))
        if target and not fits(self):
            raise UserError(refusal(self.env, self.label, target))

    def _log_decision(self):
        application = self.application_id
        position = application._position()
        text = as_kept(self)._decision_text(self.decision, self.decision_reason)
        application._log("decide", position, position, text, **frozen(self._decision_values()))

    def _decision_text(self, decision, reason):
        """The course, what was decided and why, for the reader."""
        decisions = dict(self._fields["decision"]._description_selection(self.env))
        text = f"{self.label}: {decisions[decision]}"
        return f"{text} ({reason})" if reason else text

    def _decision_values(self):
        """What was decided, by whom: what the log keeps and its check compares."""
        self.ensure_one()
        return {
            "row": self.id,
            "enrollment": self.enrollment_id.id,
            "decision": self.decision,
            "area": self.mapped_area_id.id,
            "line": self.mapped_line_id.id,
            "reason": self.decision_reason or "",
            "by": self.decided_by_id.id,
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_by_freezing_only(self):
        if not self.env.su:
            raise AccessError(self.env._("What was submitted is not changed any more."))

    @api.onchange("decision")
    def _onchange_decision(self):
        """Only what counts in an area has one: nobody empties cells by hand."""
        if self.decision != "mapped":
            self.mapped_area_id = self.mapped_line_id = False

    def action_accept(self):
        """採計為彈性學分: of what is still to be decided, or what one decided oneself."""
        for line in self:
            if line.decision != "pending" and line.decided_by_id != self.env.user:
                raise UserError(line._decided_meanwhile())
        self.write({"decision": "accepted", "mapped_line_id": False, "mapped_area_id": False})
