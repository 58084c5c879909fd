from odoo import api, fields, models
from odoo.addons.ntue_curriculum.models.guarded.confidential import HIDDEN
from odoo.exceptions import AccessError, UserError

from ... import workflow
from ...steps.registry import EFFECTS, Step
from ...workflow import POSITION_FIELDS, Position, Role

REVIEW = [
    ("pending", "Waiting for review"),
    ("passed", "Passed"),
    ("failed", "Not passed"),
    ("returned", "Returned for correction"),
]


class GraduationApplication(models.Model):
    """A student's application to graduate in one term (畢業資格申請).

    Everything that moves it goes through ``write``, which asks ``workflow``: a button
    and a remote call meet the same rules.
    """

    _name = "ntue.graduation.application"
    _description = "Graduation application"
    _inherit = ["ntue.readable.references", "ntue.confidential", "mail.activity.mixin"]
    _order = "term_number desc, submitted_at, id"
    _rec_names_search = ["student_id.student_no", "student_id.name"]

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    window_id = fields.Many2one("ntue.graduation.window", required=True, ondelete="restrict")
    term_id = fields.Many2one(related="window_id.term_id", store=True)
    term_number = fields.Integer(related="term_id.number", store=True, string="Term as a number")
    department_id = fields.Many2one(related="student_id.department_id", store=True, index=True)
    program_id = fields.Many2one(related="student_id.program_id", store=True)
    division = fields.Selection(related="student_id.division", store=True)
    state = fields.Selection(
        [
            ("draft", "Draft saved"),
            ("submitted", "Submitted"),
            ("completed", "Completed"),
            ("lapsed", "Lapsed"),
        ],
        required=True,
        default="draft",
        index=True,
    )
    first_review = fields.Selection(REVIEW, required=True, default="pending")
    second_review = fields.Selection(REVIEW[:3], required=True, default="pending")
    tick_ids = fields.Many2many(
        "ntue.enrollment",
        "ntue_graduation_tick_rel",
        "application_id",
        "enrollment_id",
        string="Ticked as flexible credits",
    )
    shortfall_acknowledged = fields.Boolean(
        help="The student knows that credits are missing and applies all the same."
    )
    saved_at = fields.Datetime(readonly=True, help="When the student last saved the draft.")
    line_ids = fields.One2many(
        "ntue.graduation.application.line", "application_id", readonly=True, string="Courses"
    )
    outside_line_ids = fields.One2many(
        "ntue.graduation.application.line",
        "application_id",
        domain=[("origin", "!=", False)],
        string="Courses from elsewhere",
    )
    event_ids = fields.One2many("ntue.graduation.event", "application_id", readonly=True)
    submitted_at = fields.Datetime(readonly=True)
    english_name = fields.Char(readonly=True, help="As submitted.")
    email = fields.Char(readonly=True, help="As submitted.")
    mobile = fields.Char(readonly=True, help="As submitted.")
    snapshot_hash = fields.Char(readonly=True)
    paper_received_on = fields.Date(
        string="Paper received", help="Day on which the signed slip was handed in."
    )
    hand_checked = fields.Boolean(
        string="Checked by hand", help="For students of early entry years."
    )
    review_reason = fields.Char(string="Reason", help="For a return or a refusal.")
    return_deadline = fields.Date(help="Until then a returned application may be sent again.")
    override_reason = fields.Char(help="Why the registrar passes it although something is missing.")
    first_reviewed_by_id = fields.Many2one("res.users", readonly=True)
    first_reviewed_at = fields.Datetime(readonly=True)
    second_reviewed_by_id = fields.Many2one("res.users", readonly=True)
    second_reviewed_at = fields.Datetime(readonly=True)
    completed_at = fields.Datetime(readonly=True)

    _one_a_term = models.Constraint(
        "UNIQUE(student_id, window_id)", "There is an application for this term already."
    )
    _student_term = models.UniqueIndex(
        "(student_id, term_id)", "There is an application for this term already."
    )

    @api.depends("student_id.student_no", "student_id.name", "term_id.code")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for application in self:
            name = f"{application._number()} {application.student_id.name}"
            application.display_name = name if application in readable else HIDDEN

    def _number(self):
        """The number printed on the slip: term and student number, unique by I8."""
        self.ensure_one()
        return f"{self.term_id.code}-{self.student_id.student_no}"

    # Where it stands, and what the user is to it

    def _position(self):
        self.ensure_one()
        return Position(self.state, self.first_review, self.second_review)

    def _roles(self):
        """What the current user is to this application (Role values)."""
        self.ensure_one()
        user = self.env.user
        roles = set()
        student = self.student_id.sudo()
        if student.partner_id == user.partner_id:
            roles.add(Role.STUDENT)
        if user.has_group("ntue_curriculum.group_assistant") and user._ntue_is_assistant_of(
            student.department_id
        ):
            roles.add(Role.ASSISTANT)
        if user.has_group(f"ntue_curriculum.group_registrar_{student.division}"):
            roles.add(Role.REGISTRAR)
        if user._is_superuser():
            roles.add(Role.SYSTEM)
        return frozenset(roles)

    # CRUD: the only ways in

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        # Copies: Odoo repeats a call that met another one with the values it was given.
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            foreign = set(vals) - {"student_id"}
            if foreign:
                raise AccessError(
                    self.env._("An application is started for a student; the rest follows.")
                )
            student = self.env["ntue.student"].browse(vals.get("student_id")).exists()
            student = student or self.env["ntue.student"]._of_current_user()
            if not student or student.sudo().partner_id != self.env.user.partner_id:
                raise AccessError(self.env._("Students start their own application only."))
            student._check_may_apply()
            vals.update(self._blank())
            vals["student_id"] = student.id
            vals["window_id"] = self.env["ntue.graduation.window"]._for_student(student).id
        return super().create(vals_list)

    @api.model
    def _blank(self):
        """A new draft's value of every stored field: defaults of a caller do not count."""
        blank = {
            name: False
            for name, field in self._fields.items()
            if field.store and not field.compute and field.type != "one2many"
            if name not in models.MAGIC_COLUMNS
        }
        return {**blank, **dict(zip(POSITION_FIELDS, workflow.DRAFT, strict=True))}

    # What the table allows is passed on by _set.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        for application in self:
            application._write_one(dict(vals))
        return True

    def _write_one(self, vals):
        """Write what the user may write here, then take the step it asks for, if any."""
        self._enter()
        position, roles = self._position(), self._roles()
        moved = any(name in vals for name in POSITION_FIELDS)
        target = Position(*(vals.pop(name, self[name]) for name in POSITION_FIELDS))
        if moved and target == position:
            self._check_not_taken_by_another()
        transition = None
        if target != position:
            transition = workflow.find(position, target, roles)
            if transition is None:
                raise UserError(self._refusal(position, "no_such_step"))
        self._write_fields(vals, position, roles)
        if transition:
            self._take(transition)

    def _write_fields(self, vals, position, roles):
        if not vals:
            return
        foreign = set(vals) - workflow.writable(position, roles)
        if foreign:
            raise UserError(self._refusal(position, *sorted(foreign & self._fields.keys())))
        if set(vals) - workflow.writable(position, {Role.STUDENT}):
            self._check_guards(("not_own",))
        for name in workflow.FIELD_GUARDS.keys() & vals.keys():
            if not vals[name]:
                raise UserError(self._refusal(position))
            self._check_guards(workflow.FIELD_GUARDS[name])
        blank = {name for name in workflow.FIELD_EFFECTS.keys() & vals.keys() if not self[name]}
        if "tick_ids" in vals:
            vals["saved_at"] = fields.Datetime.now()
        # What is filled in to decide something is written by its effects alone.
        self._set({name: vals[name] for name in vals if name not in workflow.FIELD_GUARDS})
        if "tick_ids" in vals:
            self._check_guards(("ticks_allowed", "flexible_rules_hold"))
        for name, following in workflow.FIELD_EFFECTS.items():
            if vals.get(name):
                more = following.at_first if name in blank else ()
                self._follow(following.action, position, position, following.effects + more)

    def _take(self, transition):
        """Take one step of the table: its guards, its new position, its effects."""
        self.ensure_one()
        self._check_guards(self._guards_of(transition))
        self._set(dict(zip(POSITION_FIELDS, transition.target, strict=True)))
        effects = self._effects_of(transition)
        self._follow(transition.action, transition.source, transition.target, effects)
        self._restate()

    def _follow(self, action, source, target, effects):
        """Let the effects follow in their order, with all rights: the guards were asked."""
        step = Step(self.sudo(), action, source, target)
        for name in effects:
            EFFECTS[name](step)

    def _set(self, vals):
        """Write past the table: for this model's own steps, and out of reach of RPC."""
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for application in self:
            if application._position() != workflow.DRAFT or application.sudo().event_ids:
                raise UserError(
                    self.env._("Only a draft that was never submitted can be discarded.")
                )

    def _refusal(self, position, *reasons):
        """Why the current user cannot do this here, and whom to ask; kept in the server's log."""
        self._note_refusal("/".join(position), *reasons)
        if position.state == "draft":
            return self.env._("Only the student may change or submit a draft.")
        if position == workflow.SUBMITTED:
            return self.env._(
                "This application has been submitted and is with the department for its first "
                "review. Ask the department's assistant if something must be corrected."
            )
        return self.env._(
            "This is not possible at the present step of the application, or it is not yours "
            "to do. Reload the page to see where it stands."
        )

    def _log(self, action, source, target, reason=None, **extra):
        """Append one event; who acts and when follow, whatever rights the code has."""
        self.ensure_one()
        self.env["ntue.graduation.event"].sudo().create(
            {
                "application_id": self.id,
                "action": action,
                "position_from": "/".join(source),
                "position_to": "/".join(target),
                "reason": reason,
                # Every field is given: a user's own defaults must not speak in the log.
                "snapshot": False,
                "snapshot_hash": False,
                **extra,
            }
        )
