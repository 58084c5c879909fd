"""A published framework copied for the students who enter a year later (I3)."""

from typing import Any

from odoo import models
from odoo.exceptions import UserError

from ...next_year import in_next_year


class CurriculumNextYear(models.AbstractModel):
    """The copy of a framework for those who enter a year later."""

    _name = "ntue.curriculum.next.year"
    _description = "Copy of a framework for the next year"

    def _next_year_values(self):
        """Code, class and entry year that a copy for the next year would have.

        A code or class that does not hold the year is left empty, for people to say.
        """
        self.ensure_one()
        return {
            "code": in_next_year(self.code, self.entry_year),
            "class_name": in_next_year(self.class_name or "", self.entry_year),
            "entry_year": self.entry_year + 1,
        }

    def _of_code(self, code):
        """The newest framework that has this code, whether or not the user may read it."""
        return self.sudo().search([("code", "=", code)], limit=1)

    def _copy_to_next_year(self, vals):
        """A draft with everything this framework asks, for ``vals`` of ``_next_year_values``.

        UserError when this one is not published, the code is missing or taken; AccessError
        when the user may not edit drafts of the department.
        """
        self.ensure_one()
        self.check_access("read")
        code = (vals["code"] or "").strip()
        if self.state != "published":
            raise UserError(self.env._("Only a published framework is copied to the next year."))
        if not code:
            raise UserError(self.env._("Say which code the copy of framework %s gets.", self.code))
        if self._of_code(code):
            raise UserError(self.env._("Framework %s exists already.", code))
        values = {
            "code": code,
            "class_name": (vals["class_name"] or "").strip() or False,
            "entry_year": vals["entry_year"],
            "copied_from_id": self.id,
        }
        draft = self.sudo().copy(values).with_env(self.env)
        self._check_is_theirs(draft)
        return draft

    def action_next_year(self) -> dict[str, Any]:
        """Ask for codes and classes of copies of the selected frameworks, then make them."""
        return self.env["ntue.curriculum.copy"]._opened_for(self)

    def _opened(self):
        """The action that shows these frameworks: one in its form, several in a list."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Curriculum frameworks"),
            "res_model": self._name,
        }
        if len(self) == 1:
            return {**action, "res_id": self.id, "views": [(False, "form")]}
        return {
            **action,
            "domain": [("id", "in", self.ids)],
            "views": [(False, "list"), (False, "form")],
        }
