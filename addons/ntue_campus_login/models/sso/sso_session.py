"""Which sessions came by the campus portal, so that the portal can end them."""

from odoo import api, fields, models
from odoo.http import STORED_SESSION_BYTES, root


class SsoSession(models.Model):
    _name = "ntue.sso.session"
    _description = "Session that came by the campus portal"
    _inherit = ["ntue.readable.references"]
    _order = "id"
    _rec_name = "id"

    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    provider_id = fields.Many2one("auth.oauth.provider", required=True, ondelete="cascade")
    subject = fields.Char(required=True, string="The portal's name for the person")
    sid = fields.Char(string="The portal's name for the session")
    identifier = fields.Char(required=True, index=True, string="Beginning of the session's key")

    _by_subject = models.Index("(provider_id, subject)")

    @api.model
    def _began(self, user, provider, claims, session):
        """Put down that ``session``, whose key is final, came by ``provider`` for ``user``."""
        sid = claims.get("sid")
        self.sudo().create(
            {
                "user_id": user.id,
                "provider_id": provider.id,
                "subject": claims["sub"],
                "sid": sid if isinstance(sid, str) and len(sid) <= 255 else False,
                "identifier": session.sid[:STORED_SESSION_BYTES],
            }
        )

    @api.model
    def _end(self, provider, order):
        """End what the portal orders: one of its sessions, or all of a person. Returns whose."""
        domain = [("provider_id", "=", provider.id)]
        if order.sid:
            domain.append(("sid", "=", order.sid))
        if order.subject:
            domain.append(("subject", "=", order.subject))
        ended = self.sudo().search(domain)
        users, identifiers = ended.user_id, ended.mapped("identifier")
        root.session_store.delete_from_identifiers(identifiers)
        devices = self.env["res.device.log"].sudo()
        devices.search([("session_identifier", "in", identifiers)]).write({"revoked": True})
        ended.unlink()
        return users

    @api.autovacuum
    def _gc_ended(self):
        """Forget sessions that have ended by themselves."""
        kept = self.sudo().search([])
        missing = root.session_store.get_missing_session_identifiers(kept.mapped("identifier"))
        kept.filtered(lambda row: row.identifier in missing).unlink()


class RetentionSessions(models.AbstractModel):
    _name = "ntue.campus.retention.sessions"
    _description = "Personal data: sessions"

    @api.model
    def _held_models(self):
        reason = self.env._("Deleted within a day after the session has ended.")
        return {**super()._held_models(), "ntue.sso.session": reason}
