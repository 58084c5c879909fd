from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..labels import plain_number
from ..pages.effect import effect_sentences, effects_of
from ..pages.programmes import programme_row_under
from ..wording.missing import missing_in_whole


class StudentWhatIf(models.TransientModel):
    """A student's audit under another framework beside the present one (I3, D19).

    Looking writes nothing. A registrar may bind the student to that framework, with a reason.
    """

    _name = "ntue.student.what.if"
    _description = "What if: a student under another framework"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _rec_name = "student_id"

    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    curriculum_id = fields.Many2one("ntue.curriculum", ondelete="cascade", string="Framework")
    is_present = fields.Boolean(compute="_compute_is_present", string="Is the present framework")
    tick_ids = fields.Many2many(
        "ntue.enrollment",
        string="Courses ticked as flexible credits",
        help="What may not be ticked under the framework is left out.",
    )
    panel = fields.Html(compute="_compute_panel", sanitize=False, string="Audit")
    reason = fields.Char()

    @api.constrains("student_id", "curriculum_id", "tick_ids")
    def _check_readable(self):
        # Odoo runs constraints with all rights: ask as the user.
        for wizard in self:
            wizard.student_id.sudo(False).check_access("read")
            wizard.curriculum_id.sudo(False).check_access("read")
            wizard.tick_ids.sudo(False).check_access("read")

    @api.depends("student_id", "curriculum_id")
    def _compute_is_present(self):
        for wizard in self:
            wizard.is_present = wizard.curriculum_id == wizard.student_id.curriculum_id

    @api.depends("student_id", "curriculum_id", "tick_ids")
    @api.depends_context("uid", "lang")
    def _compute_panel(self):
        for wizard in self:
            wizard.panel = wizard._drawn() if wizard.curriculum_id and wizard.student_id else False

    def _drawn(self):
        """Both audits; of a draft against which nobody can be audited, what is wrong with it."""
        draw, draft = self.env["ir.qweb"]._render, self.curriculum_id._origin
        rows = draft._finding_rows() if draft.state == "draft" else []
        if any(row["fatal"] for row in rows):
            return draw("ntue_curriculum.framework_findings", {"rows": rows})
        if draft.kind != "main":
            row = programme_row_under(self.student_id._origin, draft)
            return draw("ntue_curriculum.progress_programmes", {"programmes": [row]})
        return draw("ntue_curriculum.what_if_panel", self._page())

    def _page(self):
        """What ``what_if_panel`` draws."""
        self.ensure_one()
        student = self.student_id._origin
        curriculum = self.curriculum_id._origin
        ((_student, now, then, effect),) = effects_of(student, curriculum, self.tick_ids._origin)
        return {
            "number": plain_number,
            "sides": [
                (self.env._("Now"), student.curriculum_id, now),
                (self.env._("Then"), curriculum, then),
            ],
            "sentences": effect_sentences(self.env, curriculum, effect),
            "missing": [
                missing_in_whole(self.env, result, side._outline())
                for side, result in ((student.curriculum_id, now), (curriculum, then))
            ],
            "names": {
                framework: {area.code: area.name for area in framework.area_ids}
                for framework in (student.curriculum_id, curriculum)
            },
        }

    def action_rebind(self) -> dict[str, Any]:
        """Bind the student to the framework; the student's record asks who may (I3)."""
        self.ensure_one()
        if not self.curriculum_id:
            raise UserError(self.env._("Choose a framework."))
        self.student_id.write(
            {"curriculum_id": self.curriculum_id.id, "correction_reason": self.reason}
        )
        return {"type": "ir.actions.act_window_close"}
