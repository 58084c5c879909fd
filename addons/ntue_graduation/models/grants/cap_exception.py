"""A limit on flexible credits raised for one student (D17)."""

from functools import partial

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.audit_adapter import with_limits
from odoo.exceptions import UserError

from .granted import Granted


class CapException(models.Model):
    """One limit of the student's framework is another one in the application of one term.

    The student ticks up to it.
    """

    _name = "ntue.graduation.cap.exception"
    _description = "Exception to a limit of flexible credits"
    _inherit = ["ntue.graduation.granted"]

    GIVEN = Granted.GIVEN | {"rule_id", "limit"}
    _registered_fields = Granted._registered_fields | {"rule_id", "limit"}

    curriculum_id = fields.Many2one(related="student_id.curriculum_id", related_sudo=False)
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

    _one_in_force = models.UniqueIndex(
        "(student_id, term_id, rule_id) WHERE revoked_at IS NULL",
        "There is an exception to this limit already. Revoke it first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        granted = super().create(vals_list)
        granted._outdate_audits()
        return granted

    def _checked(self, student, term, vals):  # noqa: ARG002  # a term is as good as another
        rule = self.env["ntue.flexible.rule"].browse(vals.get("rule_id"))
        if rule.curriculum_id != student.curriculum_id or not rule.has_limit:
            raise UserError(self.env._("This is no limit of the student's framework."))
        if vals.get("limit", 0) <= rule.limit:
            raise UserError(self.env._("The limit instead lies above the rule's own."))
        return {"rule_id": rule.id, "limit": vals["limit"]}

    def action_revoke(self):
        result = super().action_revoke()
        self._outdate_audits()
        return result

    def _outdate_audits(self):
        self.env["ntue.audit"].sudo()._outdate(self.sudo().student_id)


class Student(models.Model):
    _inherit = "ntue.student"

    def _framework_exceptions(self, term):
        """The limits raised for the application of ``term``; one query for all students.

        Not by rule: a revision of the framework brings rules of its own.
        """
        in_force = [
            ("student_id", "in", self.ids),
            ("term_id", "=", term.id),
            ("revoked_at", "=", False),
        ]
        raised = {}
        for row in self.env["ntue.graduation.cap.exception"].sudo().search(in_force):
            limits = raised.setdefault(row.student_id, {})
            limits[row.rule_id.origin, row.rule_id.unit] = row.limit
        own = {student: partial(with_limits, limits=limits) for student, limits in raised.items()}
        return {**super()._framework_exceptions(term), **own}
