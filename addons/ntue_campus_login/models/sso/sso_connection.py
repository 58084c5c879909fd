"""The button that tries the connection to the campus portal and says what is wrong with it."""

import time

from odoo import models
from odoo.exceptions import UserError

from ... import client_secret
from ...asking import published
from ...oidc import provider as oidc
from ...oidc.reasons import Reason, Refused
from ...oidc.tokens import LEEWAY


class ProviderConnection(models.AbstractModel):
    _name = "ntue.campus.provider.connection"
    _description = "Campus portal: connection"

    def action_ntue_test_connection(self):
        """Ask the portal everything that a sign-in asks, but for a person.

        UserError with each thing that is wrong; otherwise a notice, with what should be looked at.
        """
        self.ensure_one()
        self.check_access("write")
        published.forget()
        wrong, doubtful = self._ntue_findings()
        if wrong:
            raise UserError("\n\n".join([*wrong, *doubtful]))
        said = self.env._("The campus portal answers as it should.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if doubtful else "success",
                "sticky": bool(doubtful),
                "message": " ".join([said, *doubtful]),
            },
        }

    def _ntue_findings(self):
        """``(what is wrong, what is doubtful)`` as sentences."""
        _ = self.env._
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("ntue_issuer", "client_id", "ntue_number_claim")
            if not self[name]
        ]
        if missing:
            return [_("Fill in first: %s.", ", ".join(missing))], []
        try:
            metadata = self._ntue_metadata()
        except Refused as refused:
            return [self._ntue_about_description(refused)], []
        checks = (self._ntue_about_keys, self._ntue_about_client, self._ntue_about_userinfo)
        wrong = [said for check in checks if (said := check(metadata))]
        doubts = (self._ntue_about_challenge, self._ntue_about_sign_out, self._ntue_about_clock)
        return wrong, [said for check in doubts if (said := check(metadata))]

    def _ntue_about_description(self, refused):
        """Why the portal's own description cannot be used."""
        _ = self.env._
        address = oidc.description_address(self.ntue_issuer)
        match refused.reason:
            case Reason.UNREACHABLE:
                return _(
                    "%(address)s gives no answer (%(why)s). Check the issuer, and whether this "
                    "server may reach it.",
                    address=address,
                    why=refused.detail,
                )
            case Reason.ANSWER:
                return _(
                    "%(address)s answers, but not with a description of an OpenID Connect "
                    "provider (%(why)s). Check the issuer.",
                    address=address,
                    why=refused.detail,
                )
            case Reason.ISSUER:
                return _(
                    "The description at %s names another issuer. Write the issuer exactly as the "
                    "portal does, with or without a slash at the end.",
                    address,
                )
            case _other:
                return _("The portal's description cannot be used: %s.", refused.detail or refused)

    def _ntue_about_keys(self, metadata):
        try:
            usable = len(self._ntue_keys(metadata))
        except Refused as refused:
            return self.env._(
                "The portal's keys at %(address)s cannot be read (%(why)s).",
                address=metadata.jwks_uri,
                why=str(refused),
            )
        if not usable:
            return self.env._(
                "The portal publishes no key that counts: RSA of 2048 bits or more, or an elliptic "
                "curve, for signatures."
            )
        return None

    def _ntue_about_client(self, metadata):
        """Whether the portal knows this desk: it is asked with a code that it never gave."""
        try:
            self._ntue_redeem("a-code-that-was-never-given", oidc.SignIn.new(), metadata)
        except Refused as refused:
            if refused.reason is not Reason.CODE:
                return self.env._("The portal's token address gives no answer: %s.", str(refused))
            if "grant" in refused.detail:
                return None
            if client_secret.secret():
                return self.env._(
                    "The portal does not know this client (%s). Check the client ID, the secret in "
                    "the server's environment, and the redirect URI that is registered there.",
                    refused.detail,
                )
            return self.env._(
                "The portal does not know this client (%s). The server has no secret: set "
                "NTUE_SSO_SECRET in its environment, or have a public client registered.",
                refused.detail,
            )
        return self.env._("The portal takes codes that it never gave. Do not use it.")

    def _ntue_about_userinfo(self, metadata):
        if not self.ntue_ask_userinfo or metadata.userinfo_endpoint:
            return None
        return self.env._("User information is to be asked for, and the portal offers none.")

    def _ntue_about_challenge(self, metadata):
        if "S256" in metadata.challenge_methods:
            return None
        return self.env._(
            "The portal does not say that it checks PKCE (S256); it is sent all the same."
        )

    def _ntue_about_sign_out(self, metadata):
        if not self.ntue_sign_out or metadata.end_session_endpoint:
            return None
        return self.env._(
            "The portal has no page for signing out: students who sign out here stay signed in "
            "there."
        )

    def _ntue_about_clock(self, metadata):
        try:
            clock = self._ntue_ask(metadata.jwks_uri, metadata).clock
        except Refused:
            return None  # said with the keys
        if clock is None or abs(clock - time.time()) <= LEEWAY:
            return None
        return self.env._(
            "The portal's clock and the one of this server differ by more than a minute. Set them "
            "by a time server."
        )
