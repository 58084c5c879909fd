"""Links for a new password: good once, for some minutes, for one student's account.

The database has the hash of a link alone, and its mail is sent without being stored: no dump, no
copy of a mail and no log has a link that somebody could follow.
"""

import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.office_mail import language_of

MINUTES = 30
"""How long a link is good unless the school says otherwise."""

LONGEST = 100
"""Characters of what may be a link's secret."""


class PasswordLink(models.Model):
    _name = "ntue.password.link"
    _description = "Link for a new password"
    _inherit = ["ntue.readable.references"]
    _order = "id"
    _rec_name = "id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade", index=True)
    digest = fields.Char(required=True, groups=fields.NO_ACCESS, copy=False)
    made_at = fields.Datetime(string="Made on", required=True, default=fields.Datetime.now)
    expires_at = fields.Datetime(string="Expires on", required=True)
    is_used = fields.Boolean(string="Used")

    _digest_unique = models.Constraint("UNIQUE(digest)", "This link is there already.")

    @api.model
    def _minutes(self):
        """How long a new link is good; the setting."""
        key = "ntue_campus_login.forgotten_minutes"
        return self.env["ir.config_parameter"]._ntue_number(key, MINUTES) or MINUTES

    @api.model
    def _mail(self, user, address):
        """Make a link for ``user`` and mail it to ``address`` at once; raises as mailing does."""
        secret = secrets.token_urlsafe(32)
        minutes = self._minutes()
        self.create(
            {
                "user_id": user.id,
                "digest": digest(secret),
                "expires_at": fields.Datetime.now() + timedelta(minutes=minutes),
            }
        )
        student = self.env["ntue.student"]
        lang = language_of(self.env, user.partner_id)
        there = self.with_context(lang=lang)
        values = {
            "name": user.name,
            "link": f"{user.get_base_url()}/web/forgotten/new?token={secret}",
            "minutes": minutes,
        }
        body = there.env["ir.qweb"]._render("ntue_campus_login.mail_forgotten", values, lang=lang)
        server = self.env["ir.mail_server"]
        server.send_email(
            server._build_email__(
                email_from=student._office_sender(),
                email_to=[address],
                subject=there.env._("A new password for your account"),
                body=str(body),
                subtype="html",
                # A machine sends it: nobody's “out of office” answers.
                headers={"Auto-Submitted": "auto-generated"},
            )
        )

    @api.model
    def _of(self, secret):
        """The link of this secret while it is good; empty otherwise."""
        if not secret or len(secret) > LONGEST or not secret.isascii():
            return self.browse()
        found = self.sudo().search([("digest", "=", digest(secret)), ("is_used", "=", False)])
        return found.filtered(
            lambda link: link.expires_at > fields.Datetime.now() and link._is_students()
        )

    def _is_students(self):
        """Whether the account is open and still a student's own."""
        user = self.user_id
        students = self.env["ntue.student"].sudo()
        student = students.search([("partner_id", "=", user.partner_id.id)], limit=1)
        return bool(user.active and student and student._account() == user)

    def _use(self, password):
        """Set the password of the link's account, and end the link; UserError as the rules say.

        Anyone who comes with the same link at the same moment waits, and finds it used.
        """
        self.ensure_one()
        user = self.user_id
        with self.env.cr.savepoint():
            self.is_used = True
            self.flush_recordset(["is_used"])
            user._ntue_set_new_password(password)
            self._void(user.ids)

    @api.model
    def _void(self, user_ids):
        """No link of these accounts is good any more."""
        good = [("user_id", "in", user_ids), ("is_used", "=", False)]
        self.sudo().search(good).write({"is_used": True})

    @api.autovacuum
    def _gc_links(self):
        """Links are counted for a day, so that nobody is sent many."""
        day = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search([("made_at", "<", day), ("expires_at", "<", day)]).unlink()


class UserPasswordLink(models.AbstractModel):
    _name = "ntue.campus.user.password.link"
    _description = "Account: password link"

    def _set_encrypted_password(self, uid, pw):
        """Whatever way a password comes by, links for another one are not good any more."""
        result = super()._set_encrypted_password(uid, pw)
        self.env["ntue.password.link"]._void([uid])
        return result


def digest(secret):
    """What the database has of a link; its secret is long enough to need no key."""
    return hashlib.sha256(f"ntue-link:{secret}".encode()).hexdigest()
