"""Whether what counts as erased was erased by the product, as the register says."""

import json

from odoo import api, models

_ERASED = """
    SELECT student_id, changes, happened_at FROM ntue_register_entry
     WHERE model = %s AND action = 'erased' ORDER BY number
"""
_MARKED = "SELECT id FROM ntue_student WHERE identity_erased_on IS NOT NULL ORDER BY id"


class ErasureCheck(models.AbstractModel):
    """Whether what counts as erased was erased by the product."""

    _name = "ntue.register.erasure.check"
    _description = "Comparison of erasures with the register"

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
        found = self._figures_of_erasures("ntue.retention", "scope")
        return {student for student, extent, _moment in found if extent == "identity"}

    @api.model
    def _figures_of_erasures(self, model, name):
        """(student, what is said under ``name``, moment) of the entries of erasures of ``model``.

        An entry that somebody spoilt says nothing; the check of the chain tells of it.
        """
        self.env.cr.execute(_ERASED, [model])
        for student, changes, moment in self.env.cr.fetchall():
            try:
                _before, figure = json.loads(changes or "{}")[name]
            except (KeyError, TypeError, ValueError):
                continue
            yield student, figure, moment
