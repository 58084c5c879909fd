"""The menu beside every page of a student, as the notice has it (86): groups of pages."""

from dataclasses import dataclass

from odoo import api, models
from odoo.http import request
from odoo.tools import lazy

from ...languages import languages


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu; what lies below its address belongs to it."""

    label: str
    address: str


class PortalMenu(models.AbstractModel):
    _name = "ntue.portal.menu"
    _description = "Menu of the students' pages"

    @api.model
    def _student(self):
        """The student record of the user who asks for a page, or an empty one."""
        student = self.env["ntue.student"]
        is_visitor = not self.env.uid or self.env.user._is_public()
        return student if is_visitor else student._of_current_user()

    @api.model
    def _groups(self):
        """``(key, label, pages)`` of each group, in the notice's order."""
        _ = self.env._
        return [
            ("academic", _("Academic information"), self._academic_pages()),
            ("personal", _("Personal information"), self._personal_pages()),
        ]

    @api.model
    def _academic_pages(self):
        """Pages of 教務資訊; a hook."""
        return [Page(self.env._("Study progress"), "/my/progress")]

    @api.model
    def _personal_pages(self):
        """Pages of 個人資訊; a hook."""
        return [Page(self.env._("Student profile"), "/my/profile")]

    @api.model
    def _shown(self, path):
        """The menu as the page at ``path`` draws it: groups with ``pages``.

        ``here`` of a page is the value of ``aria-current``: ``page`` for the page itself, ``true``
        for one below it, None for all others.
        """
        groups = self._groups()
        addresses = [page.address for _key, _label, pages in groups for page in pages]
        inside = [found for found in addresses if f"{path}/".startswith(f"{found}/")]
        near = max(inside, key=len, default=None)
        return [
            {
                "key": key,
                "label": label,
                "pages": [
                    {
                        "label": page.label,
                        "address": page.address,
                        "here": ("page" if page.address == path else "true")
                        if page.address == near
                        else None,
                    }
                    for page in pages
                ],
            }
            for key, label, pages in groups
        ]

    @api.model
    def _title(self, menu, values):
        """The title of the page: its state, its name, the school."""
        school = self.env.company
        school.fetch(("name", "uses_default_logo"))  # all that a page shows of its many fields
        return " · ".join([*self._title_state(values), *self._names_here(menu), school.name])

    @api.model
    def _name_of(self, path):
        """What the menu calls the page at ``path``; the path itself, where it has no name."""
        return " · ".join(self._names_here(self._shown(path))) or path

    @api.model
    def _names_here(self, menu):
        return [page["label"] for group in menu for page in group["pages"] if page["here"]]

    @api.model
    def _title_state(self, values):
        """What a page says first of all: how much is to be corrected, or what was done; a hook.

        ``values``: what the page is drawn from.
        """
        wrong = values.get("refusals") or values.get("problems") or values.get("errors")
        if wrong:
            return [self.env._("To correct: %s", len(wrong))]
        return [self.env._("Saved")] if values.get("saved") else []


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _prepare_frontend_environment(self, values):
        """``ntue_student``, menu, title and languages for every page, asked when it draws them."""
        result = super()._prepare_frontend_environment(values)
        menu = result.env["ntue.portal.menu"]
        if "ntue_student" not in values:
            values["ntue_student"] = lazy(menu._student)
        student, path = values["ntue_student"], request.httprequest.path
        values["ntue_menu"] = lazy(lambda: menu._shown(path) if student else [])
        values["ntue_title"] = lazy(lambda: menu._title(values["ntue_menu"], values))
        values["ntue_languages"] = lazy(lambda: languages(result.env))
        return result
