from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import campus_mailbox
from .forgotten_request import PER_ACCOUNT, PER_NETWORK
from .password_link import MINUTES


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_campus_mailboxes = fields.Char(
        string="Mailboxes of students",
        default=campus_mailbox.PATTERN,
        config_parameter="ntue_campus_login.campus_mailboxes",
        help="# stands for the student number; several have blanks between them. Links for a new "
        "password go to these mailboxes only.",
    )
    ntue_forgotten_minutes = fields.Integer(
        string="A link for a new password is good for (minutes)",
        default=MINUTES,
        config_parameter="ntue_campus_login.forgotten_minutes",
    )
    ntue_forgotten_per_account = fields.Integer(
        string="Links for one account in a day",
        default=PER_ACCOUNT,
        config_parameter="ntue_campus_login.forgotten_per_account",
    )
    ntue_forgotten_per_network = fields.Integer(
        string="Requests from one network in an hour",
        default=PER_NETWORK,
        config_parameter="ntue_campus_login.forgotten_per_network",
        help="A campus has one address for many students; other networks have one each.",
    )

    @api.constrains("ntue_campus_mailboxes")
    def _check_ntue_campus_mailboxes(self):
        for settings in self:
            written = campus_mailbox.patterns(settings.ntue_campus_mailboxes or "")
            wrong = [text for text in written if not campus_mailbox.is_pattern(text)]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "“%s” is no mailbox of students. Write # where the student number stands, "
                        "as in a#@grad.ntue.edu.tw.",
                        wrong[0],
                    )
                )

    @api.constrains(
        "ntue_forgotten_minutes", "ntue_forgotten_per_account", "ntue_forgotten_per_network"
    )
    def _check_ntue_forgotten_numbers(self):
        for settings in self:
            if not 5 <= settings.ntue_forgotten_minutes <= 1440:
                raise ValidationError(
                    self.env._("A link for a new password is good for 5 to 1440 minutes.")
                )
            if min(settings.ntue_forgotten_per_account, settings.ntue_forgotten_per_network) < 1:
                raise ValidationError(
                    self.env._("At least one request must be allowed, or nobody is helped.")
                )
