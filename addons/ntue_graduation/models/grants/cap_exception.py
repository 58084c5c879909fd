"""A limit on flexible credits raised for one student (D17)."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .grant import Grant


class CapException(models.Model):
    """One limit of the student's framework is another one in the application of one term.

    The student ticks up to it.
    """

    _name = "ntue.graduation.cap.exception"
    _description = "Exception to a limit of flexible credits"
    _inherit = ["ntue.graduation.grant"]

    GIVEN = Grant.GIVEN | {"rule_id", "limit"}
    _registered_fields = Grant._registered_fields | {"rule_id", "limit"}

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

    def _own_values(self, student, term, vals):  # noqa: ARG002  # a term is as good as another
        rule = self.env["ntue.flexible.rule"].browse(vals.get("rule_id"))
        if rule.curriculum_id != student.curriculum_id or not rule.has_limit:
            raise UserError(self.env._("This is no limit of the student's framework."))
        limit = vals.get("limit", 0)
        # A program may send what is no number, or "not a number", which no comparison refuses.
        if not isinstance(limit, int | float) or not rule.limit < limit < float("inf"):
            raise UserError(self.env._("The limit instead lies above the rule's own."))
        return {"rule_id": rule.id, "limit": limit}

    def action_revoke(self) -> None:
        result = super().action_revoke()
        self._outdate_audits()
        return result

    def _outdate_audits(self):
        self.env["ntue.audit"].sudo()._outdate(self.sudo().student_id)
