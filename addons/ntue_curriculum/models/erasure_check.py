"""Whether what counts as erased was erased by the product, as the register says."""

from odoo import api, models

_ERASED = """
    SELECT DISTINCT student_id FROM ntue_register_entry
     WHERE model = 'ntue.retention' AND action = 'erased' AND student_id IS NOT NULL
       AND changes::jsonb -> 'scope' ->> 1 = 'identity'
"""
_HIDDEN = f"""
    SELECT id FROM ntue_student
     WHERE identity_erased_on IS NOT NULL AND id NOT IN ({_ERASED}) ORDER BY id
"""  # noqa: S608 (written above)


class RegisterEntry(models.Model):
    _inherit = "ntue.register.entry"

    @api.model
    def _check_used(self, log_is_broken=False):
        yield from super()._check_used(log_is_broken)
        if not log_is_broken:
            yield from self._check_erasures()

    @api.model
    def _check_erasures(self):
        """Students who count as erased without an entry: nobody reads the register of them."""
        self.env.cr.execute(_HIDDEN)
        for (student,) in self.env.cr.fetchall():
            yield self.env._(
                "Student %s counts as erased, and the register has no entry of that: its entries "
                "were hidden past the product.",
                student,
            )

    @api.model
    def _erased_students(self):
        """Numbers of the students whose name was erased on request, as the register says."""
        self.env.cr.execute(_ERASED)
        return {student for (student,) in self.env.cr.fetchall()}
