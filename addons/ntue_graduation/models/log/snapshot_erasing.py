"""Emptying snapshots whose time is over: the hash stays, and the register says which."""

from odoo import api, models
from odoo.addons.ntue_curriculum.languages import as_kept
from odoo.addons.ntue_curriculum.models.chain.chain_guard import erasing_in


class EventEmptying(models.AbstractModel):
    """The part of the log that empties snapshots; see ``event``."""

    _name = "ntue.graduation.event.emptying"
    _description = "Log of applications: emptying"

    def _empty(self):
        """Empty the snapshots of these entries, which stay entries with their hash."""
        kept = self.filtered("snapshot")
        if not kept:
            return
        self.env.flush_all()
        with erasing_in(self.env.cr, self._table):
            self.env.cr.execute(
                "UPDATE ntue_graduation_event SET snapshot = NULL WHERE id IN %s", [tuple(kept.ids)]
            )
        kept.invalidate_recordset(["snapshot"])
        self.env["ntue.kept.paper"]._forget(kept.application_id)
        self.env["ntue.register.entry"]._enter_erased(
            as_kept(self)._ntue_kind(),
            {"entries": " ".join(map(str, sorted(kept.mapped("number"))))},
            model=self._name,
        )

    @api.model
    def _emptied(self):
        """When the snapshot was emptied, by number of the entries that the register names."""
        found = self.env["ntue.register.entry"]._figures_of_erasures(self._name, "entries")
        return {
            int(number): moment
            for _student, numbers, moment in found
            for number in str(numbers).split()
            if number.isdecimal()
        }
