"""Shared blocks: what many frameworks ask alike, written once, with revisions of its own (A54).

A block is a framework of a kind of its own. A framework that has it holds copies of its parts, each
with the mark of the block, so that everything that reads a framework reads them as it reads all
others; they change with the block only. A published framework changes by a revision all the same:
the block's revision makes one of each framework that has it.
"""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...audit_adapter import framework_of
from ...lists import clauses, in_words
from ...marked_rows import lock_rows, mark_rows

IN_ORDER = (
    "line_ids",
    "counting_rule_ids",
    "milestone_ids",
    "source_ids",
    "flexible_rule_ids",
    "area_ids",
)
"""Parts of a framework, those that name areas first."""

CALLED = {
    "area_ids": lambda area: area.code,
    "counting_rule_ids": lambda rule: rule.code,
    "milestone_ids": lambda way: f"{way.code} {way.way}",
    "flexible_rule_ids": lambda rule: rule.display_name,
    "line_ids": lambda line: not line.area_id and line.course_id.code,
}
"""What may be once in a framework: by the field of its parts, what a part is called."""

BEHIND = 1000
"""Added to the sequence of a block's parts for each block: they come behind the own ones."""


class CurriculumBlocks(models.AbstractModel):
    """The shared blocks of a framework."""

    _name = "ntue.curriculum.blocks"
    _description = "Shared blocks of a framework"

    block_ids = fields.Many2many(
        "ntue.curriculum",
        "ntue_curriculum_block_rel",
        "curriculum_id",
        "block_id",
        string="Shared blocks",
        help="What is asked here as in other frameworks, for instance general education. It is "
        "changed there, and every framework that has it gets a revision.",
    )
    user_count = fields.Integer(
        string="Frameworks that have it", compute="_compute_user_count", groups="base.group_user"
    )

    def _compute_user_count(self):
        frameworks = self.sudo()  # those before and those of others may not be the reader's
        for block in frameworks:
            former = block._origin | block.revises_id
            block.user_count = frameworks.search_count(former._having())

    def _having(self):
        """The domain of the frameworks that have one of these blocks, drafts included.

        By code: one whose draft had the revision before and was deleted still has an older one.
        """
        return [("block_ids.code", "in", self.mapped("code")), ("state", "!=", "archived")]

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records.filtered("block_ids"):
            record._take_blocks()
        return records

    def write(self, vals):
        result = super().write(vals)
        if {"block_ids", "kind"} & set(vals):
            for record in self:
                record._take_blocks()
        return result

    def _take_blocks(self):
        """Bring the parts that this draft has from blocks to what these ask now."""
        self._check_draft()
        draft = self.sudo()
        blocks = draft.browse(block._in_force().id for block in draft.block_ids.sorted("code"))
        draft._check_blocks(blocks)
        if blocks != draft.block_ids:
            draft._set({"block_ids": [(6, 0, blocks.ids)]})  # which takes them
            return
        blocks._mark_rows()
        for name in IN_ORDER:
            draft[name].filtered("block_id").unlink()
        for place, block in enumerate(blocks, 1):
            block._check_apart(draft)
            block._copy_own_parts(draft, block, place * BEHIND)

    def _in_force(self):
        """The revision of this block, or of any framework, that is published now."""
        found = self.sudo().search([("code", "=", self.code), ("state", "=", "published")])
        return found or self

    def _check_blocks(self, blocks):
        """UserError for what is no block, for one that is not published, and for one in a block."""
        for block in blocks:
            if block.kind != "block" or block.state != "published":
                raise UserError(
                    self.env._("Framework %s is no shared block that is published.", block.code)
                )
            if self.kind == "block":
                raise UserError(self.env._("A shared block has no other block in it."))

    def _mark_rows(self):
        """Nobody publishes a revision in the place of these without seeing what is done here.

        A draft takes their parts, or is made of them.
        """
        mark_rows(self)

    def _let_users_end(self):
        """Let others that publish or revise a framework that has this block end first.

        What they changed is not seen here: PostgreSQL refuses the lock then, and Odoo repeats the
        request. It comes before anything is written, so that of two blocks neither waits for the
        other one.
        """
        lock_rows(self.search(self._having(), order="id"))

    def _check_apart(self, frameworks):
        """UserError that names those of ``frameworks`` that have parts called as the block's."""
        found = {one.code: twice for one in frameworks if (twice := self._called_alike(one))}
        if found:
            raise UserError(
                self.env._(
                    "Shared block %(block)s has codes that these frameworks use for something "
                    "else: %(frameworks)s. Give one of the two another code.",
                    block=self.code,
                    frameworks=clauses(
                        self.env,
                        (f"{code} ({in_words(self.env, x)})" for code, x in found.items()),
                    ),
                )
            )

    def _called_alike(self, framework):
        """What parts of this block are called as other parts of ``framework`` are, in order."""
        twice = []
        for name, call in CALLED.items():
            others = framework[name].filtered(lambda part: part.block_id.code != self.code)
            twice += sorted(set(map(call, others)) & set(map(call, self[name])) - {False})
        return twice

    def _framework_in(self, user):
        """The engine's framework of ``user``, a published one, when it has this revision."""
        now = user._by_code(user._equivalent_pairs())  # a revision follows the courses again
        coming = framework_of(user, self._parts_in(user))
        return replace(coming, equivalents=now, revision=user.revision + 1)

    def _parts_in(self, user):
        """Gives by name of a field the parts of ``user`` when it has this revision, in order.

        As ``_take_blocks`` makes it: the block's parts come in its place, behind the own ones.
        """
        place = user.block_ids.sorted("code").mapped("code").index(self.code) + 1

        def parts(name):
            own = user[name].filtered(lambda part: part.block_id.code != self.code)
            return (own | self[name]).sorted(
                lambda part: part.sequence + (place * BEHIND if part.curriculum_id == self else 0)
            )

        return parts

    def _renew_users(self, older, accepted=None):
        """Let every framework that has the block ``older`` have this revision of it.

        Published ones get a revision, students and decisions with it. A draft takes the parts
        over; what is published beside it follows when the draft is. ``accepted``: why the block
        is published in spite of what was found; without it a framework that is doubtful then
        stops it.
        """
        self.ensure_one()
        users = self.search(older._having())
        drafts = users.filtered(lambda row: row.state == "draft")
        renewed = self._renewed_with(older)
        self._check_apart(drafts | renewed)
        for draft in drafts:
            draft._take_blocks()
        for published in renewed:
            reason = published.env._(
                "Shared block %(code)s, revision %(number)s: %(reason)s",
                code=self.code,
                number=self.revision,
                reason=self.revision_reason,
            )
            published._start_revision(reason)._publish(accepted and reason)
