"""The campus portal as a provider of OpenID Connect: how it is set up, and what it is asked.

``auth_oauth`` keeps the records; its own way of signing in is closed (``sso_users``, controllers).
"""

import json
import time

from odoo import api, fields, models
from odoo.addons.ntue_curriculum.caches import forget_cached
from odoo.exceptions import ValidationError

from ... import client_secret
from ...asking import ask, conversation, published
from ...oidc import provider as oidc
from ...oidc.reasons import Reason, Refused
from ...oidc.tokens import Expected, Keys, id_token, logout_token

START, CALLBACK = "/auth/campus/start", "/auth/campus/callback"
BACK_CHANNEL, SIGNED_OUT = "/auth/campus/backchannel", "/web/login"
LONGEST = 255


class ProviderFlow(models.AbstractModel):
    _name = "ntue.campus.provider.flow"
    _description = "Campus portal: flow"

    # The portal's own description says these where it is OpenID Connect; Odoo asks for some.
    auth_endpoint = fields.Char(string="Authorization URL", default=START)
    validation_endpoint = fields.Char(string="UserInfo URL", default=START)

    ntue_oidc = fields.Boolean(
        string="Campus portal (OpenID Connect)",
        help="Students sign in here, and with no password of this desk.",
    )
    ntue_issuer = fields.Char(
        string="Issuer",
        size=LONGEST,
        help="The portal's address as it names itself; /.well-known/openid-configuration lies "
        "below it.",
    )
    ntue_number_claim = fields.Char(
        string="Claim with the student number",
        size=LONGEST,
        default="preferred_username",
        help="Its name in what the portal says of a person; parts with dots between, as in "
        "school.number.",
    )
    ntue_ask_userinfo = fields.Boolean(
        string="Ask for user information too",
        help="Where the ID token does not hold the student number.",
    )
    ntue_sign_out = fields.Boolean(
        string="Sign out of the portal too",
        default=True,
        help="Students who sign out here are led to the portal to sign out there.",
    )
    ntue_password_page = fields.Char(
        string="Page for passwords",
        size=LONGEST,
        help="Where the portal's passwords are changed and forgotten ones are renewed.",
    )
    ntue_has_secret = fields.Boolean(
        string="The server has the client's secret", compute="_compute_ntue_addresses"
    )
    ntue_callback = fields.Char(string="Redirect URI", compute="_compute_ntue_addresses")
    ntue_back_channel = fields.Char(
        string="Back-channel logout URI", compute="_compute_ntue_addresses"
    )
    ntue_start = fields.Char(
        string="Address for the portal's menu", compute="_compute_ntue_addresses"
    )

    def _compute_ntue_addresses(self):
        for provider in self:
            base = provider.get_base_url()
            provider.ntue_callback = f"{base}{CALLBACK}"
            provider.ntue_back_channel = f"{base}{BACK_CHANNEL}"
            provider.ntue_start = f"{base}{START}"
            provider.ntue_has_secret = bool(client_secret.secret())

    @api.constrains("enabled", "ntue_oidc", "ntue_issuer", "client_id", "ntue_number_claim")
    def _check_ntue_complete(self):
        """What is switched on can be asked; one portal is, since students have one way in."""
        for provider in self.filtered(lambda provider: provider.enabled and provider.ntue_oidc):
            if not (provider.client_id and provider.ntue_issuer and provider.ntue_number_claim):
                raise ValidationError(
                    self.env._(
                        "Fill in the issuer, the client ID and the claim with the student number "
                        "before you let students sign in by this portal."
                    )
                )
        for provider in self.filtered("ntue_issuer"):
            provider._check_ntue_issuer()
        if self.sudo().search_count([("enabled", "=", True), ("ntue_oidc", "=", True)]) > 1:
            raise ValidationError(
                self.env._("One campus portal is switched on already. Switch it off first.")
            )

    def _check_ntue_issuer(self):
        try:
            oidc.checked_issuer(self.ntue_issuer, localhost=client_secret.localhost())
        except Refused as refused:
            raise ValidationError(
                self.env._(
                    "“%s” is no issuer. It begins with https:// and has no ? and no #.",
                    self.ntue_issuer,
                )
            ) from refused

    @api.constrains("ntue_password_page")
    def _check_ntue_password_page(self):
        for provider in self.filtered("ntue_password_page"):
            if not provider.ntue_password_page.startswith("https://"):
                raise ValidationError(
                    self.env._("The page for passwords is an address that begins with https://.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        providers = super().create(vals_list)
        self._ntue_changed()
        return providers

    def write(self, vals):
        result = super().write(vals)
        self._ntue_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._ntue_changed()
        return result

    def _ntue_changed(self):
        """Passwords that were right a moment ago are asked about anew, in every worker."""
        forget_cached(self.env)

    @api.model
    def _ntue_campus(self):
        """The campus portal by which students sign in; none where there is no single sign-on.

        With the rights of the system: anyone who signs in has none yet.
        """
        return self.sudo().search([("enabled", "=", True), ("ntue_oidc", "=", True)], limit=1)

    # What it is asked

    def _ntue_metadata(self):
        issuer, localhost = self.ntue_issuer or "", client_secret.localhost()
        address = oidc.description_address(issuer)
        document = published.get(address, issuer=issuer, localhost=localhost)
        return oidc.metadata(document, issuer, localhost=localhost)

    def _ntue_keys(self, metadata, *, anew=False):
        document = published.get(
            metadata.jwks_uri,
            anew=anew,
            issuer=metadata.issuer,
            localhost=client_secret.localhost(),
        )
        return Keys(document, time.time())

    def _ntue_with_keys(self, metadata, check):
        """``check(keys, expected)``; once more with keys looked at anew where one is unknown."""
        expected = Expected(
            metadata.issuer, self.client_id or "", time.time(), algorithms=metadata.algorithms
        )
        try:
            return check(self._ntue_keys(metadata), expected)
        except Refused as refused:
            if refused.reason is not Reason.UNKNOWN_KEY:
                raise
        return check(self._ntue_keys(metadata, anew=True), expected)

    def _ntue_ask(self, address, metadata, **how):
        return ask(address, issuer=metadata.issuer, localhost=client_secret.localhost(), **how)

    def _ntue_authorization(self, begun, **more):
        """Where the visitor is sent to sign in."""
        return oidc.authorization_address(
            self._ntue_metadata(),
            begun,
            self.client_id,
            self.ntue_callback,
            self.scope or "",
            **more,
        )

    def _ntue_redeem(self, code, begun, metadata):
        """ID token and access token for a code; Refused where the portal gives none."""
        words, password = oidc.client_words(metadata, self.client_id, client_secret.secret())
        form = {**oidc.code_question(code, begun, self.ntue_callback), **words}
        answer = self._ntue_ask(metadata.token_endpoint, metadata, form=form, words=password)
        value = answer.value if isinstance(answer.value, dict) else {}
        if answer.status != 200:
            raise Refused(Reason.CODE, _known_error(value))
        access = value.get("access_token")
        return value.get("id_token"), access if isinstance(access, str) else ""

    def _ntue_identify(self, begun, code, answered_by):
        """``(claims, ID token)`` of anyone who the portal says has signed in; Refused otherwise."""
        if not code:
            raise Refused(Reason.DENIED)
        with conversation():
            return self._ntue_asked_whom(begun, code, answered_by)

    def _ntue_asked_whom(self, begun, code, answered_by):
        metadata = self._ntue_metadata()
        oidc.check_answered_by(metadata, answered_by)
        token, access = self._ntue_redeem(code, begun, metadata)

        def check(keys, expected):
            return id_token(token, keys, expected, nonce=begun.nonce, access_token=access)

        claims = dict(self._ntue_with_keys(metadata, check))
        if self.ntue_ask_userinfo:
            claims = {**self._ntue_userinfo(metadata, access, claims["sub"]), **claims}
        return claims, token

    def _ntue_userinfo(self, metadata, access, subject):
        """What the portal says of the person whose access token it is."""
        if not metadata.userinfo_endpoint or not access:
            raise Refused(Reason.ANSWER, "no user information")
        answer = self._ntue_ask(metadata.userinfo_endpoint, metadata, token=access)
        if answer.status != 200 or not isinstance(answer.value, dict):
            raise Refused(Reason.ANSWER, f"user information, status {answer.status}")
        if answer.value.get("sub") != subject:  # Core 5.3.2
            raise Refused(Reason.SUBJECT, "user information of somebody else")
        return answer.value

    def _ntue_student_number(self, claims):
        """The student number in what the portal says; the one place to map claims otherwise."""
        return oidc.claim(claims, self.ntue_number_claim or "")

    # Signing out

    def _ntue_end_address(self, token):
        """Where the portal's session is ended; empty where it has no such, or gives no answer."""
        if not self.ntue_sign_out:
            return ""
        back = f"{self.get_base_url()}{SIGNED_OUT}"
        try:
            return oidc.end_address(self._ntue_metadata(), self.client_id, back, token)
        except Refused:
            return ""

    def _ntue_logout_order(self, token):
        """Whose sessions the portal orders to end; Refused for anything but its own order."""
        metadata = self._ntue_metadata()
        return self._ntue_with_keys(
            metadata, lambda keys, expected: logout_token(token, keys, expected)
        )


def _known_error(value):
    """The error of the token endpoint, if it is a short word; nothing else goes into a log."""
    error = value.get("error")
    short = isinstance(error, str) and len(error) <= 40 and error.replace("_", "").isalpha()
    return json.dumps(error) if short else ""
