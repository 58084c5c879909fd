"""What Odoo keeps of one account or one contact alone: keys, devices, filters, texts."""

from odoo import api, models

OF_ACCOUNT = {
    "auth.passkey.key": "create_uid",
    "auth_totp.rate.limit.log": "user_id",
    "ir.filters": "create_uid",
    "res.device.log": "user_id",
    "res.users.log": "create_uid",
}
"""Besides what Odoo deletes with an account: by model the field that says whose it is."""

STAYS = frozenset({"complete_name", "name", "signup_type"})
"""Texts of a contact that an erasure of the ways to reach somebody leaves."""

TYPED = ("binary", "char", "html", "text")


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _ntue_own_fields(self):
        """(model, field) of rows that are one account's own: those that go with it, and ours."""
        registry = self.env.registry
        found = {pair for pair in OF_ACCOUNT.items() if pair[0] in registry}
        for name, model in registry.items():
            if model._abstract or model._transient or name.startswith("ntue."):
                continue
            found |= {
                (name, field.name)
                for field in model._fields.values()
                if field.comodel_name == self._name and field.store
                if getattr(field, "ondelete", None) == "cascade" and field.type == "many2one"
            }
        return sorted(found)

    def _ntue_delete_own_rows(self):
        """Delete what Odoo keeps of these accounts alone."""
        for name, field in self._ntue_own_fields():
            self.env[name].search([(field, "in", self.ids)]).unlink()


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _ntue_texts(self):
        """Every text and file that somebody may have written on a contact, but its name."""
        return [
            name
            for name, field in sorted(self._fields.items())
            if field.type in TYPED
            and field.store
            and not field.related
            and not field.required
            and not (field.compute and field.readonly)
            and name not in STAYS
        ]
