"""What a copy of a framework is: a draft with all that it asks, in whatever way it is asked for."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context
from odoo.tools.i18n import format_list

from .curriculum_blocks import IN_ORDER

PARTS_IN_AREAS = tuple(name for name in IN_ORDER if name != "area_ids")

AS_CREATED = ("code", "state")
"""Values of a copy that ``create`` judges; others are written then, with the caller's rights."""


class CurriculumCopies(models.AbstractModel):
    """Copies of frameworks: of a revision, for the next year, and by Odoo's own Duplicate.

    All of them are Odoo's ``copy``, so that what a further addon adds to it, to ``copy_data`` or to
    the ``copy`` of a part holds for each.
    """

    _name = "ntue.curriculum.copies"
    _description = "Copies of a framework"

    may_copy = fields.Boolean(string="May be copied by the reader", compute="_compute_may_copy")

    @api.depends("department_id.assistant_ids")
    @api.depends_context("uid")
    def _compute_may_copy(self):
        """Whether a draft of the same department is the reader's to keep, as the rules have it.

        Shared blocks are read by the assistants of all departments, and copied by their own.
        """
        if self.env.su or self.env.user.has_group("ntue_curriculum.group_registrar"):
            self.may_copy = True
            return
        may_create = self.browse().has_access("create")
        for framework in self:
            framework.may_copy = (
                may_create and self.env.user in framework.department_id.assistant_ids
            )

    def copy(self, default=None):
        """Drafts with all that these frameworks ask, whoever calls.

        ``default``: what else they are, written with the caller's rights; for the code see
        ``copy_data``. AccessError for who may not edit drafts of the department, UserError for what
        is no mapping. Two who copy frameworks of one code do so one after the other: PostgreSQL
        refuses the second, and Odoo repeats its request.
        """
        if not isinstance(default or {}, dict):
            raise UserError(self.env._("Say what the copy is to have instead by field."))
        created, written = dict(default or {}), {}
        if not self.env.su:
            self.check_access("read")
            self.browse().check_access("create")
            written = created
            created = {name: written.pop(name) for name in AS_CREATED if name in written}
        # Without the defaults of a caller's context: they could name records of others.
        sources = self.sudo().with_context(clean_context(self.env.context))
        sources._mark_rows_of_codes()
        for source in sources:
            for block in source.block_ids:  # its parts come first, own ones of the name would not
                block._in_force()._check_apart(source)
        drafts = super(CurriculumCopies, sources).copy(created)
        for source, draft in zip(sources, drafts, strict=True):
            source._copy_own_parts(draft)
        drafts = drafts.with_env(self.env)
        for framework, draft in zip(self, drafts, strict=True):
            framework._check_is_theirs(draft)
        if written:
            drafts.write(written)
        return drafts

    @api.private
    def copy_data(self, default=None):
        """As Odoo's; a code that ``default`` does not give is the former one with ``-COPY`` behind.

        It is one that no framework has yet, for people to change.
        """
        vals_list = super().copy_data(default)
        if "code" in (default or {}):
            return vals_list
        given = set()
        for framework, vals in zip(self, vals_list, strict=True):
            if vals is not None:  # Odoo's for a record that was copied before, in the same call
                vals["code"] = framework._code_of_copy(given)
                given.add(vals["code"])
        return vals_list

    def _code_of_copy(self, given=()):
        """A code that no framework has yet, and that is not one of ``given``."""
        self.ensure_one()
        number, code = 1, f"{self.code}-COPY"
        while code in given or self._of_code(code):
            number += 1
            code = f"{self.code}-COPY{number}"
        return code

    def _mark_rows_of_codes(self):
        """Nobody else copies a framework of one of these codes without seeing what is done here."""
        self.search([("code", "in", self.mapped("code"))])._mark_rows()

    def _check_is_theirs(self, draft):
        """AccessError for a draft, made of this framework, that is not the caller's to edit."""
        if not draft.has_access("create") or not draft.has_access("write"):
            raise self._of_another_department()

    def _of_another_department(self):
        """The refusal to copy these, which the caller reads and does not keep."""
        return AccessError(
            self.env._(
                "What belongs to another department is copied by an assistant of that department "
                "or by the registrar: %s.",
                format_list(self.env, self.mapped("code")),
            )
        )

    def _copy_own_parts(self, draft, block=None, behind=0):
        """Copy what this framework asks by itself into ``draft``, with all rights.

        What it has of shared blocks comes with those. ``block``: the one of which the copies are
        marked as parts; ``behind``: what is added to their sequence.
        """
        marked = {"curriculum_id": draft.id, "block_id": block.id if block else False}
        areas = {False: False}
        for area in self.area_ids.filtered(lambda one: not one.block_id):
            values = {**marked, "parent_id": False, "sequence": behind + area.sequence}
            areas[area.id] = area.copy(values).id
        for area in self.area_ids.browse(filter(None, areas)).filtered("parent_id"):
            area.browse(areas[area.id]).parent_id = areas[area.parent_id.id]
        for name in PARTS_IN_AREAS:
            for part in self[name].filtered(lambda one: not one.block_id):
                values = {**marked, "sequence": behind + part.sequence}
                if "area_id" in part._fields:
                    values["area_id"] = areas[part.area_id.id]
                part.copy(values)
