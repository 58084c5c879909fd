from odoo import fields, models
from odoo.addons.ntue_curriculum.models.privacy.retention_settings import kept_days


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_teacher_ed_office_name = fields.Char(
        string="Office of Teacher Education",
        config_parameter="ntue_graduation.teacher_ed_office_name",
    )
    ntue_teacher_ed_office_phone = fields.Char(
        string="Its phone", config_parameter="ntue_graduation.teacher_ed_office_phone"
    )
    ntue_teacher_ed_office_url = fields.Char(
        string="Its web page", config_parameter="ntue_graduation.teacher_ed_office_url"
    )
    ntue_keep_drafts_days = kept_days("drafts", "Lapsed drafts (days)")
    ntue_keep_reminders_days = kept_days("reminders", "Reminders mailed (days)")
    ntue_keep_snapshots_days = kept_days("snapshots", "What was submitted (days)")
