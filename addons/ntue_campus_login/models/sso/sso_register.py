"""Who decided which portal signs students in: entered in the register, as settings are."""

from odoo import api, models
from odoo.addons.ntue_curriculum.models.guarded.registered import canonical

DECIDES = (
    "enabled",
    "ntue_oidc",
    "ntue_issuer",
    "client_id",
    "ntue_number_claim",
    "ntue_ask_userinfo",
)
"""These decide who may sign in as whom."""


class ProviderRegister(models.AbstractModel):
    _name = "ntue.campus.provider.register"
    _description = "Campus portal: register"

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        providers.filtered("enabled")._ntue_enter("created", {})
        return providers

    def write(self, vals):
        before = self._ntue_deciding() if set(DECIDES) & set(vals) else None
        result = super().write(vals)
        if before is not None:
            self._ntue_enter("changed", before)
        return result

    def unlink(self):
        self.filtered("enabled")._ntue_enter("deleted", self._ntue_deciding())
        return super().unlink()

    def _ntue_deciding(self):
        """What decides, as texts, of each provider that is, or would be, a campus portal."""
        return {
            provider.id: {name: str(provider[name] or "") for name in DECIDES}
            for provider in self.sudo()
            if provider.ntue_oidc
        }

    def _ntue_enter(self, action, before):
        """Enter what is another than ``before``; of a provider that is no portal nothing."""
        now = {} if action == "deleted" else self._ntue_deciding()
        entries = []
        for provider in self.sudo():
            old, new = before.get(provider.id, {}), now.get(provider.id, {})
            changes = {
                name: [old.get(name, ""), new.get(name, "")]
                for name in DECIDES
                if old.get(name, "") != new.get(name, "")
            }
            if changes:
                entries.append(
                    {
                        "model": self._name,
                        "record": provider.id,
                        "action": action,
                        "label": provider.name,
                        "changes": canonical(changes),
                    }
                )
        self.env["ntue.register.entry"].sudo().create(entries)
