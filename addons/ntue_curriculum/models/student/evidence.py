from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...erasing import is_erasing
from ...labels import trimmed
from ..guarded.confidential import HIDDEN

CHECKING = ("checked_by_id", "checked_on")
"""Who checked it and when: never what a caller says."""

CHECKED = frozenset({"verdict", "amount", "milestone_id", "expires_on", "exempts"})
"""Fields by which the audit goes."""

ANSWERED = CHECKED | {"student_id", "document", "dated_on", "reason"}
"""Fields that a reviewer answers for once there is a verdict."""


class MilestoneEvidence(models.Model):
    """What a student showed for a milestone, and what a reviewer said of it (A41)."""

    _name = "ntue.milestone.evidence"
    _description = "Evidence for a milestone"
    _inherit = [
        "ntue.readable.references",
        "ntue.audit.source",
        "ntue.follows.student",
        "ntue.confidential",
        "ntue.registered",
        "ntue.imported",
        "ntue.typed",
    ]
    _order = "student_id, id"
    _audit_fields = frozenset({"student_id", *CHECKED})
    _registered_fields = _audit_fields | {"document", "dated_on", "reason", *CHECKING}
    _following_fields = frozenset({"student_id", "milestone_id"})

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade", index=True)
    curriculum_id = fields.Many2one(related="student_id.curriculum_id", related_sudo=False)
    milestone_id = fields.Many2one(
        "ntue.curriculum.milestone", required=True, ondelete="restrict", index=True
    )
    exempts = fields.Boolean(
        string="Exempts from it",
        help="Once accepted, the milestone is not asked of the student any more.",
    )
    amount = fields.Float(digits=(7, 2))
    document = fields.Char(help="What was shown: its number, or where it is filed.")
    dated_on = fields.Date(string="Dated")
    expires_on = fields.Date(string="Holds until")
    verdict = fields.Selection(
        [("unchecked", "To be checked"), ("accepted", "Accepted"), ("rejected", "Rejected")],
        required=True,
        string="Result of the check",
        default="unchecked",
    )
    checked_by_id = fields.Many2one("res.users", string="Checked by", readonly=True, copy=False)
    checked_on = fields.Datetime(string="Checked on", readonly=True, copy=False)
    reason = fields.Char(help="Why it is accepted or rejected; the student reads it.")

    _verdict_has_checker = models.Constraint(
        "CHECK(verdict = 'unchecked' OR checked_by_id IS NOT NULL)",
        "A verdict is somebody's: say who checked it.",
    )
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "An amount cannot be negative.")

    @api.depends("milestone_id", "document")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for row in self:
            # Of a revision that was archived since, perhaps, which a student reads no more.
            way = row.sudo().milestone_id.display_name
            name = " ".join(filter(None, (way, row.document)))
            row.display_name = name if row in readable else HIDDEN

    @api.constrains("student_id", "milestone_id")
    def _check_milestone(self):
        for row in self:
            if row.milestone_id.curriculum_id != row.student_id.curriculum_id:
                raise ValidationError(
                    self.env._("The milestone is not in the student's framework.")
                )

    @api.constrains("verdict", "reason", "exempts", "milestone_id")
    def _check_reason(self):
        """What a person decides by judgement has a reason; what is measured speaks for itself."""
        for row in self:
            judged = row.exempts or row.milestone_id.measure == "reviewer"
            decided = row.verdict == "rejected" or (row.verdict == "accepted" and judged)
            if decided and not trimmed(row.reason) and not is_erasing(row):
                raise ValidationError(
                    self.env._("Say why; the student reads it: %s.", row.milestone_id.display_name)
                )

    @api.constrains("dated_on", "expires_on")
    def _check_days(self):
        for row in self:
            if row.dated_on and row.expires_on and row.expires_on < row.dated_on:
                raise ValidationError(self.env._("It cannot hold until a day before its own."))

    @api.constrains("milestone_id", "exempts")
    def _check_is_shown(self):
        if any(row.milestone_id.measure == "courses" and not row.exempts for row in self):
            raise ValidationError(
                self.env._("Courses are counted from the enrolments; nothing is recorded for them.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        # The verdict is given here or by nobody: a default of the caller's would have no checker.
        vals_list = [{"verdict": "unchecked", **self._typed(vals)} for vals in vals_list]
        return super().create([self._with_checker(vals, vals["verdict"]) for vals in vals_list])

    def write(self, vals):
        vals = self._typed(vals)
        if not set(vals) & {*ANSWERED, *CHECKING}:
            return super().write(vals)
        done = True
        for verdict, rows in self.grouped("verdict").items():
            done = super(MilestoneEvidence, rows).write(
                self._with_checker(vals, vals.get("verdict", verdict))
            )
        return done

    def _set(self, vals):
        """Write past who checked it: for revisions and erasures, out of reach of RPC."""
        return super().write(vals)

    @api.model
    def _with_checker(self, vals, verdict):
        """``vals`` with who checked it: the user who decides, nobody as long as it is open."""
        decided = verdict in ("accepted", "rejected")
        return {
            **vals,
            "checked_by_id": self.env.uid if decided else False,
            "checked_on": fields.Datetime.now() if decided else False,
        }

    def _erase_texts(self):
        """Take out what was shown, a certificate's number for instance, and why it was accepted or
        rejected; verdict, who gave it and days stay.

        The caller has the permission of an erasure.
        """
        found = self.filtered(lambda row: row.document or row.reason)
        found._set({"document": False, "reason": False})

    def _registered_label(self):
        return self.milestone_id.display_name

    def _registers_new(self):
        return not self.env.su  # an import has its files

    def _audited_students(self):
        return self.student_id
