"""Which texts of the register go when they are erased."""

import json

from odoo import models

from ..guarded.registered import VALUES

TYPED = ("char", "text", "html")

FIGURES = ("erased", "exported")
"""Actions whose ``changes`` say what was done, not of whom: the checks go by them."""


class RegisterErasing(models.AbstractModel):
    """Which texts of the register go when they are erased; see ``chained_erasing``."""

    _name = "ntue.register.erasing"
    _description = "Erasing of texts of the register"

    def _about(self):
        self.ensure_one()
        return self.student_id

    def _erasable_texts(self):
        names = super()._erasable_texts()
        # Who erased or exported what, and why, stays: nobody erases an erasure.
        return [name for name in names if name == "label" or self.action not in FIGURES]

    def _erase_about(self, student, words, accounts, reason):
        """Erase what these entries, all about ``student``, say of her.

        Names of subjects and reasons go, what was typed, and her own name where she acted. Grades
        and decisions stay as figures: the school record rests on them, and they name nobody.
        """
        names = {}
        for entry in self:
            names.setdefault(entry._texts_about(words, accounts), self.browse())
            names[entry._texts_about(words, accounts)] |= entry
        label = self.env._("Texts of the register")
        for texts, entries in names.items():
            entries._erase_texts(texts, label, reason, student=student)

    def _texts_about(self, words, accounts):
        """The columns of one entry that may say something of a person, as a tuple."""
        if self.action in FIGURES:
            return ("label",) if any(word in (self.label or "") for word in words) else ()
        found = ["label", "reason"]
        if self.user_id in accounts:
            found.append("actor")
        if any(word in (self.changes or "") for word in words) or self._has_typed_text():
            found.append("changes")
        return tuple(found)

    def _has_typed_text(self):
        """Whether what changed has a text that somebody typed."""
        if self.model not in self.env.registry or self.model == "ntue.student":
            return True
        known = self.env[self.model]._fields
        return any(
            any(pair) and (name not in known or known[name].type in TYPED)
            for name, pair in json.loads(self.changes or "{}").items()
            if name != VALUES
        )
