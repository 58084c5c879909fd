"""What reviewers grant to one student for one term, outside the rule for all (D13, D17)."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.erasing import GONE
from odoo.addons.ntue_curriculum.models.guarded.confidential import HIDDEN
from odoo.exceptions import AccessError, UserError


class Grant(models.AbstractModel):
    """Given by an assistant of the student's department or the registrar of the division.

    Never to oneself. It is given once for a reason, revoked at most once for another one, and
    never altered or deleted.
    """

    _name = "ntue.graduation.grant"
    _description = "What is granted to one student for one term"
    _inherit = ["ntue.readable.references", "ntue.confidential", "ntue.registered"]
    _order = "id desc"
    _rec_names_search = ["student_id.student_no", "student_id.name"]

    GIVEN = frozenset({"student_id", "term_id", "reason"})
    """What is said when something is granted; the rest follows. Models add their own fields."""

    _registered_fields = GIVEN | {"revoke_reason", "revoked_by_id", "revoked_at", "granted_by_id"}

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    department_id = fields.Many2one(related="student_id.department_id", store=True, index=True)
    division = fields.Selection(related="student_id.division", store=True)
    reason = fields.Char(required=True, help="The student and the registrar read it.")
    granted_by_id = fields.Many2one(
        "res.users", string="Granted by", readonly=True, ondelete="restrict"
    )
    granted_at = fields.Datetime(string="Granted on", readonly=True)
    revoke_reason = fields.Char(
        string="Reason of revocation", help="Write it, then revoke. The student reads it."
    )
    revoked_by_id = fields.Many2one(
        "res.users", string="Revoked by", readonly=True, ondelete="restrict"
    )
    revoked_at = fields.Datetime(string="Revoked on", readonly=True)

    @api.depends("student_id.student_no", "student_id.name", "term_id.code")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for granted in self:
            student = granted.student_id
            if not student:  # one that is being filled in
                granted.display_name = False
            elif granted in readable:
                granted.display_name = f"{granted.term_id.code}-{student.student_no} {student.name}"
            else:
                granted.display_name = HIDDEN

    def _registered_label(self):
        return f"{self._ntue_kind()} {self.term_id.code}"

    def _registered_reason(self):
        return self.revoke_reason or self.reason

    # Granted once

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        return super().create([self._complete(vals) for vals in vals_list])

    def _complete(self, vals):
        """Every field of what is being granted; errors where it may not be."""
        if any(value for key, value in vals.items() if key not in self.GIVEN):
            raise AccessError(
                self.env._("Name the student, the term, what is granted and why; no more.")
            )
        student = self.env["ntue.student"].browse(vals.get("student_id")).exists()
        term = self.env["ntue.term"].browse(vals.get("term_id")).exists()
        self._check_may_grant(student)
        self._check_reason(vals.get("reason"))
        return {
            **self._own_values(student, term, vals),
            "student_id": student.id,
            "term_id": term.id,
            "reason": vals["reason"].strip(),
            "granted_by_id": self.env.uid,
            "granted_at": fields.Datetime.now(),
            "revoke_reason": False,
            "revoked_by_id": False,
            "revoked_at": False,
        }

    def _own_values(self, student, term, vals):
        """The values of a model's own fields, or UserError; a hook."""
        raise NotImplementedError

    def _check_may_grant(self, student):
        """AccessError unless the user may grant this to ``student``, or take it back."""
        user, known = self.env.user, student.sudo()
        assistant = user.has_group(
            "ntue_curriculum.group_assistant"
        ) and user._ntue_is_assistant_of(known.department_id)
        registrar = known and user.has_group(f"ntue_curriculum.group_registrar_{known.division}")
        if not known or not (assistant or registrar):
            raise AccessError(
                self.env._(
                    "This is granted and revoked by the assistants of the student's department "
                    "and the registrar of the division."
                )
            )
        if known.partner_id == user.partner_id:
            raise AccessError(self.env._("Nobody grants this to themselves. Ask a colleague."))

    def _check_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Give a reason; the student will read it."))

    # Revoked at most once

    # What may be written is passed on by _set.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        if set(vals) - {"revoke_reason"}:
            raise AccessError(self.env._("This is not altered. Revoke it and grant another."))
        for granted in self:
            granted._check_may_revoke()
            granted._set(dict(vals))
        return True

    def action_revoke(self) -> None:
        """Take it back for the reason written; harmless when done already."""
        for granted in self.filtered(lambda row: not row.revoked_at):
            granted._check_may_revoke()
            granted._check_reason(granted.revoke_reason)
            granted._set({"revoked_by_id": self.env.uid, "revoked_at": fields.Datetime.now()})

    def _check_may_revoke(self):
        self.ensure_one()
        self.check_access("write")
        self._check_may_grant(self.student_id)
        self.lock_for_update()
        if self.revoked_at:
            raise UserError(self.env._("This has been revoked already."))

    def _set(self, vals):
        """Write past the guard: for this model's own steps, and out of reach of RPC."""
        return super().write(vals)

    def _erase_reasons(self):
        """Take out why it was granted and revoked; what, by whom and when stays."""
        self._set({"reason": GONE, "revoke_reason": False})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("This is not deleted. Revoke it with a reason."))
