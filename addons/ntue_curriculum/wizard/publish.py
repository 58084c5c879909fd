from hashlib import sha256
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import clean_context

from ..audit_adapter import framework_digest, framework_of
from ..pages.effect import effects_of_publishing

RANKS = {"worse": 1, "other": 2, "better": 3}


class CurriculumPublish(models.TransientModel):
    """Everything to be seen before a draft is published: what is wrong with it, in what it
    differs, and what would change for whom. Looking writes nothing but this (I3, F18).
    """

    _name = "ntue.curriculum.publish"
    _description = "Publish a framework"
    _inherit = ["ntue.readable.references"]

    curriculum_id = fields.Many2one("ntue.curriculum", required=True, ondelete="cascade")
    stamp = fields.Char(readonly=True, help="Of the draft as it is shown here.")
    is_revision = fields.Boolean(string="Is a revision", compute="_compute_panels")
    may_publish = fields.Boolean(string="May be published", compute="_compute_panels")
    has_fatal = fields.Boolean(string="With errors", compute="_compute_panels")
    has_findings = fields.Boolean(string="With findings", compute="_compute_panels")
    findings_panel = fields.Html(compute="_compute_panels", sanitize=False, string="Check")
    difference_panel = fields.Html(compute="_compute_panels", sanitize=False, string="Differences")
    lost_panel = fields.Html(compute="_compute_panels", sanitize=False, string="Decisions")
    lost_count = fields.Integer(string="Decisions lost", compute="_compute_panels")
    user_count = fields.Integer(related="curriculum_id.user_count", related_sudo=False)
    student_total = fields.Integer(readonly=True, string="Students bound to it")
    student_shown = fields.Integer(readonly=True, string="Students you may see")
    changed_count = fields.Integer(string="Students affected", readonly=True)
    worse_count = fields.Integer(string="Students worse off", readonly=True)
    pressing_count = fields.Integer(string="Affected students who have applied", readonly=True)
    effect_ids = fields.One2many(
        "ntue.curriculum.effect", "wizard_id", string="Effects", readonly=True
    )
    accept = fields.Boolean(string="Publish all the same")
    reason = fields.Char()

    @api.constrains("curriculum_id")
    def _check_curriculum(self):
        # Odoo runs constraints with all rights: ask as the user.
        self.curriculum_id.sudo(False).check_access("read")

    @api.depends("curriculum_id")
    @api.depends_context("uid", "lang")
    def _compute_panels(self):
        draw = self.env["ir.qweb"]._render
        registrar = self.env.user.has_group("ntue_curriculum.group_registrar")
        for wizard in self:
            curriculum = wizard.curriculum_id
            rows = curriculum._rows_to_publish()
            lost = curriculum._lost_decisions()
            wizard.is_revision = bool(curriculum.revises_id)
            wizard.may_publish = registrar and curriculum.state == "draft"
            wizard.has_fatal = any(row["fatal"] for row in rows)
            wizard.has_findings = bool(rows)
            wizard.findings_panel = draw("ntue_curriculum.framework_findings", {"rows": rows})
            wizard.difference_panel = curriculum.difference_panel
            wizard.lost_count = len(lost)
            wizard.lost_panel = draw("ntue_curriculum.lost_decisions", {"decisions": lost})

    @api.model
    def _opened_for(self, curriculum):
        """The dialog about ``curriculum``, with the effects on its students worked out."""
        curriculum.ensure_one()
        curriculum._check_draft()
        # Whom it is about: of a shared block those of the frameworks that have it (A54), and who
        # studies one of these as a further program (A45).
        replaced = curriculum.sudo()._replaced().ids
        domain = Domain("curriculum_id", "in", replaced)
        domain |= Domain("programme_ids.curriculum_id", "in", replaced)
        students = self.env["ntue.student"].search(domain)
        wizard = self.create({"curriculum_id": curriculum.id})
        effects = self.env["ntue.curriculum.effect"]
        if replaced and not wizard.has_fatal:
            effects = effects._made_for(wizard, students)
        worse = effects.filtered(lambda row: row.verdict == "worse")
        wizard.sudo().write(
            {
                "stamp": self._stamp_of(curriculum),
                "student_total": students.sudo().search_count(domain),
                "student_shown": len(students),
                "changed_count": len(effects.student_id),
                "worse_count": len(worse.student_id),
                "pressing_count": len(effects.filtered("pressing").student_id),
            }
        )
        publish = self.env._("Publish framework %s", curriculum.code)
        check = self.env._("Check framework %s", curriculum.code)
        return {
            "type": "ir.actions.act_window",
            "name": publish if wizard.may_publish else check,
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _stamp_of(self, curriculum):
        """A value that changes with whatever the draft asks, and what is published with it."""
        draft = curriculum.sudo()
        published = [framework_of(draft)]
        if draft.kind == "block":
            published += [draft._framework_in(user) for user in draft._replaced().sorted("id")]
        return sha256(b"".join(map(framework_digest, published))).hexdigest()

    def action_publish(self) -> dict[str, Any]:
        """Publish what is shown; the framework itself asks who may, and for the reason."""
        self.ensure_one()
        curriculum = self.curriculum_id
        if self.stamp != self._stamp_of(curriculum):
            raise UserError(
                self.env._(
                    "A framework that has this shared block, or the block itself, has been changed "
                    "since this was shown. Close this, and look at it again."
                )
                if curriculum.kind == "block"
                else self.env._(
                    "The framework has been changed since this was shown. Close this, and look "
                    "at it again."
                )
            )
        if self.has_findings and not (self.accept and (self.reason or "").strip()):
            raise UserError(
                self.env._(
                    "The check has found something. Correct it, or tick “Publish all the same” "
                    "and say why."
                )
            )
        curriculum._publish(self.reason if self.accept else None)
        return {"type": "ir.actions.act_window_close"}


class CurriculumEffect(models.TransientModel):
    """What a revision would change for one student whom the user may see."""

    _name = "ntue.curriculum.effect"
    _description = "Effect of a revision on a student"
    _inherit = ["ntue.readable.references", "ntue.confidential"]
    _order = "pressing desc, rank, id"
    _rec_name = "student_id"

    wizard_id = fields.Many2one("ntue.curriculum.publish", required=True, ondelete="cascade")
    student_id = fields.Many2one("ntue.student", required=True, ondelete="cascade")
    program = fields.Char(
        string="Further program", help="The one that it is about; empty: the main program."
    )
    pressing = fields.Boolean(string="Applied to graduate")
    rank = fields.Integer()
    verdict = fields.Selection(
        [("worse", "Loses something"), ("other", "Changes"), ("better", "Gains")], required=True
    )
    missing_before = fields.Float(digits=(5, 1), string="Missing now")
    missing_after = fields.Float(digits=(5, 1), string="Missing then")
    met_before = fields.Boolean(string="Would graduate now")
    met_after = fields.Boolean(string="Would graduate then")
    summary = fields.Text(string="What would change")

    @api.model
    def _made_for(self, wizard, students):
        """A row for each of ``students``, and program of theirs, that would stand otherwise; past
        the user's rights, who may read these rows and write none.
        """
        pressing = students._pressing()
        rows = [
            {
                "wizard_id": wizard.id,
                "student_id": told.student.id,
                "program": told.program,
                "pressing": told.student in pressing,
                "rank": RANKS[told.verdict],
                "verdict": told.verdict,
                "missing_before": told.missing_before,
                "missing_after": told.missing_after,
                "met_before": told.met_before,
                "met_after": told.met_after,
                "summary": "\n".join(told.sentences),
            }
            for told in effects_of_publishing(students, wizard.curriculum_id)
        ]
        rows.sort(key=lambda row: (not row["pressing"], row["rank"]))
        return self.sudo().with_context(clean_context(self.env.context)).create(rows)
