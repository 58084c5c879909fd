"""A trial that a student keeps, and may show to the department (D19)."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...pages.plans import plan_outcome

MOST = 20
"""Plans that one student keeps at a time."""

MOST_COURSES = 200
"""Courses ticked, and subjects planned, in one plan; no study has more."""

TYPED = frozenset({"student_id", "name", "framework_code", "tick_ids", "course_ids", "is_shared"})
"""What a student says of a plan; all else follows from it."""


class StudyPlan(models.Model):
    """What a student tried out: ticks, planned subjects, a framework; under a name of her own.

    It is hers: made, renamed, shared and deleted by her alone. What is not shared nobody else
    reads. A plan decides nothing and is no application. Subjects are kept as courses and the
    framework by its code, so that a plan outlives a revision.
    """

    _name = "ntue.study.plan"
    _description = "Saved study plan"
    _inherit = ["ntue.typed", "ntue.readable.references", "ntue.confidential"]
    _order = "id desc"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    name = fields.Char(required=True)
    framework_code = fields.Char(string="Framework", required=True)
    tick_ids = fields.Many2many(
        "ntue.enrollment", string="Courses ticked", help="To count as flexible credits."
    )
    course_ids = fields.Many2many("ntue.course", string="Subjects planned")
    is_shared = fields.Boolean(
        string="Shared with the department",
        help="The assistants of the department and the registrar's office may read it.",
    )
    shared_at = fields.Datetime(readonly=True, string="Shared since")
    changed_at = fields.Datetime(
        string="Changed on", readonly=True, required=True, default=fields.Datetime.now
    )
    outcome = fields.Text(
        compute="_compute_outcome", help="What would come of it, with the courses of today."
    )

    @api.depends_context("uid", "lang")
    @api.depends("framework_code", "tick_ids", "course_ids")
    def _compute_outcome(self):
        readable = self._readable()
        for plan in self:
            plan.outcome = plan_outcome(plan) if plan in readable else False

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for plan in self:
            plan.display_name = plan.name if plan in readable else "—"

    @api.constrains("tick_ids", "course_ids", "student_id")
    def _check_own_courses(self):
        for plan in self:
            if plan.tick_ids.student_id - plan.student_id:
                raise ValidationError(self.env._("A plan has courses of its own student only."))
            if max(len(plan.tick_ids), len(plan.course_ids)) > MOST_COURSES:
                raise ValidationError(
                    self.env._("A plan has at most %s courses. Choose fewer.", MOST_COURSES)
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        return super().create([self._of_the_student(vals) for vals in vals_list])

    def write(self, vals):
        if "student_id" in vals:
            raise AccessError(self.env._("A plan stays with its student."))
        return super().write(self._dated(vals))

    @api.model
    def _of_the_student(self, vals):
        """The values of a new plan; errors unless it is the caller's own and there is room."""
        number = vals.get("student_id")
        student = self.env["ntue.student"].browse(number if isinstance(number, int) else False)
        if not student.exists() or student.sudo(False).partner_id != self.env.user.partner_id:
            raise AccessError(self.env._("Students save plans of their own only."))
        student._mark_row()
        if self.search_count([("student_id", "=", student.id)]) >= MOST:
            raise UserError(
                self.env._("You have %s plans already. Delete one, then save this one.", MOST)
            )
        return {"is_shared": False, "shared_at": False, **self._dated(vals)}

    @api.model
    def _dated(self, vals):
        """``vals`` as typed, with the days that follow from them."""
        if set(vals) - TYPED:
            raise AccessError(self.env._("A plan has a name, courses and whether it is shared."))
        now = fields.Datetime.now()
        dated = {**self._typed(vals), "changed_at": now}
        if "name" in dated and not dated["name"]:
            raise UserError(self.env._("Give the plan a name, then save it."))
        if "framework_code" in dated and not dated["framework_code"]:
            raise UserError(self.env._("A plan needs a framework. Choose one, then save it."))
        if "is_shared" in vals:
            dated["shared_at"] = now if vals["is_shared"] else False
        return dated
