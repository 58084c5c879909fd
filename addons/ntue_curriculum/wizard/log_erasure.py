"""Erasing texts of one entry of a log: what it says, who may take it out, and why."""

from typing import Any

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

ALWAYS = ("reason", "label", "changes")


class LogErasureDialog(models.TransientModel):
    """Looking erases nothing. A registrar of the division erases, and never an own entry."""

    _name = "ntue.log.erasure"
    _description = "Erase texts of an entry of a log"
    _inherit = ["ntue.readable.references"]
    _rec_name = "number"

    log = fields.Selection("_logs", required=True, default="ntue.register.entry")
    number = fields.Integer(string="Entry number", required=True)
    with_actor = fields.Boolean(string="The name of who acted, too")
    reason = fields.Char(help="It is kept in the register for good: name no person in it.")
    understood = fields.Boolean(string="I have read what goes. It cannot be brought back.")
    panel = fields.Html(compute="_compute_panel", sanitize=False, string="What goes")

    @api.model
    def _logs(self):
        return [(chain._name, chain._description) for chain in self.env["ntue.chained"]._chains()]

    @api.depends("log", "number", "with_actor")
    @api.depends_context("uid", "lang")
    def _compute_panel(self):
        for dialog in self:
            entry = dialog._entry()
            values = {"entry": entry, "rows": dialog._rows(entry), "why_not": ""}
            if entry:
                values["why_not"] = dialog._why_not(entry)
            dialog.panel = self.env["ir.qweb"]._render("ntue_curriculum.log_erasure_panel", values)

    def _entry(self):
        """The entry of this number, if the user may read it."""
        # Before it is saved, a caller of ``onchange`` may say anything here.
        log = self.log if self.log in dict(self._logs()) else "ntue.register.entry"
        model = self.env[log]
        found = model.browse()
        if self.number and model.has_access("read"):
            found = model.search([("number", "=", self.number)], limit=1)
        return found

    def _names(self):
        return (*ALWAYS, "actor") if self.with_actor else ALWAYS

    def _rows(self, entry):
        """What goes of ``entry``: the field's name, and what it says."""
        names = [name for name in self._names() if entry and name in entry._texts]
        fields_of = entry.fields_get(names, ["string"]) if names else {}
        erasable = entry._erasable_texts() if entry else ()
        return [(fields_of[name]["string"], entry[name]) for name in names if name in erasable]

    def _why_not(self, entry):
        """Why the user may not erase texts of an entry that they read; empty if they may."""
        user, student = self.env.user, entry.sudo()._about()
        division = student.division if student else False
        group = f"group_registrar_{division}" if division else "group_registrar"
        if not user.has_group(f"ntue_curriculum.{group}"):
            return self.env._("The registrar of the student's division erases.")
        if entry.user_id == user or (student and student.partner_id == user.partner_id):
            return self.env._(
                "Nobody erases texts of an entry of their own, or about themselves: a colleague "
                "does, to whom you say what is to go."
            )
        if student.keep_reason:
            return self.env._("The student's record is on hold; the reason is on it.")
        return ""

    def action_erase(self) -> dict[str, Any]:
        """Erase, once everything asked for is given."""
        self.ensure_one()
        self.check_access("write")
        entry = self._entry()
        if not entry:
            raise UserError(
                self.env._("There is no entry of this number that you may read. Check the number.")
            )
        why_not = self._why_not(entry)
        if why_not:
            raise AccessError(why_not)
        reason = (self.reason or "").strip()
        if not reason or not self.understood:
            raise UserError(
                self.env._("Give the reason, and tick that you have read what goes; then erase.")
            )
        if not self._rows(entry):
            raise UserError(
                self.env._("This entry has no text that can be erased, or it was erased already.")
            )
        label = self.env._("Texts of entry %s", entry.number)
        whole = entry.sudo()
        whole._erase_texts(self._names(), label, reason, student=whole._about())
        return {"type": "ir.actions.act_window_close"}
