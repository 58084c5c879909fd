from typing import Any

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.erasing import GONE
from odoo.addons.ntue_curriculum.labels import trimmed
from odoo.addons.ntue_curriculum.marked_rows import mark_rows
from odoo.addons.ntue_curriculum.models.guarded.confidential import HIDDEN
from odoo.exceptions import AccessError, UserError

from ...pages.deferral import deferrable_application

ONLINE = frozenset({"student_id", "reason"})
"""What a student gives; the rest follows from the review that did not pass."""

PAPER = frozenset({"student_id", "term_id", "filed_on", "reason"})
"""What staff give of a paper form."""


class GraduationDeferral(models.Model):
    """A student stays on beyond a term (延畢): on line, or on a paper form that staff log.

    On line it is offered to daytime undergraduates whose review has not passed (191), in a
    later year of study it is a matter of paper (192, D36). Written once: a mistaken one is
    revoked with a reason and stays; nobody logs their own paper. In a term that is deferred no
    application is completed, and a term that was left in is not deferred.
    """

    _name = "ntue.graduation.deferral"
    _description = "Deferral of graduation"
    _inherit = [
        "ntue.readable.references",
        "ntue.confidential",
        "ntue.registered",
        "ntue.typed",
    ]
    _order = "filed_on desc, id desc"
    _rec_names_search = ["student_id.student_no", "student_id.name"]
    _registered_fields = frozenset(
        {
            "student_id",
            "term_id",
            "kind",
            "reason",
            "filed_on",
            "logged_by_id",
            "revoke_reason",
            "revoked_at",
            "revoked_by_id",
        }
    )

    student_id = fields.Many2one("ntue.student", required=True, ondelete="restrict", index=True)
    term_id = fields.Many2one("ntue.term", required=True, ondelete="restrict")
    department_id = fields.Many2one(related="student_id.department_id", store=True, index=True)
    program_id = fields.Many2one(related="student_id.program_id", store=True)
    division = fields.Selection(related="student_id.division", store=True)
    kind = fields.Selection([("online", "On line"), ("paper", "On paper")], required=True)
    reason = fields.Char(required=True)
    filed_on = fields.Date(
        string="Filed on",
        required=True,
        default=lambda _self: taipei_today(),
        help="Day on which it was declared, or the paper form handed in.",
    )
    logged_by_id = fields.Many2one(
        "res.users", string="Entered by", required=True, readonly=True, ondelete="restrict"
    )
    revoke_reason = fields.Char(
        string="Reason of the revocation", help="Why it was a mistake; the student will read it."
    )
    revoked_at = fields.Datetime(string="Revoked on", readonly=True)
    revoked_by_id = fields.Many2one(
        "res.users", string="Revoked by", readonly=True, ondelete="restrict"
    )

    _one_a_term = models.UniqueIndex(
        "(student_id, term_id) WHERE revoked_at IS NULL",
        "This student's graduation is deferred in this term already.",
    )

    @api.depends("student_id.student_no", "student_id.name", "term_id.code")
    @api.depends_context("uid")
    def _compute_display_name(self):
        readable = self._readable()
        for deferral in self:
            parts = (deferral.term_id.code, deferral.student_id.display_name)
            name = "-".join(filter(None, parts))  # a new one has neither yet
            deferral.display_name = name if deferral in readable else HIDDEN

    def _registered_label(self):
        return f"{self._ntue_kind()} {self.term_id.code}"

    def _registered_reason(self):
        return self.revoke_reason or self.reason

    # CRUD: the only ways in

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._typed(vals) for vals in vals_list]
        self._check_references(vals_list)
        return super().create([self._complete(vals) for vals in vals_list])

    def _complete(self, vals):
        """Every field of a new deferral, from what a student or staff give; errors otherwise."""
        student = self.env["ntue.student"].browse(vals.get("student_id")).exists()
        own = not student or student.sudo().partner_id == self.env.user.partner_id
        student = student or self.env["ntue.student"]._of_current_user()
        if set(vals) - (ONLINE if own else PAPER) or not student:
            raise AccessError(
                self.env._("A deferral is declared by the student, or logged from a paper form.")
            )
        reason = trimmed(vals.get("reason"))
        if not reason:
            raise UserError(self.env._("Give the reason of the deferral."))
        complete = self._online(student) if own else self._paper(student, vals)
        return {
            **complete,
            "student_id": student.id,
            "reason": reason,
            "logged_by_id": self.env.uid,
            "revoke_reason": False,
            "revoked_at": False,
            "revoked_by_id": False,
        }

    def _online(self, student):
        application = deferrable_application(student)
        if not application:
            raise UserError(
                self.env._(
                    "Deferral on line is for daytime undergraduates whose review of this term "
                    "has not passed. Ask the registrar's office about anything else."
                )
            )
        return {
            "kind": "online",
            "term_id": application.term_id.id,
            "filed_on": taipei_today(),
        }

    def _paper(self, student, vals):
        term = self.env["ntue.term"].browse(vals.get("term_id")).exists()
        if not term:
            raise UserError(self.env._("Name the term beyond which the student stays."))
        year, threshold = student._year_of_study(term), student.program_id.deferral_year
        if year < threshold:
            raise UserError(
                self.env._(
                    "In term %(term)s this student is in year %(year)s of study; a deferral is "
                    "filed from year %(threshold)s on.",
                    term=term._short_name(),
                    year=year,
                    threshold=threshold,
                )
            )
        filed_on = fields.Date.to_date(vals.get("filed_on")) or taipei_today()
        if filed_on > taipei_today():
            raise UserError(self.env._("The paper form cannot have come in after today."))
        self._check_not_completed(student, term)
        return {
            "kind": "paper",
            "term_id": term.id,
            "filed_on": filed_on,
        }

    def _check_not_completed(self, student, term):
        """UserError when the student has left in that term, or leaves at this moment."""
        of_term = [("student_id", "=", student.id), ("term_id", "=", term.id)]
        applications = self.env["ntue.graduation.application"].search(of_term)
        mark_rows(applications)
        if "completed" in applications.mapped("state"):
            raise UserError(
                self.env._(
                    "The student's application of term %s is completed. Take the completion back "
                    "first if the student stays on after all.",
                    term._short_name(),
                )
            )

    def write(self, vals):
        """Revoking is all that is ever written: by staff, once, with a reason."""
        vals = self._typed(vals)
        self.check_access("write")
        reason = (vals.get("revoke_reason") or "").strip()
        if set(vals) != {"revoke_reason"}:
            raise AccessError(
                self.env._("A deferral is not changed. Revoke it with a reason, and log another.")
            )
        if not reason:
            raise UserError(self.env._("Say why it is revoked; the student will read it."))
        for deferral in self:
            if deferral.student_id.sudo().partner_id == self.env.user.partner_id:
                raise UserError(
                    self.env._("Nobody revokes their own deferral. Ask the registrar's office.")
                )
            if deferral.revoked_at:
                raise UserError(self.env._("This deferral has been revoked already."))
        return super().write(
            {
                "revoke_reason": reason,
                "revoked_at": fields.Datetime.now(),
                "revoked_by_id": self.env.uid,
            }
        )

    def _erase_reasons(self):
        """Take out why it was declared and revoked, past the guard: for an erasure of the name."""
        return super().write({"reason": GONE, "revoke_reason": False})

    def action_revoke(self) -> dict[str, Any]:
        """Ask why; saving the answer revokes it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revoke the deferral"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("ntue_graduation.view_deferral_revoke").id, "form")],
            "target": "new",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A deferral is never deleted. Revoke it with a reason."))
