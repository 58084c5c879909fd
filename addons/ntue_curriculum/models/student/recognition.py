from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...clock import taipei_time
from ...days import minute_text
from ...labels import trimmed
from ...mapping_trial import fitting, trial_of
from ...marked_rows import mark_rows, mark_rows_at_end
from ...pages.mapping import effect_of, refusal
from ...together import problem, sum_sentence
from ..guarded.confidential import HIDDEN

EXCEPTIONS = frozenset({"forced", "waived", "substituted"})
"""Decisions that set a rule of the framework aside: nobody takes one without saying why."""

USED_BY = {
    "area_id": frozenset({"mapped", "forced"}),
    "line_id": frozenset({"mapped", "forced", "waived", "substituted"}),
    "enrollment_id": frozenset(
        {"flexible", "mapped", "forced", "refused", "prior_approval", "substituted"}
    ),
}
"""What a decision names, and the kinds of decisions that are about it."""


class Recognition(models.Model):
    """What somebody with the right to do so decided about an enrolment or a line (I6)."""

    _name = "ntue.recognition"
    _description = "Recognition"
    _inherit = [
        "ntue.readable.references",
        "ntue.audit.source",
        "ntue.follows.student",
        "ntue.confidential",
        "ntue.registered",
        "ntue.imported",
    ]
    _order = "student_id, id"
    _audit_fields = frozenset(
        {
            "student_id",
            "enrollment_id",
            "together_ids",
            "kind",
            "area_id",
            "line_id",
            "term_id",
            "reason",
        }
    )
    _registered_fields = _audit_fields | {"author_id", "decided_on"}
    _following_fields = frozenset({"student_id", "area_id", "line_id"})

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    enrollment_id = fields.Many2one(
        "ntue.enrollment", string="Enrolment", ondelete="cascade", index=True
    )
    together_ids = fields.Many2many(
        "ntue.enrollment",
        "ntue_recognition_together_rel",
        "recognition_id",
        "enrollment_id",
        string="Together with",
        help="Further courses that stand for the subject together with it. They count as one "
        "course with the credits of the subject, and must have no fewer.",
    )
    kind = fields.Selection(
        [
            ("flexible", "Recognised as flexible"),
            ("mapped", "Counts in an area"),
            ("forced", "Counts in an area whatever its limits"),
            ("refused", "Refused"),
            ("prior_approval", "Approved before"),
            ("waived", "Subject waived"),
            ("substituted", "Stands for a subject"),
        ],
        required=True,
        string="Decision",
    )
    area_id = fields.Many2one("ntue.curriculum.area", ondelete="restrict")
    line_id = fields.Many2one("ntue.curriculum.line", ondelete="restrict", string="Subject")
    term_id = fields.Many2one(
        "ntue.term", ondelete="restrict", help="The term for which it was decided."
    )
    is_void = fields.Boolean(
        string="Void",
        compute="_compute_is_void",
        compute_sudo=True,
        help="It names a subject or area of another framework.",
    )
    void_text = fields.Char(compute="_compute_is_void", compute_sudo=True, string="Holds")
    fitting_area_ids = fields.Many2many(
        "ntue.curriculum.area",
        string="Areas that fit",
        compute="_compute_fitting",
        help="Areas that the decision may name: for a mapping those in which the course counts.",
    )
    fitting_line_ids = fields.Many2many(
        "ntue.curriculum.line",
        string="Subjects that fit",
        compute="_compute_fitting",
        help="Subjects that the decision may name: for a mapping those that are not passed and "
        "for which the course can stand.",
    )
    effect = fields.Char(
        compute="_compute_effect", help="What the decision changes, while it is being made."
    )
    author_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    decided_on = fields.Datetime(
        string="Decided on", required=True, default=fields.Datetime.now, readonly=True
    )
    reason = fields.Char()

    @api.depends("kind", "enrollment_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        readable = self._readable()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for recognition in self:
            what = recognition.enrollment_id.display_name or recognition.line_id.display_name
            name = self.env._(
                "%(kind)s: %(what)s", kind=kinds.get(recognition.kind, ""), what=what or ""
            )
            recognition.display_name = name if recognition in readable else HIDDEN

    @api.depends("student_id.curriculum_id", "area_id.curriculum_id", "line_id.curriculum_id")
    def _compute_is_void(self):
        """Whether what it names is not in the student's framework (``Remark.DECISION_VOID``)."""
        for recognition in self:
            named = recognition.line_id.curriculum_id | recognition.area_id.curriculum_id
            recognition.is_void = bool(named - recognition.student_id.curriculum_id)
            recognition.void_text = (
                self.env._("No longer: subject or area gone")
                if recognition.is_void
                else self.env._("Yes")
            )

    @api.depends("kind", "student_id", "enrollment_id", "term_id")
    @api.depends_context("uid")
    def _compute_fitting(self):
        """Only of a decision that is being made: every place is tried for a mapping."""
        for recognition in self:
            areas, lines = False, False
            if not recognition._origin and recognition.student_id:
                curriculum = recognition.student_id._origin.curriculum_id
                areas, lines = curriculum.area_ids, curriculum.line_ids
                if recognition.kind == "mapped" and recognition.enrollment_id:
                    areas, lines = fitting(trial_of(recognition), curriculum)
            recognition.fitting_area_ids, recognition.fitting_line_ids = areas, lines

    @api.depends(
        "kind", "student_id", "enrollment_id", "together_ids", "term_id", "area_id", "line_id"
    )
    @api.depends_context("uid", "lang")
    def _compute_effect(self):
        for recognition in self:
            recognition.effect = recognition._is_whole() and recognition._effect()

    def _effect(self):
        """What a decision that is being made changes; of several courses also their sum."""
        line, text = self.line_id, ""
        if self.together_ids:
            own = self._courses()
            text = problem(self.env, own, line)
            if text:
                return text
            text = sum_sentence(self.env, own, line) + " "
        return text + effect_of(trial_of(self), self.kind, self.area_id, line)

    def _courses(self):
        """The courses that it is about: one, or several that stand for a subject together."""
        return self.enrollment_id | self.together_ids

    def _is_whole(self):
        """Whether a decision that is being made says all that it decides."""
        if self._origin or not self.student_id or not self.kind:
            return False
        places = {
            "mapped": self.area_id or self.line_id,
            "forced": self.area_id or self.line_id,
            "waived": self.line_id,
            "substituted": self.line_id,
        }
        is_placed = bool(places.get(self.kind, True))
        return is_placed and bool(self.enrollment_id or self.kind == "waived")

    @api.constrains("kind", "student_id", "enrollment_id", "together_ids", "area_id", "line_id")
    def _check_target(self):
        for recognition in self:
            recognition._check_one_target()

    def _check_one_target(self):
        self.ensure_one()
        if self.kind == "waived":
            if not self.line_id:
                raise ValidationError(self.env._("Name the subject that is waived."))
        elif not self.enrollment_id:
            raise ValidationError(self.env._("Name the course that is decided on."))
        if self._courses().student_id - self.student_id:
            raise ValidationError(self.env._("The course belongs to another student."))
        if self.together_ids and self.kind != "substituted":
            raise ValidationError(
                self.env._(
                    "Several courses are named together only where they stand for a subject."
                )
            )
        if self.enrollment_id in self.together_ids:
            raise ValidationError(self.env._("Name each course once."))
        if self.kind in ("mapped", "forced") and not (self.area_id or self.line_id):
            raise ValidationError(self.env._("Name the area or the subject it counts in."))
        if self.kind == "substituted" and not self.line_id:
            raise ValidationError(self.env._("Name the subject it stands for."))
        framework = self.student_id.curriculum_id
        for part in (self.area_id, self.line_id):
            if part and part.curriculum_id != framework:
                raise ValidationError(
                    self.env._("The area or subject is not in the student's framework.")
                )

    @api.onchange("kind")
    def _onchange_kind(self):
        """What the form shows no more of a decision of this kind is not in it either."""
        for name in self._unused(self.kind):
            self[name] = False
        if self.kind != "substituted":
            self.together_ids = False

    @api.model
    def _unused(self, kind):
        """Names of what a decision of ``kind`` is not about; none while it has no kind."""
        return [name for name, kinds in USED_BY.items() if kind and kind not in kinds]

    @api.model
    def _used_only(self, vals):
        """``vals`` of a new decision with its kind, and without what its kind is not about.

        A form keeps what was chosen before another kind was; audits would read it.
        """
        vals = {**self.default_get(["kind"]), **vals}
        return {**vals, **dict.fromkeys(self._unused(vals.get("kind")), False)}

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._used_only(vals) for vals in vals_list]
        if not self.env.su:
            self._check_reasons(vals_list)
            own = {"author_id": self.env.uid, "decided_on": fields.Datetime.now()}
            made = self.browse()
            for vals in vals_list:  # each is tried beside those before it
                one = super().create([{**vals, **own}])
                one._check_fits()
                one._check_waived_once()
                made |= one
            return made
        made = super().create(vals_list)
        mark_rows_at_end(made.filtered(lambda one: one.kind == "waived").line_id)
        return made

    def _follow_revisions(self):
        """Of those that name a part of the framework."""
        named = self.filtered(lambda one: one.area_id or one.line_id)
        return super(Recognition, named)._follow_revisions()

    def _check_fits(self):
        """UserError where a course is mapped to what cannot take it (D19, A55)."""
        self.ensure_one()
        own = self.line_id.area_id
        if own and self.area_id and self.area_id != own:
            raise UserError(
                self.env._(
                    "%(subject)s is a subject of %(area)s. Leave the area empty, or name that one.",
                    subject=self.line_id.name,
                    area=own.display_name,
                )
            )
        place = self.line_id or self.area_id
        if self.together_ids and (text := problem(self.env, self._courses(), self.line_id)):
            raise UserError(text)
        if self.kind == "mapped" and not trial_of(self).fits(self.area_id, self.line_id):
            raise UserError(refusal(self.env, self.enrollment_id._label(), place))

    def _check_waived_once(self):
        """UserError where the subject is waived already for the term, by somebody else at once too.

        Whoever took one of two waivers back would find the subject waived all the same. The row of
        the subject is marked for that, which nobody else writes: one of the student would have an
        import repeated because she saved her profile meanwhile.
        """
        self.ensure_one()
        if self.kind != "waived":
            return
        mark_rows(self.line_id)  # of two at once the second is repeated, and sees the first
        same = [(name, "=", self[name].id) for name in ("student_id", "line_id", "term_id")]
        before = self.search([*same, ("kind", "=", "waived"), ("id", "!=", self.id)], limit=1)
        if before:
            raise UserError(
                self.env._(
                    "%(subject)s is waived already: %(who)s, %(when)s. Take that waiver back first "
                    "if another one is to be in its place.",
                    subject=self.line_id.name,
                    who=before.author_id.name,
                    when=minute_text(self.env, taipei_time(before.decided_on)),
                )
            )

    @api.model
    def _check_reasons(self, vals_list):
        for vals in vals_list:
            if vals.get("kind") in EXCEPTIONS and not trimmed(vals.get("reason")):
                raise UserError(self.env._("Say why this exception is made."))

    def write(self, vals):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "A decision is not rewritten. Delete it and take a new one with a reason."
                )
            )
        return super().write(vals)

    def _registered_label(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        courses = " + ".join(course._label() for course in self._courses())
        return f"{kinds[self.kind]}: {courses or self.line_id.name}"

    def _set(self, vals):
        """Write past the guard: for revisions and erasures, out of reach of RPC."""
        return super().write(vals)

    def _erase_reasons(self):
        """Take out why something was decided; what, by whom and when stays.

        The caller has the permission of an erasure.
        """
        self.filtered("reason")._set({"reason": False})

    def _audited_students(self):
        return self.student_id
