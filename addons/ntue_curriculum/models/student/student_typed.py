"""What is typed into a student's record, first of all; loaded after all else that writes it."""

from odoo import api, models
from odoo.exceptions import ValidationError

from .student import PROFILE_FIELDS


class Student(models.Model):
    _name = "ntue.student"
    _inherit = ["ntue.student", "ntue.typed"]

    @api.model_create_multi
    def create(self, vals_list):
        # Given, so that no default of a caller fills them in past what is asked of them.
        blank = dict.fromkeys(PROFILE_FIELDS, False)
        return super().create([{**blank, **self._typed(vals)} for vals in vals_list])

    def write(self, vals):
        return super().write(self._typed(vals))

    @api.model
    def _typed(self, vals):
        """Whoever types an address or a number types one; a file's is asked about (D7)."""
        vals = super()._typed(vals)
        typed = {name: vals[name] for name in PROFILE_FIELDS & set(vals) if vals[name]}
        if typed and not self.env.su:
            problems = self._contact_problems(typed)
            if problems:
                raise ValidationError("\n".join(problems.values()))
        return vals
