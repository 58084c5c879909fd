"""Signing in and out by the campus portal: OpenID Connect, authorization code with PKCE.

What a sign-in needs until the portal sends the visitor back lies in their session, and is taken
out of it once. Whatever goes wrong is answered in one way, with a reference under which the log
has the reason.
"""

import logging
import secrets
import time
from urllib.parse import urlencode, urlsplit

from odoo import http
from odoo.addons.web.controllers.session import Session
from odoo.exceptions import AccessDenied
from odoo.http import request, route
from werkzeug.exceptions import NotFound

from ..models.password.must_change import CAME_BY
from ..models.sso.sso_provider import BACK_CHANNEL, CALLBACK, START
from ..models.sso.sso_users import KIND, Vouched
from ..oidc.provider import SignIn, inside
from ..oidc.reasons import Reason, Refused

_logger = logging.getLogger(__name__)

BEGUN = "ntue_sso_begun"
"""In the session: the sign-ins that were begun, by their state."""

MOST_BEGUN = 3
"""Sign-ins begun at a time, in as many windows of a browser."""

NOT_KEPT = [("Cache-Control", "no-store")]

MINUTES = 15
"""How long a person may take at the portal."""


class CampusSignIn(http.Controller):
    @route(START, type="http", auth="public", methods=["GET"], sitemap=False)
    def start(self, redirect="", target_link_uri="", iss="", login_hint="", moved="", **_more):
        """Send the visitor to the portal; the portal itself may lead here (Core, 4)."""
        provider = _campus()
        base = provider.get_base_url()
        target = inside(redirect or target_link_uri.removeprefix(base))
        if not moved and urlsplit(base).netloc != request.httprequest.host:
            # The portal sends people back to the desk's own address: their session must be there.
            query = urlencode({"redirect": target, "iss": iss, "moved": "1"})
            return request.redirect(f"{base}{START}?{query}", 303, local=False)
        begun = SignIn.new()
        try:
            _check_led_by(provider, iss)
            address = provider._ntue_authorization(
                begun, ui_locales=_language(), login_hint=login_hint[:255]
            )
        except Refused as refused:
            return _failed(refused)
        _put_down(provider, begun, target)
        return request.redirect(address, 303, local=False)

    @route(CALLBACK, type="http", auth="public", methods=["GET"], sitemap=False, readonly=False)
    def callback(self, state="", code="", iss=None, error="", **_more):
        """Where the portal sends the visitor back to."""
        provider = _campus()
        try:
            begun, target = _taken_out(provider, state)
            claims, token = provider._ntue_identify(begun, "" if error else code, iss)
            number = provider._ntue_student_number(claims)
            user = request.env["res.users"]._ntue_of_student_number(number)
            _enter(provider, user, claims, token)
        except Refused as refused:
            return _failed(refused)
        return request.redirect(target, 303)

    @route(
        BACK_CHANNEL,
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,  # the portal's signature says who sends it
        save_session=False,
        sitemap=False,
        readonly=False,
    )
    def back_channel(self, logout_token="", **_more):
        """The portal says that a person has signed out there (Back-Channel Logout, 2.5)."""
        provider = _campus()
        try:
            order = provider._ntue_logout_order(logout_token)
        except Refused as refused:
            _logger.info("The campus portal's order to end sessions is refused: %s.", refused)
            return request.make_json_response(
                {"error": "invalid_request"}, headers=NOT_KEPT, status=400
            )
        for user in request.env["ntue.sso.session"]._end(provider, order):
            _record("sign_out", user.login, user, "success")
        return request.make_response("", headers=NOT_KEPT)


class CampusSession(Session):
    @route()
    def logout(self, redirect="/odoo"):
        """Sign out here, then at the portal by which the session came."""
        came_by = request.session.get(CAME_BY)
        response = super().logout(redirect=redirect)
        if not isinstance(came_by, dict):
            return response
        provider = request.env["auth.oauth.provider"]._ntue_campus()
        if provider.id != came_by.get("provider"):
            return response
        address = provider._ntue_end_address(came_by.get("token", ""))
        return request.redirect(address, 303, local=False) if address else response


def _campus():
    """The portal that is switched on; not found where there is none."""
    provider = request.env["auth.oauth.provider"]._ntue_campus()
    if not provider:
        raise NotFound()
    return provider


def _check_led_by(provider, issuer):
    """Anyone who leads here in a portal's name leads to that portal (Core, 4)."""
    if issuer and issuer != provider.ntue_issuer:
        raise Refused(Reason.ISSUER, "of the portal that led here")


def _language():
    """The visitor's language as the portal's pages may be shown in."""
    return (request.env.lang or "").replace("_", "-")


def _put_down(provider, begun, target):
    """Keep in the session what the answer is checked against; the oldest goes where it is full."""
    rows = request.session.get(BEGUN)
    rows = list(rows.items()) if isinstance(rows, dict) else []
    row = {
        "provider": provider.id,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "target": target,
        "at": time.time(),
    }
    request.session[BEGUN] = dict([*rows[1 - MOST_BEGUN :], (begun.state, row)])


def _taken_out(provider, state):
    """``(SignIn, target)`` of the sign-in that was begun with ``state``: no second time."""
    rows = request.session.get(BEGUN)
    row = rows.get(state) if isinstance(rows, dict) else None
    if not row:
        raise Refused(Reason.STATE)
    request.session[BEGUN] = {other: kept for other, kept in rows.items() if other != state}
    if row["provider"] != provider.id or time.time() - row["at"] > MINUTES * 60:
        raise Refused(Reason.STATE, "too long ago")
    return SignIn(state, row["nonce"], row["verifier"]), inside(row["target"])


def _enter(provider, user, claims, token):
    """Sign ``user`` in, in a session with a new key.

    It holds nothing of the one before but what this very user had sent too late.
    """
    credential = {"type": KIND, "login": user.login, "vouched": Vouched(user.id)}
    with request.env["ir.http"]._ntue_carrying_unsent():
        request.session.logout(keep_db=True)
        try:
            request.session.authenticate(request.env, credential)
        except AccessDenied as error:
            raise Refused(Reason.ACCOUNT, "not let in") from error
    request.session[CAME_BY] = {"provider": provider.id, "token": token}
    # Here and not at the end of the request: what the portal ends later is this very key.
    http.root.session_store.rotate(request.session, request.env)
    request.env["ntue.sso.session"]._began(user, provider, claims, request.session)
    _record("sso", user.login, user, "success")


def _failed(refused):
    """The one page for whatever went wrong; the log has the reason under the reference."""
    reference = secrets.token_hex(4).upper()
    _logger.info("Sign-in %s by the campus portal is refused: %s.", reference, refused)
    _record("sso", None, request.env["res.users"], "failure")
    values = {"reference": reference, "start": START}
    return request.render("ntue_campus_login.sso_failed", values, status=403)


def _record(kind, account, user, outcome):
    """Enter it among the sign-ins, where the desk keeps them."""
    request.env["ntue.sign.in.event"]._record(kind, account, user, outcome)
