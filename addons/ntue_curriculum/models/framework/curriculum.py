from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import ormcache

from ...audit_adapter import framework_digest, framework_of
from ...degree_audit import prepare
from ...groups import STAFF
from ..guarded.code_field import Code
from ..guarded.handed_over import check_still_theirs

HISTORY = (
    "revision_reason",
    "revises_id",
    "copied_from_id",
    "published_on",
    "published_by_id",
    "accepted_findings",
    "findings_reason",
    "frozen_equivalents",
)
"""Written by the framework's own steps only."""


class Curriculum(models.Model):
    """One revision of a curriculum framework (課程架構): what an entry year must take.

    A draft may be edited; a published one never changes. To change it, a revision
    is copied from it with a reason, edited, and published in its place (I3): the
    older one is archived and stays readable for whatever was decided on it.
    """

    _name = "ntue.curriculum"
    _description = "Curriculum framework"
    _inherit = [
        "ntue.curriculum.findings",
        "ntue.curriculum.difference",
        "ntue.curriculum.equivalents",
        "ntue.curriculum.copies",
        "ntue.curriculum.next.year",
        "ntue.curriculum.succession",
        "ntue.curriculum.outline",
        "ntue.curriculum.blocks",
        "ntue.readable.references",
        "ntue.discreet",
    ]
    _order = "code, revision desc"
    _rec_names_search = ["code", "class_name"]

    code = Code(required=True, copy=False)
    program_id = fields.Many2one(
        "ntue.program",
        required=True,
        ondelete="restrict",
        domain=lambda self: self._programs_offered(),
    )
    department_id = fields.Many2one(related="program_id.department_id", store=True)
    division = fields.Selection(related="program_id.division", store=True)
    entry_year = fields.Integer(string="Entry year", required=True, help="ROC year of entry.")
    class_name = fields.Char(string="Class")
    graduation_credits = fields.Float(string="Graduation credits", required=True, digits=(5, 1))
    kind = fields.Selection(
        [
            ("main", "Main program"),
            ("minor", "Minor"),
            ("double_major", "Double major"),
            ("certificate", "Certificate program"),
            ("teacher_ed", "Teacher education"),
            ("next_degree", "Next degree of a combined course"),
            ("block", "Shared block"),
        ],
        required=True,
        default="main",
        help="What it is for: the main program of its students, a further one beside it, or a "
        "block that frameworks have in common.",
    )
    has_max_shared = fields.Boolean(string="Sharing is limited")
    max_shared = fields.Float(
        digits=(5, 1),
        string="Shared credits at most",
        help="So many credits may count in the main program, too, or in a further one before it.",
    )
    min_exclusive = fields.Float(
        digits=(5, 1),
        string="Credits of its own at least",
        help="So many credits must count in no program before it.",
    )
    needed_to_graduate = fields.Boolean(
        string="Needed to graduate",
        help="Who studies it as a further program does not graduate before it is met. Otherwise "
        "it only is not noted on the diploma.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
        default="draft",
        required=True,
        copy=False,
    )
    revision = fields.Integer(default=1, required=True, copy=False, readonly=True)
    revision_reason = fields.Char(string="Reason of the revision", copy=False)
    revises_id = fields.Many2one("ntue.curriculum", copy=False, readonly=True, ondelete="restrict")
    copied_from_id = fields.Many2one(
        "ntue.curriculum",
        string="Copied from",
        copy=False,
        readonly=True,
        ondelete="set null",
        help="Last year's framework, from which this one was made.",
    )
    published_on = fields.Datetime(string="Published on", copy=False, readonly=True)
    published_by_id = fields.Many2one("res.users", string="Published by", copy=False, readonly=True)
    accepted_findings = fields.Text(
        string="Published in spite of", copy=False, readonly=True, groups=STAFF
    )
    findings_reason = fields.Char(
        string="Published all the same because", copy=False, readonly=True, groups=STAFF
    )
    area_ids = fields.One2many("ntue.curriculum.area", "curriculum_id", string="Areas", copy=False)
    line_ids = fields.One2many(
        "ntue.curriculum.line", "curriculum_id", string="Subjects", copy=False
    )
    flexible_rule_ids = fields.One2many(
        "ntue.flexible.rule", "curriculum_id", string="Rules for flexible credits", copy=False
    )
    counting_rule_ids = fields.One2many(
        "ntue.counting.rule", "curriculum_id", string="Rules across areas", copy=False
    )
    milestone_ids = fields.One2many(
        "ntue.curriculum.milestone", "curriculum_id", copy=False, string="Milestones"
    )
    source_ids = fields.One2many(
        "ntue.curriculum.source", "curriculum_id", copy=False, string="Sources of the rules"
    )
    student_ids = fields.One2many("ntue.student", "curriculum_id", string="Students")
    student_count = fields.Integer(string="Number of students", compute="_compute_student_count")

    _revision_unique = models.Constraint(
        "UNIQUE(code, revision)", "A framework with this code and revision exists already."
    )
    _one_published = models.UniqueIndex(
        "(code) WHERE state = 'published'", "Only one revision of a framework can be published."
    )
    _one_draft = models.UniqueIndex(
        "(code) WHERE state = 'draft'", "A draft of this framework exists already: edit that one."
    )
    _sharing_positive = models.Constraint(
        "CHECK(max_shared >= 0 AND min_exclusive >= 0)", "Shared credits cannot be negative."
    )
    _credits_positive = models.Constraint(
        "CHECK(graduation_credits >= 0)", "Graduation credits cannot be negative."
    )

    @api.depends("student_ids")
    def _compute_student_count(self):
        counts = dict(
            self.env["ntue.student"]._read_group(
                [("curriculum_id", "in", self.ids)], ["curriculum_id"], ["__count"]
            )
        )
        for curriculum in self:
            curriculum.student_count = counts.get(curriculum, 0)

    @api.depends("code", "revision", "state")
    def _compute_display_name(self):
        for curriculum in self:
            name = curriculum.code or ""
            if curriculum.revision > 1 or curriculum.state != "published":
                name = self.env._(
                    "%(code)s (revision %(number)s)", code=name, number=curriculum.revision
                )
            curriculum.display_name = name

    @api.model
    def _programs_offered(self):
        """Programs whose frameworks are the reader's to keep, as a domain for the client."""
        if self.env.user.has_group("ntue_curriculum.group_registrar"):
            return []
        return "[('department_id.assistant_ids', '=', uid)]"

    @api.constrains("entry_year")
    def _check_entry_year(self):
        for curriculum in self:
            if not 1 <= curriculum.entry_year <= 200:
                raise ValidationError(self.env._("Write the entry year as a ROC year, as in 109."))

    def _title(self):
        """The framework as a student reads it: entry year, program and class (89, 90)."""
        self.ensure_one()
        return self.env._(
            "%(program)s, curriculum framework of entry year %(year)s",
            program=self.program_id.shown_name,
            year=self.entry_year,
        )

    # CRUD: the states are guarded here, because RPC reaches every method.

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]  # Odoo may repeat the call with them
        for vals in vals_list:
            if vals.get("state", "draft") != "draft":
                raise UserError(self.env._("A framework begins as a draft. Publish it afterwards."))
            if not self.env.su:
                if any(vals.get(key) for key in HISTORY):
                    raise UserError(self.env._("Start a revision from the published framework."))
                vals.update(dict.fromkeys(HISTORY, False), revision=1)
            vals["state"] = "draft"
        return super().create(vals_list)

    def write(self, vals):
        if "state" in vals:
            return self._write_state(vals)
        self._check_draft()
        if not self.env.su and set(vals) & {*HISTORY, "revision"}:
            raise UserError(self.env._("Number and history of a revision are kept by themselves."))
        if "code" in vals and self.revises_id:
            raise UserError(self.env._("A revision keeps the code of its framework."))
        result = super().write(vals)
        check_still_theirs(
            self,
            self.env._(
                "After this change the framework would belong to another department. Ask the "
                "registrar, who keeps the frameworks of all departments."
            ),
        )
        return result

    def _set(self, vals):
        """Write past the guard: for this model's own steps, and out of reach of RPC."""
        return super().write(vals)

    def _write_state(self, vals):
        """A write of the state is the button of that name, with nothing else in it."""
        if set(vals) != {"state"}:
            raise UserError(self.env._("Save the framework first, then publish it."))
        if vals["state"] != "published":
            raise UserError(self.env._("A framework is archived by publishing its next revision."))
        self.action_publish()
        return True

    def unlink(self):
        self._check_draft()
        return super().unlink()

    def _check_draft(self):
        """Raise unless every framework may be edited (I3)."""
        for curriculum in self:
            if curriculum.state != "draft":
                raise UserError(
                    self.env._(
                        "Framework %s is published and is not changed any more. "
                        "Start a revision with a reason and edit that.",
                        curriculum.code,
                    )
                )

    # Actions

    def action_publish(self) -> None:
        """Publish drafts with which nothing is wrong; see ``_publish`` for the others."""
        self._publish()

    def _publish(self, reason=None):
        """Publish drafts; each takes the place of the revision published before it.

        ``reason``: why it is published although it cannot be fulfilled as it is (F18);
        kept beside what was found. Students, and what reviewers decided on lines, move to
        the new revision.
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("ntue_curriculum.group_registrar"):
            raise AccessError(self.env._("Only the registrar publishes a framework."))
        for curriculum in self:
            curriculum._check_draft()
            accepted = curriculum._check_publishable(reason)
            older = self.search([("code", "=", curriculum.code), ("state", "=", "published")])
            curriculum._check_takes_place_of(older)
            if older and curriculum.kind == "block":
                older.sudo()._let_users_end()
            older._set({"state": "archived"})
            older.flush_recordset()  # the index allows one published revision only
            curriculum._set(
                {
                    "state": "published",
                    "published_on": fields.Datetime.now(),
                    "published_by_id": self.env.uid,
                    "accepted_findings": "\n".join(accepted) or False,
                    "findings_reason": reason.strip() if accepted else False,
                }
            )
            curriculum.sudo()._freeze_equivalents()
            if older:
                curriculum.sudo()._take_over(older.sudo().with_context(active_test=False))
            if older and curriculum.kind == "block":
                curriculum.sudo()._renew_users(older, accepted=(reason or "").strip())
        # Prepared as published ones from here on: of what is not committed nothing stays cached.
        self.env.cr.postrollback.add(self.env.registry.clear_cache)

    def _check_takes_place_of(self, older):
        """UserError unless this draft may be published in the place of ``older``, if any is."""
        if older and older != self.revises_id:
            raise UserError(
                self.env._(
                    "Framework %s is published already. Start a revision from it, "
                    "or give this one another code.",
                    self.code,
                )
            )
        if older and (older.kind == "block") != (self.kind == "block"):
            raise UserError(
                self.env._(
                    "Framework %s was published as another kind. A shared block stays one, "
                    "and no other framework becomes one: give this one another code.",
                    self.code,
                )
            )

    def _prepared(self):
        """The framework as the engine works with it, and its digest for ``Source.digest``.

        A published one never changes, so it is built once for everybody; what it takes
        from elsewhere (codes of courses and of the department) clears the cache.
        """
        self.ensure_one()
        if self.state == "draft":
            return self._build_prepared()
        return self._cached_prepared()

    @ormcache("self.id")
    def _cached_prepared(self):
        return self._build_prepared()

    def _build_prepared(self):
        framework = framework_of(self.sudo())
        return prepare(framework), framework_digest(framework)

    def _start_revision(self, reason):
        """Copy the published framework into a draft with the next number.

        UserError without a reason, or when it is not published. Returns the draft.
        """
        self.ensure_one()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the framework is revised."))
        if self.state != "published":
            raise UserError(self.env._("Only a published framework is revised."))
        values = {
            "code": self.code,
            "revision": self._next_revision(),
            "revises_id": self.id,
            "revision_reason": reason.strip(),
        }
        return self.sudo().copy(values).with_env(self.env)

    def _open_draft(self):
        """The draft of this framework's next revision, or an empty one."""
        self.ensure_one()
        return self.sudo().search([("code", "=", self.code), ("state", "=", "draft")], limit=1)

    def _next_revision(self):
        self.ensure_one()
        last = self.sudo().search([("code", "=", self.code)], order="revision desc", limit=1)
        return last.revision + 1
