"""The application to graduate: its fields, the ways in, its buttons."""

import logging

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.degree_audit import Reading
from odoo.addons.ntue_curriculum.models.guarded.confidential import HIDDEN
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ... import workflow
from ...cases import case_of, held, let_go, pending_decisions, ticks_beside
from ...lapsing import lapse_overdue
from ...last_step import last_step, last_step_sentence, return_sentence
from ...steps.registry import EFFECTS, GUARDS, Step
from ...workflow import POSITION_FIELDS, Position, Role

_logger = logging.getLogger(__name__)

REVIEW = [
    ("pending", "Waiting for review"),
    ("passed", "Passed"),
    ("failed", "Not passed"),
]
FIRST_REVIEW = [*REVIEW, ("returned", "Returned for correction")]


class GraduationApplication(models.Model):
    """A student's application to graduate in one term (畢業資格申請).

    Everything that moves it goes through ``write``, which asks ``workflow``: a button
    and a remote call meet the same rules.
    """

    _name = "ntue.graduation.application"
    _description = "Graduation application"
    _inherit = [
        "ntue.graduation.application.desk",
        "ntue.graduation.application.diploma",
        "ntue.graduation.application.messages",
        "ntue.graduation.application.panels",
        "ntue.graduation.application.slip",
        "ntue.graduation.application.supplement",
        "ntue.graduation.application.teacher.ed",
        "ntue.typed",
        "ntue.readable.references",
        "ntue.confidential",
        "mail.activity.mixin",
    ]
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
    first_review = fields.Selection(
        FIRST_REVIEW, string="First review", required=True, default="pending"
    )
    second_review = fields.Selection(
        REVIEW, string="Second review", required=True, default="pending"
    )
    tick_ids = fields.Many2many(
        "ntue.enrollment",
        "ntue_graduation_tick_rel",
        "application_id",
        "enrollment_id",
        string="Ticked as flexible credits",
    )
    shortfall_acknowledged = fields.Boolean(
        string="Missing credits acknowledged",
        help="The student knows that credits are missing and applies all the same.",
    )
    saved_at = fields.Datetime(
        string="Saved on", readonly=True, help="When the student last saved the draft."
    )
    line_ids = fields.One2many(
        "ntue.graduation.application.line", "application_id", readonly=True, string="Courses"
    )
    outside_line_ids = fields.One2many(
        "ntue.graduation.application.line",
        "application_id",
        domain=[("origin", "!=", False)],
        string="Courses from elsewhere",
    )
    event_ids = fields.One2many(
        "ntue.graduation.event", "application_id", string="History", readonly=True
    )
    submitted_at = fields.Datetime(string="Submitted on", readonly=True)
    english_name = fields.Char(string="English name", readonly=True, help="As submitted.")
    email = fields.Char(string="E-mail", readonly=True, help="As submitted.")
    mobile = fields.Char(readonly=True, help="As submitted.")
    snapshot_hash = fields.Char(string="Hash of the snapshot", readonly=True)
    paper_received_on = fields.Date(
        string="Paper received", help="Day on which the signed slip was handed in."
    )
    hand_checked = fields.Boolean(
        string="Checked by hand", help="For students of early entry years."
    )
    review_reason = fields.Char(
        string="Reason", help="For a return, a refusal or a hand-back to the department."
    )
    return_deadline = fields.Date(
        string="To be submitted again until",
        help="Until then a returned application may be sent again.",
    )
    override_reason = fields.Char(
        string="Reason of the override",
        help="Why the registrar passes it although something is missing.",
    )
    first_reviewed_by_id = fields.Many2one("res.users", string="First review by", readonly=True)
    first_reviewed_at = fields.Datetime(string="First review on", readonly=True)
    second_reviewed_by_id = fields.Many2one("res.users", string="Second review by", readonly=True)
    second_reviewed_at = fields.Datetime(string="Second review on", readonly=True)
    completed_at = fields.Datetime(string="Completed on", readonly=True)
    is_paperless = fields.Boolean(related="department_id.is_paperless", related_sudo=False)
    exception_ids = fields.One2many(
        "ntue.graduation.exception", "application_id", string="Exceptions"
    )
    step_reason = fields.Char(
        string="Reason of the step",
        readonly=True,
        help="Why the step that is being taken is taken.",
    )
    step_deadline = fields.Date(string="Last day of this step", readonly=True)
    left_on = fields.Date(string="Left on", help="Empty: the day of completion.")
    final_credits = fields.Float(
        string="Credits at completion",
        digits=(5, 1),
        readonly=True,
        help="Of the final audit made at completion.",
    )
    final_average = fields.Float(
        string="Average at completion",
        digits=(7, 4),
        readonly=True,
        help="Weighted by credits, as it was at completion.",
    )
    has_average = fields.Boolean(string="With an average", readonly=True)
    final_rank = fields.Integer(
        readonly=True, string="Rank in class", aggregator=None, help="As it was at completion."
    )
    final_class_size = fields.Integer(
        readonly=True, string="Students in class", aggregator=None, help="As it was at completion."
    )
    final_programs = fields.Text(
        string="Further programs noted",
        readonly=True,
        help="Those that the diploma tells, as they were met at completion; one a line.",
    )
    final_programs_english = fields.Text(
        string="Further programs noted, in English", readonly=True, help="The same in English."
    )
    is_teacher_ed = fields.Boolean(related="student_id.is_teacher_ed", related_sudo=False)
    reference_only = fields.Boolean(related="student_id.reference_only", related_sudo=False)
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
            parts = (application._number(), application.student_id.name)
            name = " ".join(filter(None, parts))
            application.display_name = name if application in readable else HIDDEN

    def _number(self):
        """The number printed on the slip: term and student number, unique by I8."""
        self.ensure_one()
        origin = self._origin or self  # on a form, what is not on it is not in its record
        return "-".join(filter(None, (origin.term_id.code, origin.student_id.student_no)))

    # Where it is, and what the user is to it

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
        vals_list = [self._typed(vals) for vals in vals_list]
        self._check_references(vals_list)
        # Copies: Odoo repeats a call that met another one with the values it was given.
        vals_list = [dict(vals) for vals in vals_list]
        blank = _blank(self._fields)
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
            student._mark_row()
            student._check_may_apply()
            vals.update(blank)
            vals["student_id"] = student.id
            vals["window_id"] = self.env["ntue.graduation.window"]._for_student(student).id
        return super().create(vals_list)

    # What the table allows is passed on by _set.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        vals = self._typed(vals)
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
            event = last_step(self)
            if event and event.user_id != self.env.user:  # one's own second click is harmless
                raise UserError(self._refusal(position))
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
        vals = {name: value for name, value in vals.items() if not self._is_kept(name, value)}
        blank = {name for name in workflow.FIELD_EFFECTS.keys() & vals.keys() if not self[name]}
        cleared = {
            name: self[name]
            for name in workflow.FIELD_CLEARING.keys() & vals.keys()
            if self[name] and not vals[name]
        }
        if "tick_ids" in vals:
            vals["saved_at"] = fields.Datetime.now()
        # What is filled in to decide something is written by its effects alone.
        self._set({name: vals[name] for name in vals if name not in workflow.FIELD_GUARDS})
        if "tick_ids" in vals:
            self._check_guards(("ticks_allowed", "flexible_rules_hold"))
        for name in workflow.FIELD_CHECKS.keys() & vals.keys():
            self._check_guards(workflow.FIELD_CHECKS[name])
        self._follow_clearing(cleared, position)
        for name, following in workflow.FIELD_EFFECTS.items():
            if vals.get(name):
                more = following.at_first if name in blank else ()
                self._follow(following.action, position, position, following.effects + more)

    def _is_kept(self, name, value):
        """Whether ``value`` is there already and was kept in the log: the same paper comes once."""
        field = self._fields[name]
        if not value or name not in workflow.FIELD_EFFECTS.keys() - workflow.FIELD_GUARDS.keys():
            return False
        return field.convert_to_cache(value, self) == field.convert_to_cache(self[name], self)

    def _follow_clearing(self, cleared, position):
        """Keep in the log what was there in the fields that were ``cleared``."""
        for name, old in sorted(cleared.items()):
            following = workflow.FIELD_CLEARING[name]
            was = old if isinstance(old, str) else roc_date(old) if old is not True else False
            self._set({"step_reason": was})
            self._follow(following.action, position, position, following.effects)
            self.sudo()._set({"step_reason": False})

    def _take(self, transition):
        """Take one step of the table: its guards, its new position, its effects."""
        self.ensure_one()
        with held(self.env):
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
            let_go(self.env)  # the first one saw what the guards saw

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

    def _enter(self):
        """Anyone who may write here now does so alone; AccessError or UserError for others.

        Waits for anyone who is at it. If they changed it meanwhile, the database refuses the
        lock, Odoo tries the whole request again, and that one meets the new state.
        """
        self.ensure_one()
        if not self.has_access("write") and (sentence := return_sentence(self)):
            raise UserError(sentence)
        self.check_access("write")
        self._check_meant()
        self._wait_turn()

    def _check_meant(self):
        """UserError when the button was pressed while another application was on the screen.

        The form says with the click which one it showed: it may have gone on to the next one
        before the call was made.
        """
        meant = self.env.context.get("ntue_meant")
        if meant and meant != self.id:
            raise UserError(
                self.env._(
                    "Nothing was done to %s: when you pressed the button, another application "
                    "was on the screen. Look at this one, and press again if you mean it.",
                    self.display_name,
                )
            )

    def _wait_turn(self):
        """Let anyone who changes this application end first: a second click, another tab.

        If they changed it, PostgreSQL refuses, and Odoo repeats the request: it then
        sees what they did. ``lock_for_update`` would refuse at once instead.
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id = %s FOR UPDATE",
                SQL.identifier(self._table),
                self.id,
            ),
            log_exceptions=False,
        )

    def _refusal(self, position, *reasons):
        """Why the current user cannot do this here, and whom to ask; kept in the server's log."""
        self._note_refusal("/".join(position), *reasons)
        if position.state == "draft":
            return self.env._("Only the student may change or submit a draft.")
        if position == workflow.SUBMITTED:
            sentence = self.env._(
                "This application has been submitted and is with the department for its first "
                "review. Ask the department's assistant if something must be corrected."
            )
        else:
            sentence = self.env._(
                "This is not possible at the present step of the application, or it is not yours "
                "to do. Reload the page to see where it stands."
            )
        return "\n".join(filter(None, (last_step_sentence(self), sentence)))

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

    # Guards and effects: functions that the table names

    @api.model
    def _guards_of(self, transition):
        """Names of the guards of a row of the table, in order; for other addons to extend."""
        return transition.guards

    @api.model
    def _effects_of(self, transition):
        """Names of the effects of a row of the table, in order; for other addons to extend."""
        return transition.effects

    def _unmet(self, guards):
        """The guards in ``guards`` that do not hold, in their order, with their sentences."""
        self.ensure_one()
        with held(self.env):
            found = {name: GUARDS[name](self) for name in guards}
        return {name: sentence for name, sentence in found.items() if sentence}

    def _check_guards(self, guards):
        """UserError with every reason at once, when any guard does not hold."""
        unmet = self._unmet(guards)
        if unmet:
            self._note_refusal(*unmet)
            raise UserError("\n".join(unmet.values()))

    def _check_may_decide(self):
        """UserError unless the user decides the rows of this application where it is now."""
        self.ensure_one()
        role, position = workflow.DECIDES_ROWS
        if self._position() != position or role not in self._roles():
            raise UserError(self._refusal(self._position()))
        self._check_guards(("not_own",))

    def _note_refusal(self, *reasons):
        """One line in the server's log: who was refused what, in numbers and guards' names."""
        _logger.info(
            "user %s refused on application %s: %s", self.env.uid, self.id, ", ".join(reasons)
        )

    def _awaits_paper(self):
        """Whether the signed slip is still to come; a department may do without it (D27)."""
        return not self.paper_received_on and not self.department_id.is_paperless

    def _audit(self, final=False, strict=False):
        """The audit of this application: its own ticks and decisions, no other term's.

        Until the first review has passed, what was decided so far counts as if it held.
        A tick that may not be ticked any more (the course failed meanwhile, or was
        mapped) counts nowhere; ``strict`` raises ``TickNotAllowed`` instead.
        """
        _case, result = self._case_and_audit(final, strict)
        return result

    def _case_and_audit(self, final=False, strict=False):
        """``_audit`` with the student's ``Case`` for this application: ``(case, result)``.

        However often a request asks, the engine works once (``cases``).
        """
        self.ensure_one()
        pending = pending_decisions(self)
        case = case_of(self.env, self.student_id, self.term_id, pending)
        ticks = ticks_beside(self, pending)
        reading = Reading.FINAL if final else Reading.EXPECTED
        return case, case.audit(ticks if strict else case.allowed(ticks), reading)

    # Buttons: each is one write, so that a remote call gains nothing by avoiding them.

    def action_submit(self):
        """送出申請. Harmless when it has been submitted already (double click)."""
        for application in self:
            if application.state == "draft":
                application.write({"state": "submitted", "first_review": "pending"})

    def action_receive_paper(self):
        """已收紙本, today; harmless where it was recorded before."""
        for application in self:
            day = application.paper_received_on or taipei_today()
            application.write({"paper_received_on": day})
        return self._after_step()

    def action_pass_first(self):
        """初審通過."""
        self.write({"first_review": "passed"})
        return self._after_step(leaves=True)

    def action_fail_first(self):
        """初審不通過."""
        self.write({"first_review": "failed"})
        return self._after_step(leaves=True)

    def action_return(self):
        """退回修正, back to the student's draft with a deadline (D11, D12)."""
        self.write({"state": "draft", "first_review": "returned"})
        return self._after_step(leaves=True)

    def action_hand_back(self):
        """Hand back to the department's assistant."""
        self.write({"first_review": "pending", "second_review": "pending"})
        return self._after_step(leaves=True)

    def action_pass_second(self):
        """複審通過."""
        self.write({"second_review": "passed"})
        return self._after_step(leaves=True)

    def action_fail_second(self):
        """複審不通過."""
        self.write({"second_review": "failed"})
        return self._after_step(leaves=True)

    def action_complete(self):
        """完成離校: the last step, at leaving (184)."""
        self.write({"state": "completed"})
        return self._after_step()

    def action_take_back(self, reason=None):
        """Take the last decision, a completion or a lapse back, for a reason."""
        for application in self:
            action = workflow.take_back_of(application._position())
            application._step(action, reason)
        return self._after_step()

    def action_ask_supplement(self, text=None, deadline=None):
        """要求補件: tell the student what to hand in and until when."""
        for application in self:
            application._step("ask_supplement", text, deadline)
        return self._after_step(leaves=True)

    def action_supplement_received(self):
        """補件已收."""
        for application in self:
            application._step("supplement_received")
        return self._after_step()

    def action_withdraw_supplement(self, reason=None):
        """Take the request back, for a reason."""
        for application in self:
            application._step("withdraw_supplement", reason)
        return self._after_step()

    def action_prepare_bulk(self):
        """複審 of many: look which are clean, and open the summary."""
        if not self.env.user.has_group("ntue_curriculum.group_registrar"):
            raise AccessError(self.env._("Second reviews are the registrar's."))
        self.check_access("read")
        bulk = self.env["ntue.graduation.bulk"]._prepare(
            "pass_second", [(row._number(), row) for row in self]
        )
        return bulk._open()

    def _step(self, action, reason=None, deadline=None):
        """Take the step ``action`` of the table for a reason of its own.

        The reason is there while the step is taken and gone afterwards: no step is taken
        for the reason of another one.
        """
        self._enter()
        transition = workflow.open_step(action, self._position(), self._roles())
        if transition is None:
            raise UserError(self._refusal(self._position()))
        reason = reason.strip() if isinstance(reason, str) else False
        given = {"step_reason": reason, "step_deadline": fields.Date.to_date(deadline)}
        self._set(given)
        self._take(transition)
        self.sudo()._set(dict.fromkeys(given, False))

    def _lapse_overdue(self):
        """已失效 for what was not completed by the final leaving date (D31); a cron."""
        lapse_overdue(self)


def _blank(model_fields):
    """A new draft's value of every stored field: defaults of a caller do not count."""
    blank = {
        name: False
        for name, field in model_fields.items()
        if field.store and not field.compute and field.type != "one2many"
        if name not in models.MAGIC_COLUMNS
    }
    return {**blank, **dict(zip(POSITION_FIELDS, workflow.DRAFT, strict=True))}
