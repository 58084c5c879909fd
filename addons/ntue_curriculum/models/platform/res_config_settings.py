from odoo import fields, models

from ..chain.chained_anchor import STAMP_ADDRESS
from ..mail.mail_mail import RATE
from ..passport.passport_copy import KEEP_DAYS, MAX_MB
from ..student.student import REFERENCE_ONLY_YEAR
from .site_address import KEY as SITE_ADDRESS


class ResConfigSettings(models.TransientModel):
    _name = "res.config.settings"
    _inherit = ["ntue.retention.settings", "res.config.settings"]

    ntue_site_address = fields.Char(
        string="Address of this desk",
        config_parameter=SITE_ADDRESS,
        help="Where QR codes on slips and links in mails lead, for as long as papers are kept.",
    )
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
    ntue_company_email = fields.Char(related="company_id.email", string="E-mail of the company")
    ntue_mails_per_minute = fields.Integer(
        string="Mails a minute",
        config_parameter=RATE,
        help="What the school's mail server takes. 0: as many as can.",
    )
    ntue_head_email = fields.Char(
        string="Heads of the logs go to",
        config_parameter="ntue_curriculum.head_email",
        help="An address outside of this server that gets the heads of the logs once a day.",
    )
    ntue_timestamp_url = fields.Char(
        string="Time stamp authority",
        config_parameter=STAMP_ADDRESS,
        help="The address of an authority as RFC 3161 describes it. It stamps the signed heads of "
        "the logs and gets a fingerprint of them only. Empty: none.",
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
