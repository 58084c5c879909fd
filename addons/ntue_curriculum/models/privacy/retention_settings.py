"""The settings of retention: days by kind, kept as they were typed, 0 too.

Odoo's own way of keeping a number as a parameter forgets a 0, which means “for good” here.
"""

from odoo import fields, models
from odoo.exceptions import UserError


def kept_days(key, label):
    """A field of the settings page: the days that the kind ``key`` is kept."""
    return fields.Integer(
        string=label,
        compute=lambda settings: settings._ntue_read_days(key),
        inverse=lambda settings: settings._ntue_write_days(key),
    )


class RetentionSettings(models.AbstractModel):
    """Days by kind, as the settings page shows them."""

    _name = "ntue.retention.settings"
    _description = "Settings of retention"

    ntue_keep_contacts_days = kept_days("contacts", "Contacts of people who left (days)")
    ntue_keep_history_days = kept_days("history", "History of the profile (days)")
    ntue_keep_plans_days = kept_days("plans", "Saved study plans (days)")
    ntue_keep_messages_days = kept_days("messages", "Messages (days)")
    ntue_keep_files_days = kept_days("files", "Files at messages (days)")
    ntue_keep_mails_days = kept_days("mails", "Copies of mails (days)")
    ntue_keep_imports_days = kept_days("imports", "Files of imports (days)")
    ntue_keep_sign_ins_days = kept_days("sign_ins", "Sign-ins (days)")
    ntue_keep_openings_days = kept_days("openings", "Who opened a passport copy (days)")
    ntue_backup_days = fields.Integer(
        string="Backups are kept for (days)",
        compute="_compute_ntue_backup_days",
        inverse="_inverse_ntue_backup_days",
    )

    def _ntue_read_days(self, key):
        retention = self.env["ntue.retention"]
        self[f"ntue_keep_{key}_days"] = retention._days(retention._kind(key))

    def _ntue_write_days(self, key):
        retention = self.env["ntue.retention"]
        for settings in self:
            retention._set_days(retention._kind(key), settings[f"ntue_keep_{key}_days"])

    def _compute_ntue_backup_days(self):
        self.ntue_backup_days = self.env["ntue.retention"]._backup_days()

    def _inverse_ntue_backup_days(self):
        for settings in self:
            days = settings.ntue_backup_days
            if days < 0:
                raise UserError(self.env._("Backups are kept for a number of days; 0: not said."))
            if days != self.env["ntue.retention"]._backup_days():
                self.env["ir.config_parameter"].set_param("ntue_curriculum.backup_days", str(days))
