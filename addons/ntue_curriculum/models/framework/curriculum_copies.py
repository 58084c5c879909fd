"""What a copy of a framework is: a draft with all that it asks, in whatever way it is asked for."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import clean_context
from odoo.tools.i18n import format_list


class CurriculumCopies(models.AbstractModel):
    """Copies of frameworks: of a revision, for the next year, and by Odoo's own Duplicate."""

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
        """Drafts with all that these frameworks ask, each under a code of its own.

        ``default``: what else they are, written with the caller's rights; a code that it does not
        give is the former one with ``-COPY`` behind, for people to change. AccessError for who
        may not edit drafts of the department, UserError for what is no mapping. With all rights it
        is the header alone, which ``_copied`` completes.
        """
        if self.env.su:
            return super().copy(default)
        self.check_access("read")
        self.browse().check_access("create")
        if not isinstance(default or {}, dict):
            raise UserError(self.env._("Say what the copy is to have instead by field."))
        values = dict(default or {})
        state = values.pop("state", "draft")  # of another one ``create`` says what is wrong
        code = values.pop("code", None)
        drafts = self.browse()
        for framework in self:
            vals = {"code": code or framework._code_of_copy(), "state": state}
            draft = framework._copied_by_user(vals)
            if values:
                draft.write(values)
            drafts |= draft
        return drafts

    def _code_of_copy(self):
        """A code that no framework has yet."""
        self.ensure_one()
        number, code = 1, f"{self.code}-COPY"
        while self._of_code(code):
            number += 1
            code = f"{self.code}-COPY{number}"
        return code

    def _copied_by_user(self, vals):
        """As ``_copied``; AccessError for a draft that is not the caller's to edit."""
        draft = self._copied(vals)
        if not draft.has_access("create") or not draft.has_access("write"):
            raise self._of_another_department()
        return draft

    def _of_another_department(self):
        """The refusal to copy these, which the caller reads and does not keep."""
        return AccessError(
            self.env._(
                "What belongs to another department is copied by an assistant of that department "
                "or by the registrar: %s.",
                format_list(self.env, self.mapped("code")),
            )
        )

    def _copied(self, vals):
        """A draft with all that this framework asks, and with the header fields ``vals``."""
        self.ensure_one()
        # Without the defaults of a caller's context: they could name records of others.
        source = self.sudo().with_context(clean_context(self.env.context))
        for block in source.block_ids:  # its parts come first, and own ones of the name would not
            block._in_force()._check_apart(source)
        draft = source.copy(vals)
        # Parts of shared blocks have come with the draft, as the blocks are now.
        own = source.area_ids.filtered(lambda area: not area.block_id)
        areas = {False: False}
        for area in own:  # parents come before their children or are set below
            areas[area.id] = area.copy({"curriculum_id": draft.id, "parent_id": False}).id
        for area in own.filtered("parent_id"):
            area.browse(areas[area.id]).parent_id = areas[area.parent_id.id]
        for part in (*source.line_ids, *source.counting_rule_ids):
            if not part.block_id:
                part.copy({"curriculum_id": draft.id, "area_id": areas[part.area_id.id]})
        return draft.with_env(self.env)
