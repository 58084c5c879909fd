"""Whether what counts as erased was erased by the product, as the register says."""

from odoo import api, models

_ERASED = """
    SELECT DISTINCT student_id FROM ntue_register_entry
     WHERE model = 'ntue.retention' AND action = 'erased' AND student_id IS NOT NULL
       AND changes::jsonb -> 'scope' ->> 1 = 'identity'
"""
_MARKED = "SELECT id FROM ntue_student WHERE identity_erased_on IS NOT NULL ORDER BY id"


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
        entered = self._erased_students()
        self.env.cr.execute(_MARKED)
        for student in [row[0] for row in self.env.cr.fetchall() if row[0] not in entered]:
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
