"""A limit on flexible credits raised for one student (D17)."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.degree_audit import prepare
from odoo.addons.ntue_curriculum.models.audit_adapter import decimal
from odoo.exceptions import AccessError, UserError

GIVEN = frozenset({"student_id", "term_id", "rule_id", "limit", "reason"})
"""What whoever raises a limit says; the rest follows."""


class CapException(models.Model):
    """One limit of the student's framework is another one in the application of one term.

    Granted by an assistant of the student's department or the registrar of the division,
    never for oneself; the student ticks up to it. Granted once, revoked at most once,
    altered and deleted never.
    """

    _name = "ntue.graduation.cap.exception"
    _description = "Exception to a limit of flexible credits"
    _inherit = ["ntue.confidential"]
    _order = "id desc"
    _rec_name = "student_id"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    curriculum_id = fields.Many2one(related="student_id.curriculum_id")
    department_id = fields.Many2one(related="student_id.department_id", store=True, index=True)
    division = fields.Selection(related="student_id.division", store=True)
    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    rule_id = fields.Many2one(
        "ntue.flexible.rule",
        string="Limit of the framework",
        required=True,
        ondelete="cascade",
        domain="[('curriculum_id', '=', curriculum_id), ('has_limit', '=', True)]",
    )
    limit = fields.Float(
        string="Limit instead", required=True, digits=(6, 3), help="In the unit of the rule."
    )
    reason = fields.Char(required=True)
    granted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    granted_at = fields.Datetime(readonly=True)
    revoked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    revoked_at = fields.Datetime(readonly=True)

    _one_in_force = models.UniqueIndex(
        "(student_id, term_id, rule_id) WHERE revoked_at IS NULL",
        "There is an exception to this limit already. Revoke it first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        fresh = []
        for vals in vals_list:
            if any(value for key, value in vals.items() if key not in GIVEN):
                raise AccessError(
                    self.env._("An exception names student, term, limit and reason; no more.")
                )
            student = self.env["ntue.student"].browse(vals.get("student_id")).exists()
            self._check_may_raise(student)
            if not (vals.get("reason") or "").strip():
                raise UserError(self.env._("Say why this exception is granted."))
            rule = self.env["ntue.flexible.rule"].browse(vals.get("rule_id"))
            if rule.curriculum_id != student.curriculum_id or not rule.has_limit:
                raise UserError(self.env._("This is no limit of the student's framework."))
            if vals.get("limit", 0) <= rule.limit:
                raise UserError(self.env._("The limit instead lies above the rule's own."))
            fresh.append(
                {
                    **{name: vals.get(name, False) for name in GIVEN},
                    "granted_by_id": self.env.uid,
                    "granted_at": fields.Datetime.now(),
                    "revoked_by_id": False,
                    "revoked_at": False,
                }
            )
        granted = super().create(fresh)
        self.env["ntue.audit"].sudo()._outdate(granted.sudo().student_id)
        return granted

    def _check_may_raise(self, student):
        """AccessError unless the user may raise a limit of ``student``: who may let in late."""
        try:
            self.env["ntue.graduation.late.permit"]._check_may_grant(student)
        except AccessError as refused:
            raise AccessError(
                self.env._(
                    "Limits are raised by the assistants of the student's department and the "
                    "registrar of the division, and by nobody for themselves."
                )
            ) from refused

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self.env._("An exception is not altered. Revoke it and grant another."))

    def action_revoke(self):
        """Take it back; harmless when done already."""
        for exception in self.filtered(lambda row: not row.revoked_at):
            exception.check_access("write")
            self._check_may_raise(exception.student_id)
            exception._set({"revoked_by_id": self.env.uid, "revoked_at": fields.Datetime.now()})
            self.env["ntue.audit"].sudo()._outdate(exception.sudo().student_id)

    def _set(self, vals):
        """Write past the guard: for this model's own steps, and out of reach of RPC."""
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An exception is not altered. Revoke it and grant another."))


class Student(models.Model):
    _inherit = "ntue.student"

    def _raised_limits(self, term):
        """The exceptions that hold for this student's application of ``term``, by rule."""
        self.ensure_one()
        found = (
            self.env["ntue.graduation.cap.exception"]
            .sudo()
            .search(
                [
                    ("student_id", "=", self.id),
                    ("term_id", "=", term.id),
                    ("revoked_at", "=", False),
                ]
            )
        )
        return {row.rule_id: row.limit for row in found}

    def _prepared_for(self, term, prepared):
        prepared = super()._prepared_for(term, prepared)
        raised = self._raised_limits(term)
        if not raised:
            return prepared
        rules = self.sudo().curriculum_id.flexible_rule_ids.sorted("sequence")
        limits = [raised.get(rule) for rule in rules]
        changed = tuple(
            replace(rule, limit=decimal(limit)) if limit else rule
            for rule, limit in zip(prepared.framework.flexible_rules, limits, strict=True)
        )
        return prepare(replace(prepared.framework, flexible_rules=changed))
