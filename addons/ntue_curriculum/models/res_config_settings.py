from odoo import api, fields, models
from odoo.exceptions import UserError

from .passport_copy import KEEP_DAYS, MAX_MB
from .student import REFERENCE_ONLY_YEAR


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_reference_only_year = fields.Integer(
        string="Reference only up to entry year",
        config_parameter="ntue_curriculum.reference_only_year",
        default=REFERENCE_ONLY_YEAR,
        help="Of students of this ROC entry year and earlier the classification is for "
        "reference only; the manual review decides.",
    )
    ntue_one_colour = fields.Boolean(
        string="Grades that are not final in blue",
        config_parameter="ntue_curriculum.one_colour",
        help="Show taken courses whose grade is not final in blue as all others, "
        "instead of purple with a text of its own.",
    )
    ntue_office_name = fields.Char(
        string="Sender of official mail",
        config_parameter="ntue_curriculum.office_name",
        help="The name that mails to students come from. Empty: the company's.",
    )
    ntue_office_email = fields.Char(
        string="Its address",
        config_parameter="ntue_curriculum.office_email",
        help="Empty: the company's. Answers go to the office that has the application.",
    )
    ntue_head_email = fields.Char(
        string="Heads of the logs go to",
        config_parameter="ntue_curriculum.head_email",
        help="An address outside of this server that gets the heads of the logs once a day.",
    )
    ntue_passport_copy_max_mb = fields.Integer(
        string="Largest passport copy (MB)",
        default=MAX_MB,
        config_parameter="ntue_curriculum.passport_copy_max_mb",
    )
    ntue_passport_copy_keep_days = fields.Integer(
        string="Passport copies are kept for (days)",
        default=KEEP_DAYS,
        config_parameter="ntue_curriculum.passport_copy_keep_days",
    )
    ntue_keep_contacts_days = fields.Integer(string="Contacts of people who left (days)")
    ntue_keep_history_days = fields.Integer(string="History of the profile (days)")
    ntue_keep_messages_days = fields.Integer(string="Messages (days)")
    ntue_keep_files_days = fields.Integer(string="Files at messages (days)")
    ntue_keep_mails_days = fields.Integer(string="Copies of mails (days)")
    ntue_keep_imports_days = fields.Integer(string="Files of imports (days)")
    ntue_keep_sign_ins_days = fields.Integer(string="Sign-ins (days)")
    ntue_keep_openings_days = fields.Integer(string="Who opened a passport copy (days)")
    ntue_backup_days = fields.Integer(string="Backups are kept for (days)")

    @api.model
    def get_values(self):
        retention = self.env["ntue.retention"]
        return {
            **super().get_values(),
            **{
                self._keep_field(kind): retention._days(kind)
                for kind in retention._kinds()
                if kind.has_setting
            },
            "ntue_backup_days": retention._backup_days(),
        }

    def set_values(self):
        result = super().set_values()
        retention = self.env["ntue.retention"]
        for kind in retention._kinds():
            if kind.has_setting:
                retention._set_days(kind, self[self._keep_field(kind)])
        if self.ntue_backup_days < 0:
            raise UserError(self.env._("Backups are kept for a number of days; 0: not said."))
        if self.ntue_backup_days != retention._backup_days():
            self.env["ir.config_parameter"].set_param(
                "ntue_curriculum.backup_days", str(self.ntue_backup_days)
            )
        return result

    @api.model
    def _keep_field(self, kind):
        return f"ntue_keep_{kind.key}_days"
