"""Whoever missed the period may be let in one by one (25, D13)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.models.confidential import HIDDEN
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import AccessError, UserError

GIVEN = frozenset({"student_id", "term_id", "reason", "date_end"})
"""What whoever grants a permit says; the rest follows."""


class LatePermit(models.Model):
    """One student may start and submit in one term until a day, period or not.

    Granted by an assistant of the student's department or the registrar of the division,
    never for oneself. Granted once, revoked at most once, altered and deleted never.
    """

    _name = "ntue.graduation.late.permit"
    _description = "Late permit"
    _inherit = ["ntue.confidential"]
    _order = "id desc"
    _rec_names_search = ["student_id.student_no", "student_id.name"]

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    department_id = fields.Many2one(related="student_id.department_id", store=True, index=True)
    division = fields.Selection(related="student_id.division", store=True)
    reason = fields.Char(required=True, help="The student and the registrar read it.")
    date_end = fields.Date(
        required=True, string="Valid until", help="Included. Not after the final leaving date."
    )
    granted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    granted_at = fields.Datetime(readonly=True)
    revoke_reason = fields.Char(
        string="Reason of revocation", help="Write it, then revoke. The student reads it."
    )
    revoked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    revoked_at = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("in_force", "In force"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
    )

    _no_twin = models.UniqueIndex(
        "(student_id, term_id, date_end) WHERE revoked_at IS NULL",
        "This permit has been granted already.",
    )

    @api.depends("student_id.student_no", "student_id.name", "term_id.code")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for permit in self:
            student = permit.student_id
            if not student:  # one that is being filled in
                permit.display_name = False
            elif permit in readable:
                permit.display_name = f"{permit.term_id.code}-{student.student_no} {student.name}"
            else:
                permit.display_name = HIDDEN

    @api.depends("date_end", "revoked_at")
    def _compute_state(self):
        today = taipei_today()
        for permit in self:
            if permit.revoked_at:
                permit.state = "revoked"
            else:
                permit.state = "in_force" if (permit.date_end or today) >= today else "expired"

    def _keep_open(self, window):
        """The permits of ``self`` that let their student apply in ``window`` today.

        Neither before the window opens nor after its final leaving date.
        """
        today = taipei_today()
        return self.filtered(
            lambda permit: (
                permit.state == "in_force"
                and permit.term_id == window.term_id
                and window.date_open <= today <= window.date_leave
            )
        )

    # Granted once

    @api.model_create_multi
    def create(self, vals_list):
        fresh = []
        for vals in vals_list:
            if any(value for key, value in vals.items() if key not in GIVEN):
                raise AccessError(
                    self.env._("A permit names student, term, reason and last day; no more.")
                )
            student = self.env["ntue.student"].browse(vals.get("student_id")).exists()
            term = self.env["ntue.term"].browse(vals.get("term_id")).exists()
            self._check_may_grant(student)
            day = fields.Date.to_date(vals.get("date_end"))
            self._check_reason(vals.get("reason"))
            self._check_last_day(student, term, day)
            fresh.append(
                {
                    "student_id": student.id,
                    "term_id": term.id,
                    "reason": vals["reason"].strip(),
                    "date_end": day,
                    "granted_by_id": self.env.uid,
                    "granted_at": fields.Datetime.now(),
                    "revoke_reason": False,
                    "revoked_by_id": False,
                    "revoked_at": False,
                }
            )
        return super().create(fresh)

    def _check_may_grant(self, student):
        """AccessError unless the user may let ``student`` in late, or take that back."""
        user, known = self.env.user, student.sudo()
        assistant = user.has_group(
            "ntue_curriculum.group_assistant"
        ) and user._ntue_is_assistant_of(known.department_id)
        registrar = known and user.has_group(f"ntue_curriculum.group_registrar_{known.division}")
        if not known or not (assistant or registrar):
            raise AccessError(
                self.env._(
                    "Late permits are granted and revoked by the assistants of the student's "
                    "department and the registrar of the division."
                )
            )
        if known.partner_id == user.partner_id:
            raise AccessError(self.env._("Nobody grants a late permit to themselves."))

    def _check_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Give a reason; the student will read it."))

    def _check_last_day(self, student, term, day):
        """UserError unless ``day`` lets the student in late and no later than may be."""
        window = self.env["ntue.graduation.window"]
        window = term and window._for_student(student, term)
        today = taipei_today()
        if not window:
            raise UserError(
                self.env._("No application period of this term concerns the student's program.")
            )
        if today < window.date_open:
            raise UserError(self.env._("The application period has not begun yet."))
        if not day or day < today or day <= window.date_close:
            raise UserError(
                self.env._(
                    "The last day of a permit lies after the application period, which ends on "
                    "%s, and is not past.",
                    roc_date(window.date_close),
                )
            )
        if day > window.date_leave:
            raise UserError(
                self.env._(
                    "The last day of a permit is not after the final leaving date, %s.",
                    roc_date(window.date_leave),
                )
            )
        held = student._permits_in_force()._keep_open(window)
        if held:
            raise UserError(
                self.env._(
                    "The student has a permit until %s already. Revoke it before you grant "
                    "another.",
                    roc_date(held[0].date_end),
                )
            )

    # Revoked at most once

    # What may be written is passed on by _set.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        if set(vals) - {"revoke_reason"}:
            raise AccessError(self.env._("A permit is not altered. Revoke it and grant another."))
        for permit in self:
            permit._check_may_revoke()
            permit._set(dict(vals))
        return True

    def action_revoke(self):
        """Take the permit back for the reason written; harmless when done already."""
        for permit in self.filtered(lambda row: not row.revoked_at):
            permit._check_may_revoke()
            permit._check_reason(permit.revoke_reason)
            permit._set({"revoked_by_id": self.env.uid, "revoked_at": fields.Datetime.now()})

    def _check_may_revoke(self):
        self.ensure_one()
        self.check_access("write")
        self._check_may_grant(self.student_id)
        self.lock_for_update()
        if self.revoked_at:
            raise UserError(self.env._("This permit has been revoked already."))

    def _set(self, vals):
        """Write past the guard: for this model's own steps, and out of reach of RPC."""
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A permit is not deleted. Revoke it with a reason."))


class Student(models.Model):
    _inherit = "ntue.student"

    def _permits_in_force(self):
        """The late permits of this student, of any term, that hold today."""
        self.ensure_one()
        return self.env["ntue.graduation.late.permit"].search(
            [
                ("student_id", "=", self.id),
                ("revoked_at", "=", False),
                ("date_end", ">=", taipei_today()),
            ]
        )

    def _permit_sentence(self, window):
        """Until when a late permit lets this student apply in ``window``, for the student."""
        permit = self._permits_in_force()._keep_open(window)[:1]
        if not permit:
            return ""
        return self.env._(
            "You have a late permit for term %(term)s: you may apply until %(day)s.",
            term=permit.term_id._short_name(),
            day=roc_date(permit.date_end),
        )
