"""The settings of the sign-in."""

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.models.privacy.retention_settings import kept_days
from odoo.exceptions import ValidationError

from ... import campus_mailbox
from ..door.captcha import KINDS, TIMES
from ..frame.portal_recent_keeping import KEY
from ..password.forgotten_request import PER_ACCOUNT, PER_NETWORK
from ..password.password_guard import FIRST_DAYS
from ..password.password_link import MINUTES

MOST_DAYS = 60
"""A first password is guessed easily, and an invitation lies in a mailbox."""


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # The school, which is the company

    ntue_school_logo = fields.Binary(
        string="Logo of the school", related="company_id.logo", readonly=False
    )
    ntue_school_name = fields.Char(
        string="Name of the school", related="company_id.name", readonly=False
    )
    ntue_school_website = fields.Char(
        string="Home page of the school", related="company_id.website", readonly=False
    )

    # Signing in

    ntue_captcha = fields.Selection(
        KINDS,
        string="Verification code",
        default="picture",
        config_parameter="ntue_campus_login.captcha",
    )
    ntue_captcha_when = fields.Selection(
        TIMES,
        string="Asked for at sign-in",
        default="always",
        config_parameter="ntue_campus_login.captcha_when",
    )
    ntue_lock_after = fields.Integer(
        string="Tries before an account is locked",
        default=5,
        config_parameter="ntue_campus_login.lock_after",
    )
    ntue_lock_minutes = fields.Integer(
        string="Minutes that it is locked at first",
        default=15,
        config_parameter="ntue_campus_login.lock_minutes",
    )
    ntue_keep_sign_in_events_days = kept_days("sign_in_events", "Record of sign-ins (days)")

    @api.constrains("ntue_lock_after", "ntue_lock_minutes")
    def _check_ntue_lock(self):
        for settings in self:
            if not 1 <= settings.ntue_lock_after <= 100:
                raise ValidationError(
                    self.env._("An account has 1 to 100 tries before it is locked.")
                )
            if not 1 <= settings.ntue_lock_minutes <= 1440:
                raise ValidationError(
                    self.env._("An account is locked for 1 to 1440 minutes at first.")
                )

    # Forgotten passwords

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
                        "“%s” is no mailbox of students. Write # in place of the student number, "
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

    # Invitations and first passwords

    ntue_first_days = fields.Integer(
        string="Invitations and first passwords are good for (days)",
        default=FIRST_DAYS,
        config_parameter="ntue_campus_login.first_days",
    )

    @api.constrains("ntue_first_days")
    def _check_ntue_first_days(self):
        for settings in self:
            if not 1 <= settings.ntue_first_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Invitations and first passwords are good for 1 to %s days.", MOST_DAYS
                    )
                )

    # The way to the campus portal

    ntue_campus_portal = fields.Char(string="Campus portal", compute="_compute_ntue_campus_portal")

    def _compute_ntue_campus_portal(self):
        self.ntue_campus_portal = self.env["auth.oauth.provider"]._ntue_campus().name

    def action_ntue_campus_portal(self):
        """Open the portal that is switched on, else the one that came with the addon."""
        self.check_access("write")
        providers = self.env["auth.oauth.provider"]
        campus = providers._ntue_campus() or providers.search([("ntue_oidc", "=", True)], limit=1)
        return {
            "type": "ir.actions.act_window",
            "res_model": "auth.oauth.provider",
            "res_id": campus.id,
            "view_mode": "form",
            "views": [(self.env.ref("ntue_campus_login.view_sso_provider_form").id, "form")],
            "context": {"default_ntue_oidc": True, "default_css_class": "fa fa-fw fa-sign-in"},
        }

    # Use of applications

    ntue_keep_app_uses_days = kept_days(KEY, "Use of applications (days)")
