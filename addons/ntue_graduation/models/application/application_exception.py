"""Exceptions that the first review grants: a subject waived, or other courses in its place."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_time
from odoo.addons.ntue_curriculum.days import minute_text
from odoo.addons.ntue_curriculum.erasing import GONE
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.together import problem
from odoo.exceptions import AccessError, UserError

from ...cases import place_of_exception

GIVEN = frozenset({"application_id", "kind", "line_id", "enrollment_id", "together_ids", "reason"})
"""What anyone who grants an exception says; the rest follows."""


class GraduationException(models.Model):
    """One exception for one application, with its reason and author.

    It counts in the audit of its application at once, and becomes a recognition when the
    first review passes. Never altered: taken back, and granted anew.
    """

    _name = "ntue.graduation.exception"
    _description = "Exception for a graduation application"
    _inherit = ["ntue.readable.references", "ntue.discreet"]
    _staff_fields = frozenset({"reason"})
    _order = "application_id, id"
    _rec_name = "line_id"

    application_id = fields.Many2one(
        "ntue.graduation.application", required=True, ondelete="cascade", index=True
    )
    student_id = fields.Many2one(related="application_id.student_id", related_sudo=False)
    curriculum_id = fields.Many2one(
        related="application_id.student_id.curriculum_id", related_sudo=False
    )
    kind = fields.Selection(
        [("waived", "Subject waived"), ("substituted", "Another course stands for it")],
        string="Exception",
        required=True,
        default="waived",
    )
    line_id = fields.Many2one(
        "ntue.curriculum.line",
        string="Subject",
        required=True,
        ondelete="restrict",
        domain="[('curriculum_id', '=', curriculum_id)]",
    )
    enrollment_id = fields.Many2one(
        "ntue.enrollment",
        string="Course in its place",
        ondelete="restrict",
        domain="[('student_id', '=', student_id)]",
    )
    together_ids = fields.Many2many(
        "ntue.enrollment",
        "ntue_graduation_exception_together_rel",
        "exception_id",
        "enrollment_id",
        string="Together with",
        ondelete="restrict",
        domain="[('student_id', '=', student_id), ('id', '!=', enrollment_id), "
        "('state', 'in', ('passed', 'transferred'))]",
        help="Further courses that stand for the subject together with it. They count as one "
        "course with the credits of the subject, and must have no fewer.",
    )
    reason = fields.Char(required=True)
    author_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(string="Decided on", readonly=True)

    _subject_once = models.UniqueIndex(
        "(application_id, line_id)", "There is an exception for this subject already."
    )

    @api.onchange("kind")
    def _onchange_kind(self):
        """A waived subject has no course in its place: nobody empties what is not shown."""
        if self.kind == "waived":
            self.enrollment_id = self.together_ids = False

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        fresh = []
        for vals in vals_list:
            if any(value for key, value in vals.items() if key not in GIVEN):
                raise AccessError(self.env._("An exception names what, for what and why; no more."))
            application = self.env["ntue.graduation.application"].browse(vals.get("application_id"))
            application._enter()
            application._check_may_decide()
            self._check_not_granted_yet(application, vals.get("line_id"))
            fresh.append(
                {
                    **{name: vals.get(name, False) for name in GIVEN},
                    "kind": vals.get("kind", "waived"),
                    "author_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                }
            )
        granted = super().create(fresh)
        for exception in granted:
            exception._check_exception()
            exception._log_exception("except")
        granted.application_id._restate()
        return granted

    @api.model
    def _check_not_granted_yet(self, application, line):
        """UserError where somebody has granted one for the subject, which the page may not show."""
        before = application.exception_ids.filtered(lambda row: row.line_id.id == line)
        if before:
            raise UserError(
                self.env._(
                    "There is an exception for %(subject)s already: %(who)s, %(when)s. Reload the "
                    "page to see it.",
                    subject=before.line_id.name,
                    who=before.author_id.name,
                    when=minute_text(self.env, taipei_time(before.decided_at)),
                )
            )

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise UserError(self.env._("An exception is not rewritten. Delete it, and grant another."))

    def _erase_reasons(self):
        """Take out why it was granted, past the guard: for an erasure of the name."""
        return super().write({"reason": GONE})

    def unlink(self):
        if self.env.su:  # a submission begins anew, and states its figures itself
            return super().unlink()
        applications = self.application_id
        for application in applications:
            application._enter()
            application._check_may_decide()
        for exception in self:
            exception._log_exception("withdraw_exception")
        result = super().unlink()
        applications._restate()
        return result

    def _check_exception(self):
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Say why this exception is granted."))
        if self.line_id.curriculum_id != self.curriculum_id:
            raise UserError(self.env._("The area or subject is not in the student's framework."))
        if (self.kind == "substituted") != bool(self.enrollment_id):
            raise UserError(
                self.env._("Name the course that stands for %s.", self.line_id.name)
                if self.kind == "substituted"
                else self.env._("A waived subject has no course in its place.")
            )
        self._check_courses()

    def _check_courses(self):
        """UserError for courses that cannot stand for the subject, by themselves or together."""
        courses = self._courses()
        if courses.student_id - self.student_id:
            raise UserError(self.env._("The course belongs to another student."))
        if self.enrollment_id in self.together_ids:
            raise UserError(self.env._("Name each course once."))
        if self.together_ids and not self.enrollment_id:
            raise UserError(self.env._("A waived subject has no course in its place."))
        if self.together_ids and (text := problem(self.env, courses, self.line_id)):
            raise UserError(text)

    def _courses(self):
        """The course in its place, or the several that stand for it together (A55)."""
        return self.enrollment_id | self.together_ids

    def _log_exception(self, action):
        position = self.application_id._position()
        kinds = dict(self._fields["kind"]._description_selection(as_kept(self).env))
        text = f"{self.line_id.name}: {kinds[self.kind]}"
        if courses := " + ".join(course._label() for course in self._courses()):
            text = f"{text}: {courses}"
        self.application_id._log(action, position, position, f"{text} ({self.reason})")

    def _recognition_values(self):
        """What a passed first review records of them (I6)."""
        return [
            {
                "student_id": row.student_id.id,
                "enrollment_id": row.enrollment_id.id,
                "together_ids": [(6, 0, row.together_ids.ids)],
                "kind": row.kind,
                "area_id": False,
                "line_id": place_of_exception(row)[1].id,
                "term_id": row.application_id.term_id.id,
                "author_id": row.author_id.id,
                "decided_on": row.decided_at,
                "reason": row.reason,
                "application_id": row.application_id.id,
            }
            for row in self
        ]
