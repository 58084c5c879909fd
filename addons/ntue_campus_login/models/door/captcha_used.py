from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .sign_in_limit import apart


class CaptchaUsed(models.Model):
    """Which challenges were answered, rightly or not.

    A challenge is taken out of its session when it is answered. Two requests that come at the
    same moment both find it there still; here only the first is the first.
    """

    _name = "ntue.captcha.used"
    _description = "Answered captcha"
    _inherit = ["ntue.readable.references"]
    _rec_name = "number"
    _log_access = False

    number = fields.Char(required=True)
    answered_at = fields.Datetime(string="Answered on", required=True, index=True)

    _once = models.UniqueIndex("(number)", "A captcha is answered once.")

    @api.model
    def _is_first(self, number):
        """Whether the challenge was not answered before; it is now."""
        with apart(self.env) as env:
            query = SQL(
                "INSERT INTO ntue_captcha_used (number, answered_at) VALUES (%s, %s) "
                "ON CONFLICT DO NOTHING",
                number,
                fields.Datetime.now(),
            )
            env.cr.execute(query)
            return env.cr.rowcount == 1

    @api.autovacuum
    def _gc_old(self):
        """Those that are too old to be answered again."""
        self.search([("answered_at", "<", fields.Datetime.now() - timedelta(days=1))]).unlink()
